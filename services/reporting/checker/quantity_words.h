#pragma once
#include <array>
#include <string_view>

#include "services/reporting/checker/finding.h"

// The words round a number that say how exact it is; only quantity.cc needs them.
namespace zhenhui::reporting::checker {

struct QuantityWord {
  std::u32string_view text;
  NumberForm form;
};

// The longest first: 超过 before 超, 不超过 before 超过.
inline constexpr std::array kBefore = {
    QuantityWord{U"不得少于", NumberForm::kAtLeast}, QuantityWord{U"不少于", NumberForm::kAtLeast},
    QuantityWord{U"不低于", NumberForm::kAtLeast},   QuantityWord{U"不得低于", NumberForm::kAtLeast},
    QuantityWord{U"至少", NumberForm::kAtLeast},     QuantityWord{U"最少", NumberForm::kAtLeast},
    QuantityWord{U"不超过", NumberForm::kAtMost},    QuantityWord{U"不高于", NumberForm::kAtMost},
    QuantityWord{U"不多于", NumberForm::kAtMost},    QuantityWord{U"最多", NumberForm::kAtMost},
    QuantityWord{U"至多", NumberForm::kAtMost},      QuantityWord{U"超过", NumberForm::kOver},
    QuantityWord{U"突破", NumberForm::kOver},        QuantityWord{U"超出", NumberForm::kOver},
    QuantityWord{U"多于", NumberForm::kOver},        QuantityWord{U"高于", NumberForm::kOver},
    QuantityWord{U"超", NumberForm::kOver},          QuantityWord{U"逾", NumberForm::kOver},
    QuantityWord{U"将近", NumberForm::kNear},        QuantityWord{U"接近", NumberForm::kNear},
    QuantityWord{U"近", NumberForm::kNear},          QuantityWord{U"大约", NumberForm::kAbout},
    QuantityWord{U"大概", NumberForm::kAbout},       QuantityWord{U"约为", NumberForm::kAbout},
    QuantityWord{U"约有", NumberForm::kAbout},       QuantityWord{U"约", NumberForm::kAbout},
    QuantityWord{U"达到", NumberForm::kExact},       QuantityWord{U"高达", NumberForm::kExact},
    QuantityWord{U"多达", NumberForm::kExact},       QuantityWord{U"达", NumberForm::kExact}};

inline constexpr std::array kAfter = {
    QuantityWord{U"及以上", NumberForm::kAtLeast}, QuantityWord{U"以上", NumberForm::kAtLeast},
    QuantityWord{U"左右", NumberForm::kAbout},     QuantityWord{U"上下", NumberForm::kAbout},
    QuantityWord{U"以内", NumberForm::kAtMost},    QuantityWord{U"以下", NumberForm::kAtMost},
    QuantityWord{U"之多", NumberForm::kExact}};

// Words that end in 近, 约 and the like but say nothing about the number: 村规民约21份, 最近3次.
inline constexpr std::array<std::u32string_view, 12> kNoBefore = {U"民约", U"公约", U"条约", U"合约",
                                                                  U"契约", U"签约", U"节约", U"预约",
                                                                  U"最近", U"附近", U"抵达", U"下达"};

}  // namespace zhenhui::reporting::checker
