#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

// Opaque page tokens for lists with keyset pages: where the next page starts, bound to the query that made
// it. base64url( version 1 | checksum of filter and fields, 8 bytes | fields, each with its length ). Not a
// secret and not signed: every page is authorised like the first.
namespace zhenhui::rpc {

// `filter` is any text that is the same for all pages of one query: the request without page token and page
// size.
std::string EncodePageToken(std::string_view filter, const std::vector<std::string>& fields);

// Gives the fields back. INVALID_ARGUMENT, reason PAGE_TOKEN_INVALID, for a token that is damaged or belongs
// to another query. An empty token is the first page: it gives no fields.
absl::StatusOr<std::vector<std::string>> DecodePageToken(std::string_view filter, std::string_view token);

// How many entries a page has: 1 to 1000 as requested, more is 1000, 0 is 100. INVALID_ARGUMENT,
// PAGE_SIZE_INVALID, below 0.
absl::StatusOr<size_t> PageSize(int32_t requested);

}  // namespace zhenhui::rpc
