#pragma once
#include <string>

#include "clients/zhenhui/messages/messages.h"
#include "zhenhui/reporting/v1/figure.pb.h"

namespace zhenhui::cli {

// A figure for a person: "43", "0 已确认", "未报", "不适用".
std::string FigureText(const reporting::v1::Figure& figure, Language language);

// A figure for a spreadsheet: the number, or the state's word where there is none.
std::string FigureCsv(const reporting::v1::Figure& figure, Language language);

// The state's stable code for a spreadsheet: "value", "confirmed_zero", "not_reported", "not_applicable".
std::string FigureStateCode(const reporting::v1::Figure& figure);

}  // namespace zhenhui::cli
