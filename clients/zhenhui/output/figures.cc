#include "clients/zhenhui/output/figures.h"

namespace zhenhui::cli {

using reporting::v1::Figure;

std::string FigureText(const Figure& figure, Language language) {
  switch (figure.state()) {
    case reporting::v1::FIGURE_STATE_VALUE:
      return figure.decimal();
    case reporting::v1::FIGURE_STATE_CONFIRMED_ZERO:
      return Text(language, Msg::kStateConfirmedZero);
    case reporting::v1::FIGURE_STATE_NOT_REPORTED:
      return Text(language, Msg::kStateNotReported);
    case reporting::v1::FIGURE_STATE_NOT_APPLICABLE:
      return Text(language, Msg::kStateNotApplicable);
    default:
      return "";
  }
}

std::string FigureCsv(const Figure& figure, Language language) {
  if (figure.state() == reporting::v1::FIGURE_STATE_CONFIRMED_ZERO) return "0";
  return FigureText(figure, language);
}

std::string FigureStateCode(const Figure& figure) {
  switch (figure.state()) {
    case reporting::v1::FIGURE_STATE_VALUE:
      return "value";
    case reporting::v1::FIGURE_STATE_CONFIRMED_ZERO:
      return "confirmed_zero";
    case reporting::v1::FIGURE_STATE_NOT_REPORTED:
      return "not_reported";
    case reporting::v1::FIGURE_STATE_NOT_APPLICABLE:
      return "not_applicable";
    default:
      return "";
  }
}

}  // namespace zhenhui::cli
