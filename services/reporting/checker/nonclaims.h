#pragma once
#include <string>
#include <vector>

#include "services/reporting/checker/text.h"

// Numerals that are no claims. Generic rules, each with what it hides:
//   book titles      《2024年普法工作计划》《民法典》第1043条
//   short quotations “一村一法律顾问” “三个100%”          up to 30 characters
//   ordinals         第3次 第十二条 第一责任人 首批
//   dates and times  2024年3月5日 3月份 9:30 12·4 4.15 二〇二四年 一季度
//   document numbers 〔2025〕3号 3号文件
//   list marks       1. 1、 （1） （一） 一是 其二
//   formulas, codes  1+1+N  0971-2233445  13-digit numbers  G6  12345热线
//   idioms           三个100%  Han numeral + 个 + per cent
//   five-year plans  八五 十四五  二十届三中全会
// Words of the list "nonclaims" in phrases.json are hidden too, and the names of places.
namespace zhenhui::reporting::checker {

// Which characters of a paragraph are hidden from the grammar of numbers.
class Mask {
 public:
  explicit Mask(size_t size) : hidden_(size, false) {}

  void Hide(const Range& range);
  bool Hides(size_t at) const { return at < hidden_.size() && hidden_[at]; }
  bool Meets(const Range& range) const;

 private:
  std::vector<bool> hidden_;
};

// `words` are folded texts (text.h) whose characters are hidden wherever they stand.
Mask FindNonClaims(const Text& text, const std::vector<std::u32string>& words);

}  // namespace zhenhui::reporting::checker
