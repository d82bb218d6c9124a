#pragma once
#include "clients/zhenhui/context.h"

namespace CLI {
class App;
}

namespace zhenhui::cli {

// Adds "import FILE" to the command "plan": targets from a CSV file with the columns
// 乡镇,年份,指标,一季度,二季度,三季度,四季度,来源,备注 (township,year,metric,q1,q2,q3,q4,source,note). A
// metric is written as its code or its Chinese name; a source as 学法计划, 普法工作计划 or anything else,
// which then stands in the note. Faulty rows are said one by one, and do not hold up the others.
void AddPlanImport(CLI::App& plan, Context& context);

}  // namespace zhenhui::cli
