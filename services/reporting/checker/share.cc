#include "services/reporting/checker/share.h"

#include "services/reporting/checker/numeral.h"

namespace zhenhui::reporting::checker {
namespace {

constexpr std::u32string_view kOf = U"分之";

std::optional<Share> ParseFraction(std::u32string_view chars, size_t at) {
  const std::optional<Numeral> denominator = ParseNumeral(chars, at);
  if (!denominator || !chars.substr(denominator->range.end).starts_with(kOf)) return std::nullopt;
  const std::optional<Numeral> numerator = ParseNumeral(chars, denominator->range.end + kOf.size());
  if (!numerator || !(Rational(1, 1) < denominator->value) || denominator->value == Rational(100, 1))
    return std::nullopt;
  return Share{.range = {at, numerator->range.end},
               .percent = (numerator->value * Rational(100, 1) / denominator->value).Reduced()};
}

}  // namespace

std::optional<Share> ParseShare(std::u32string_view chars, size_t at) {
  const std::u32string_view rest = chars.substr(at);
  const Rational half(50, 1);
  if (rest.starts_with(U"过半数")) return Share{{at, at + 3}, half, NumberForm::kOver};
  if (rest.starts_with(U"过半的")) return Share{{at, at + 2}, half, NumberForm::kOver};
  if (rest.starts_with(U"半数") || rest.starts_with(U"一半")) return Share{{at, at + 2}, half};
  return ParseFraction(chars, at);
}

}  // namespace zhenhui::reporting::checker
