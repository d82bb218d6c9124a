#pragma once
#include <optional>
#include <string_view>

#include "services/reporting/checker/finding.h"
#include "services/reporting/checker/text.h"
#include "services/reporting/domain/rational.h"

// Shares that are written in words, as per cent:
//
//   share = "半数" | "一半" | "过半数" | "过半的" | numeral "分之" numeral ;
//
//   半数 -> 50    过半数 -> over 50    三分之二 -> 200/3    千分之三 -> 3/10
namespace zhenhui::reporting::checker {

struct Share {
  Range range;
  Rational percent;
  NumberForm form = NumberForm::kExact;  // or kOver
};

// The share that begins exactly at `at`; nothing if none does. 百分之 is not its business (quantity.h), nor
// is 过半 alone, which is a slogan more often than a figure (任务过半).
std::optional<Share> ParseShare(std::u32string_view chars, size_t at);

}  // namespace zhenhui::reporting::checker
