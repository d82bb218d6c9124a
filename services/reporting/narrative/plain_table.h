#pragma once
#include <string>
#include <string_view>
#include <vector>

// Tables as sentences, so that the checker's grammar reads them.
//
//   项目     | 数量          ->  "项目、数量"        法治讲座（场） | 宣传活动     ->
//   "法治讲座（场）、宣传活动" 法治讲座 | 6 场              "法治讲座：6场"      6              | 43场次
//   "法治讲座（场）：6。宣传活动：43场次"
//
// A row about one village or one person is no claim about the town: its cells stay apart, without their
// headers.
namespace zhenhui::reporting::narrative {

using Row = std::vector<std::string>;

// One text for each row. The first row is the header if the table has two rows or more and no cell of it is a
// bare number.
std::vector<std::string> TableTexts(const std::vector<Row>& rows);

}  // namespace zhenhui::reporting::narrative
