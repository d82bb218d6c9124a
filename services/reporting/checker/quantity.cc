#include "services/reporting/checker/quantity.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/reporting/checker/quantity_words.h"
#include "services/reporting/checker/share.h"

namespace zhenhui::reporting::checker {
namespace {

// 线上百余场, 以上百分: here 上 belongs to the word before it.
constexpr std::u32string_view kBeforeOn = U"线以网会街路身晚早场地墙车";
// 每2名, 这三项, 某一次: no figure of the report.
constexpr std::u32string_view kEach = U"这那该某同哪首任逐另几统唯";

class Scanner {
 public:
  Scanner(const Text& text, const Range& sentence, const MeasureWords& measures, const Mask& masked)
      : chars_(std::u32string_view(text.chars).substr(0, sentence.end)),
        begin_(sentence.begin),
        measures_(measures),
        masked_(masked) {}

  std::vector<Quantity> Run() {
    std::vector<Quantity> found;
    for (size_t at = begin_; at < chars_.size();) {
      std::optional<Quantity> quantity;
      if (!masked_.Hides(at) && MayBegin(at)) quantity = Read(at);
      at = quantity ? quantity->range.end : at + 1;
      if (quantity && quantity->measure.kind == MeasureKind::kNone &&
          IsDigit(chars_[quantity->number.begin])) {
        at = std::max(at, quantity->number.end);
      }
      if (quantity) found.push_back(*std::move(quantity));
    }
    return found;
  }

 private:
  char32_t At(size_t at) const { return at < chars_.size() ? chars_[at] : U'\0'; }
  std::u32string_view Rest(size_t at) const { return at < chars_.size() ? chars_.substr(at) : U""; }
  bool StartsAt(size_t at, std::u32string_view word) const { return Rest(at).starts_with(word); }

  bool MayBegin(size_t at) const {
    const char32_t c = chars_[at];
    const char32_t before = at > begin_ ? chars_[at - 1] : U'\0';
    if (IsDigit(c)) return !IsDigit(before) && before != U'.';
    constexpr std::u32string_view kOthers = U"几数上半过";
    if (HanDigit(c) < 0 && Multiplier(c) == 0 && kOthers.find(c) == kOthers.npos) return false;
    if (c == U'上' && (kBeforeOn.find(before) != kBeforeOn.npos || At(at + 1) == U'十')) return false;
    return before == U'\0' || kEach.find(before) == kEach.npos;
  }

  std::optional<Quantity> Read(size_t at) {
    if (const std::optional<Share> share = ParseShare(chars_, at)) return ReadShare(*share);
    const bool per_cent_word = StartsAt(at, U"百分之");
    const std::optional<Numeral> numeral = ParseNumeral(chars_, per_cent_word ? at + 3 : at);
    if (!numeral || masked_.Meets(numeral->range)) return std::nullopt;
    Quantity quantity;
    quantity.number = {at, numeral->range.end};
    quantity.value = numeral->value;
    quantity.unit = numeral->unit;
    quantity.written = numeral->written;
    quantity.small_han = numeral->han && numeral->range.size() == 1 && Multiplier(chars_[at]) <= 10;
    high_ = numeral->high;
    if (high_) quantity.form = NumberForm::kRange;
    if (numeral->open) quantity.form = NumberForm::kAtLeast;
    size_t end = ReadSecond(numeral->range.end, quantity);
    end = ReadMore(end, quantity);
    end = per_cent_word ? MarkPerCent(end, quantity) : ReadMeasure(end, quantity);
    if (quantity.measure.kind == MeasureKind::kNone && numeral->han) return std::nullopt;
    if (masked_.Hides(end - 1)) return std::nullopt;
    end = ReadAfter(end, quantity);
    quantity.range = {ReadBefore(at, quantity), end};
    quantity.interval = IntervalOf(quantity, high_);
    return quantity;
  }

  // A share in words is no measured figure: what rounds to it within two and a half per cent agrees with it.
  std::optional<Quantity> ReadShare(const Share& share) {
    if (masked_.Meets(share.range)) return std::nullopt;
    Quantity quantity;
    quantity.number = share.range;
    quantity.value = share.percent;
    quantity.unit = quantity.written = Rational(5, 1);
    quantity.form = share.form;
    quantity.measure = {MeasureKind::kPercent, U"%"};
    high_.reset();
    const size_t end = ReadAfter(share.range.end, quantity);
    quantity.range = {ReadBefore(share.range.begin, quantity), end};
    quantity.interval = IntervalOf(quantity, high_);
    return quantity;
  }

  // 3至5: the upper end of a range.
  size_t ReadSecond(size_t at, Quantity& quantity) {
    const char32_t sign = At(at);
    if (high_ || (sign != U'-' && sign != U'至' && sign != U'到')) return at;
    if (sign == U'-' && !IsDigit(At(at + 1))) return at;
    const std::optional<Numeral> second = ParseNumeral(chars_, at + 1);
    if (!second || masked_.Meets(second->range) || !(quantity.value < second->value)) return at;
    high_ = second->value;
    quantity.form = NumberForm::kRange;
    quantity.number.end = second->range.end;
    return second->range.end;
  }

  // 余, 多, and 余万: "3余万" is 3万余.
  size_t ReadMore(size_t at, Quantity& quantity) {
    const char32_t c = At(at);
    if (c != U'余' && c != U'多' && c != U'来' && c != U'几') return at;
    if (quantity.form != NumberForm::kRange) quantity.form = NumberForm::kMore;
    const int64_t factor = Multiplier(At(at + 1));
    if (factor < 10'000) return at + 1;
    Scale(Rational(factor, 1), quantity);
    return at + 2;
  }

  void Scale(const Rational& factor, Quantity& quantity) {
    quantity.value = quantity.value * factor;
    quantity.unit = quantity.unit * factor;
    quantity.written = quantity.written * factor;
    if (high_) high_ = *high_ * factor;
  }

  static size_t MarkPerCent(size_t end, Quantity& quantity) {
    quantity.measure = {MeasureKind::kPercent, U"%"};
    return end;
  }

  size_t ReadMeasure(size_t at, Quantity& quantity) {
    // 九成, 九成五: tenths.
    constexpr std::u32string_view kNotTenths = U"立功员为效果熟本交了绩长";
    if (At(at) == U'成' && quantity.value < Rational(10, 1) &&
        kNotTenths.find(At(at + 1)) == kNotTenths.npos) {
      Scale(Rational(10, 1), quantity);
      quantity.measure = {MeasureKind::kPercent, U"成"};
      quantity.small_han = false;
      const int more = HanDigit(At(at + 1));
      if (more > 0) quantity.value = quantity.value + Rational(more, 1);
      return at + (more > 0 ? 2 : 1);
    }
    if (const size_t end = ReadPerMille(at, quantity); end > at) return end;
    quantity.measure = measures_.At(chars_, at);
    const size_t end = at + quantity.measure.word.size();
    if (IsOtherWord(quantity.measure, end)) quantity.measure = {};
    return quantity.measure.kind == MeasureKind::kNone ? at : end;
  }

  // 3‰, 0.3个千分点: tenths of a per cent.
  size_t ReadPerMille(size_t at, Quantity& quantity) {
    for (const std::u32string_view word : {U"‰", U"个千分点", U"千分点"}) {
      if (!StartsAt(at, word)) continue;
      Scale(Rational(1, 10), quantity);
      quantity.measure = {word == U"‰" ? MeasureKind::kPercent : MeasureKind::kPoint, std::u32string(word)};
      return at + word.size();
    }
    return at;
  }

  // 3场所, 12人大代表, 一次性: the measure word belongs to another word.
  bool IsOtherWord(const Measure& measure, size_t end) const {
    constexpr std::array<std::pair<char32_t, std::u32string_view>, 9> kWords = {{{U'人', U"大民均"},
                                                                                 {U'场', U"所地合"},
                                                                                 {U'次', U"性日要"},
                                                                                 {U'个', U"人别体性"},
                                                                                 {U'期', U"间限"},
                                                                                 {U'家', U"庭长"},
                                                                                 {U'本', U"级地村镇乡"},
                                                                                 {U'节', U"点约日目省"},
                                                                                 {U'项', U"目"}}};
    if (measure.word.size() != 1) return false;
    return std::any_of(kWords.begin(), kWords.end(), [&](const auto& word) {
      return word.first == measure.word[0] && At(end) != 0 && word.second.find(At(end)) != word.second.npos;
    });
  }

  size_t ReadAfter(size_t at, Quantity& quantity) {
    if (quantity.form == NumberForm::kExact && (At(at) == U'余' || At(at) == U'多') &&
        quantity.measure.kind != MeasureKind::kNone) {
      quantity.form = NumberForm::kMore;  // 4000份余
      return at + 1;
    }
    for (const QuantityWord& word : kAfter) {
      if (!StartsAt(at, word.text)) continue;
      if (word.form != NumberForm::kExact) quantity.form = word.form;
      return at + word.text.size();
    }
    return at;
  }

  size_t ReadBefore(size_t at, Quantity& quantity) {
    const std::u32string_view before = chars_.substr(begin_, at - begin_);
    for (const std::u32string_view word : kNoBefore) {
      if (before.ends_with(word)) return at;
    }
    for (const QuantityWord& word : kBefore) {
      if (!before.ends_with(word.text)) continue;
      // 超40余场 and 约40余场 say no more than 40余场.
      if (quantity.form == NumberForm::kExact && word.form != NumberForm::kExact) quantity.form = word.form;
      return at - word.text.size();
    }
    // 至少开展1次: a verb may stand between.
    const std::u32string_view near = before.substr(before.size() - std::min<size_t>(before.size(), 8));
    const size_t least = near.rfind(U"至少");
    if (least != near.npos &&
        std::none_of(near.begin() + static_cast<std::ptrdiff_t>(least), near.end(), EndsClause) &&
        quantity.form == NumberForm::kExact) {
      quantity.form = NumberForm::kAtLeast;
    }
    return at;
  }

  const std::u32string_view chars_;
  const size_t begin_;
  const MeasureWords& measures_;
  const Mask& masked_;
  std::optional<Rational> high_;  // of the quantity being read
};

}  // namespace

std::vector<Quantity> FindQuantities(const Text& text, const Range& sentence, const MeasureWords& measures,
                                     const Mask& masked) {
  return Scanner(text, sentence, measures, masked).Run();
}

}  // namespace zhenhui::reporting::checker
