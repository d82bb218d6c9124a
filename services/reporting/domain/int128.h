#pragma once

// Wide whole numbers for sums and quotients that must not overflow; GCC and Clang have them on every 64-bit
// machine.
namespace zhenhui::reporting {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

}  // namespace zhenhui::reporting
