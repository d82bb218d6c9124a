#include "clients/zhenhui/commands/plan_import.h"

#include <map>

#include <CLI/CLI.hpp>

#include "clients/zhenhui/client/positions.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/input/normalise.h"
#include "clients/zhenhui/input/simple_csv.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using activities::v1::PlanService;
using activities::v1::Target;

constexpr size_t kTargetsAtOnce = 1000;
constexpr const char* kQuarters[] = {"q1", "q2", "q3", "q4"};

struct PlanImportFlags {
  std::string file;
  std::string reason;
  bool validate_only = false;
};

// The import while it runs: what was counted and said.
class PlanImport {
 public:
  PlanImport(const PlanImportFlags& flags, Context& context, Connection& connection)
      : flags_(flags), context_(context), connection_(connection) {}

  int Run() {
    absl::Status status = Read();
    if (status.ok()) status = Send();
    if (!status.ok() && targets_.empty() && outcomes_.empty()) return context_.Fail(status);
    const int code = Summarise();
    return status.ok() ? code : context_.Fail(status);
  }

 private:
  struct Row {
    int64_t line;
    Target target;
  };

  void Refuse(int64_t line, const std::string& field, const std::string& reason,
              const std::string& fallback) {
    ++outcomes_[common::v1::OUTCOME_REFUSED];
    const std::string why = Advice(context_.language(), reason).value_or(fallback);
    context_.err << context_.T(Msg::kRefusedRow, {flags_.file, std::to_string(line), "",
                                                  field + ": " + why + " [" + reason + "]"})
                 << '\n';
  }

  absl::Status Read() {
    ASSIGN_OR_RETURN(const std::vector<SimpleRow> rows,
                     ReadSimpleCsv(flags_.file,
                                   {{"township", {"乡镇"}},
                                    {"year", {"年份", "年"}},
                                    {"metric", {"指标"}},
                                    {"q1", {"一季度", "第一季度"}},
                                    {"q2", {"二季度", "第二季度"}},
                                    {"q3", {"三季度", "第三季度"}},
                                    {"q4", {"四季度", "第四季度"}},
                                    {"source", {"来源"}},
                                    {"note", {"备注"}}},
                                   {"township", "year", "metric", "q1", "q2", "q3", "q4", "source"}));
    ASSIGN_OR_RETURN(const MetricCatalogue catalogue, MetricCatalogue::Load(connection_));
    std::map<std::string, std::string> codes;  // a file names the same few towns over and over
    for (const SimpleRow& row : rows) {
      std::string& code = codes[row["township"]];
      if (code.empty()) {
        ASSIGN_OR_RETURN(code, ResolveTownship(context_, connection_, row["township"]));
      }
      if (auto target = ReadRow(row, catalogue)) targets_[code].push_back({row.line, *std::move(target)});
    }
    return absl::OkStatus();
  }

  std::optional<Target> ReadRow(const SimpleRow& row, const MetricCatalogue& catalogue) {
    Target target;
    const std::string name = catalogue.Resolve({row["metric"]}).front();
    if (catalogue.Title(name, true) == name) {
      Refuse(row.line, "metric", "METRIC_NOT_FOUND", row["metric"]);
      return std::nullopt;
    }
    target.set_metric(LastPart(name));
    const WholeNumber year = ParseWholeNumber(row["year"]);
    target.set_year(static_cast<int32_t>(year.value.value_or(0)));
    for (const char* quarter : kQuarters) {
      const WholeNumber number = ParseWholeNumber(row[quarter]);
      if (!number.value.has_value()) {
        Refuse(row.line, quarter, number.reason.empty() ? "NOT_A_WHOLE_NUMBER" : number.reason, row[quarter]);
        return std::nullopt;
      }
      target.add_quarters(*number.value);
    }
    SetSource(row["source"], row["note"], target);
    return target;
  }

  static void SetSource(const std::string& source, const std::string& note, Target& target) {
    target.set_note(note);
    if (source == "学法计划" || source == "study_plan") {
      target.set_source(activities::v1::TARGET_SOURCE_STUDY_PLAN);
    } else if (source == "普法工作计划" || source == "publicity_plan") {
      target.set_source(activities::v1::TARGET_SOURCE_PUBLICITY_PLAN);
    } else if (!source.empty()) {
      target.set_source(activities::v1::TARGET_SOURCE_OTHER);
      target.set_note(note.empty() ? source : source + "；" + note);
    }
  }

  absl::Status Send() {
    for (const auto& [township, rows] : targets_) {
      for (size_t begin = 0; begin < rows.size(); begin += kTargetsAtOnce) {
        activities::v1::ImportTargetsRequest request;
        request.set_parent("townships/" + township);
        request.set_reason(flags_.reason);
        request.set_validate_only(flags_.validate_only);
        const size_t end = std::min(rows.size(), begin + kTargetsAtOnce);
        for (size_t i = begin; i < end; ++i) *request.add_targets() = rows[i].target;
        activities::v1::ImportTargetsResponse response;
        RETURN_IF_ERROR(
            connection_.Call(connection_.plans(), &PlanService::Stub::ImportTargets, request, &response));
        positions_.Add(response.position());
        for (const auto& result : response.results())
          Take(rows[begin + static_cast<size_t>(result.index())], result);
      }
    }
    return absl::OkStatus();
  }

  void Take(const Row& row, const common::v1::RecordResult& result) {
    if (result.violations().empty()) {
      ++outcomes_[result.outcome()];
      return;
    }
    const auto& first = result.violations(0);
    Refuse(row.line, first.field(), first.reason(), first.description());
  }

  int Summarise() {
    Table table;
    table.AddColumn(context_.T(Msg::kHeadFile));
    std::vector<std::string> cells = {flags_.file};
    const std::pair<Msg, common::v1::Outcome> kColumns[] = {
        {Msg::kHeadCreated, common::v1::OUTCOME_CREATED},
        {Msg::kHeadUpdated, common::v1::OUTCOME_UPDATED},
        {Msg::kHeadUnchanged, common::v1::OUTCOME_UNCHANGED},
        {Msg::kHeadRefused, common::v1::OUTCOME_REFUSED}};
    std::string json;
    for (const auto& [heading, outcome] : kColumns) {
      table.AddColumn(context_.T(heading), Align::kRight);
      cells.push_back(std::to_string(outcomes_[outcome]));
      json += (json.empty() ? "{\"" : ", \"") + Text(Language::kEnglish, heading) + "\": " + cells.back();
    }
    table.AddRow(cells);
    if (context_.output() == Output::kJson) {
      context_.out << json << "}\n";
    } else {
      context_.output() == Output::kCsv ? table.PrintCsv(context_.out) : table.Print(context_.out);
    }
    if (flags_.validate_only) context_.Note(context_.T(Msg::kValidated));
    if (!flags_.validate_only) StorePositions(context_.options.server, positions_);
    return outcomes_[common::v1::OUTCOME_REFUSED] > 0 ? kExitSomeRefused : kExitOk;
  }

  const PlanImportFlags& flags_;
  Context& context_;
  Connection& connection_;
  std::map<std::string, std::vector<Row>> targets_;  // by township
  std::map<common::v1::Outcome, int64_t> outcomes_;
  Positions positions_;
};

}  // namespace

void AddPlanImport(CLI::App& plan, Context& context) {
  CLI::App* command = plan.add_subcommand("import",
                                          "导入目标：乡镇,年份,指标,一季度..四季度,来源,备注 (import "
                                          "targets: township,year,metric,q1..q4,source,note)");
  auto flags = std::make_shared<PlanImportFlags>();
  command->add_option("file", flags->file, "CSV 文件 (CSV file)")->required();
  command->add_option("--reason", flags->reason, "改动已有目标的原因 (why existing targets are changed)");
  command->add_flag("--validate-only", flags->validate_only, "只检查，不写入 (check only)");
  command->callback([flags, &context] {
    context.action = [flags, &context] {
      const auto connection = context.Connect();
      if (!connection.ok()) return context.Fail(connection.status());
      return PlanImport(*flags, context, **connection).Run();
    };
  });
}

}  // namespace zhenhui::cli
