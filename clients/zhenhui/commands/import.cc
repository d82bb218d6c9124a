#include <set>

#include <CLI/CLI.hpp>

#include "clients/zhenhui/client/positions.h"
#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/import_records.h"
#include "clients/zhenhui/commands/query_options.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using townships::v1::TownshipService;

constexpr int kMaxBatch = 1000;

struct ImportFlags {
  std::string file;
  bool validate_only = false;
  std::string reason;
  bool create_district = false;
  std::string district_name;
};

// What all imports count and tell.
struct ImportState {
  Context& context;
  const ImportFlags& flags;
  std::vector<SimpleRow> rows;
  std::map<std::string, std::vector<size_t>> districts;  // six digits -> rows
  std::map<common::v1::Outcome, int64_t> outcomes;
  Positions positions;
};

void TakeResult(const common::v1::RecordResult& result, size_t row, ImportState* state) {
  ++state->outcomes[result.outcome()];
  for (const auto& violation : result.violations()) {
    const Context& context = state->context;
    const std::string why = Advice(context.language(), violation.reason()).value_or(violation.description());
    context.err << context.T(Msg::kRefusedRow,
                             {state->flags.file, std::to_string(state->rows[row].line), "",
                              violation.field() + ": " + why + " [" + violation.reason() + "]"})
                << '\n';
  }
}

int Summarise(const ImportState& state) {
  const auto count = [&state](common::v1::Outcome outcome) {
    const auto found = state.outcomes.find(outcome);
    return found == state.outcomes.end() ? int64_t{0} : found->second;
  };
  const int64_t refused = count(common::v1::OUTCOME_REFUSED) + count(common::v1::OUTCOME_NOT_ATTEMPTED);
  const std::vector<int64_t> counts = {count(common::v1::OUTCOME_CREATED), count(common::v1::OUTCOME_UPDATED),
                                       count(common::v1::OUTCOME_UNCHANGED), refused};
  const Context& context = state.context;
  if (context.output() == Output::kJson) {
    context.out << "{\"created\": " << counts[0] << ", \"updated\": " << counts[1]
                << ", \"unchanged\": " << counts[2] << ", \"refused\": " << counts[3] << "}\n";
  } else {
    Table table;
    table.AddColumn(context.T(Msg::kHeadFile));
    std::vector<std::string> cells = {state.flags.file};
    const Msg headings[] = {Msg::kHeadCreated, Msg::kHeadUpdated, Msg::kHeadUnchanged, Msg::kHeadRefused};
    for (size_t i = 0; i < counts.size(); ++i) {
      table.AddColumn(context.T(headings[i]), Align::kRight);
      cells.push_back(std::to_string(counts[i]));
    }
    table.AddRow(cells);
    context.output() == Output::kCsv ? table.PrintCsv(context.out) : table.Print(context.out);
  }
  if (state.flags.validate_only) context.Note(context.T(Msg::kValidated));
  StorePositions(context.options.server, state.positions);
  return refused > 0 ? kExitSomeRefused : kExitOk;
}

absl::Status EnsureDistrict(const std::string& code, Context& context, Connection& connection,
                            const ImportFlags& flags) {
  townships::v1::GetDistrictRequest get;
  get.set_name("districts/" + code);
  townships::v1::GetDistrictResponse got;
  const absl::Status found =
      connection.Call(connection.townships(), &TownshipService::Stub::GetDistrict, get, &got);
  if (!absl::IsNotFound(found)) return found;
  townships::v1::CreateDistrictRequest request;
  request.mutable_district()->set_name("districts/" + code);
  request.mutable_district()->set_display_name_zh(flags.district_name.empty() ? code : flags.district_name);
  townships::v1::CreateDistrictResponse response;
  const absl::Status created =
      connection.Call(connection.townships(), &TownshipService::Stub::CreateDistrict, request, &response);
  if (absl::IsAlreadyExists(created)) return absl::OkStatus();  // another import was quicker
  if (created.ok()) {
    context.Note(context.T(Msg::kDistrictCreated, {code, request.district().display_name_zh()}));
  }
  return created;
}

// One of the four batch imports. The service takes a district's records, at most 1000 at a time.
template <typename Request, typename Response, typename Record>
struct Import {
  grpc::Status (TownshipService::Stub::*method)(grpc::ClientContext*, const Request&, Response*);
  google::protobuf::RepeatedPtrField<Record>* (Request::*records)();
  Record (*convert)(const SimpleRow&);

  absl::Status Send(const std::string& district, const std::vector<size_t>& rows, Connection& connection,
                    ImportState* state) const {
    for (size_t begin = 0; begin < rows.size(); begin += kMaxBatch) {
      Request request;
      request.set_parent("districts/" + district);
      request.set_validate_only(state->flags.validate_only);
      request.set_reason(state->flags.reason);
      const size_t end = std::min(rows.size(), begin + kMaxBatch);
      for (size_t i = begin; i < end; ++i) *(request.*records)()->Add() = convert(state->rows[rows[i]]);
      Response response;
      RETURN_IF_ERROR(connection.Call(connection.townships(), method, request, &response));
      for (const auto& result : response.results()) {
        TakeResult(result, rows[begin + static_cast<size_t>(result.index())], state);
      }
      for (const auto& position : response.positions()) state->positions.Add(position);
    }
    return absl::OkStatus();
  }

  int Run(const ImportFlags& flags, const ColumnNames& columns, const std::string& code_column,
          std::vector<std::string> required, Context& context) const {
    const auto connection = context.Connect();
    if (!connection.ok()) return context.Fail(connection.status());
    auto rows = ReadSimpleCsv(flags.file, columns, required);
    if (!rows.ok()) return context.Fail(rows.status());
    ImportState state{context, flags, *std::move(rows), {}, {}, {}};
    for (size_t i = 0; i < state.rows.size(); ++i)
      state.districts[state.rows[i][code_column].substr(0, 6)].push_back(i);
    for (const auto& [district, indexes] : state.districts) {
      absl::Status sent;
      if (flags.create_district && !flags.validate_only) {
        sent = EnsureDistrict(district, context, **connection, flags);
      }
      if (sent.ok()) sent = Send(district, indexes, **connection, &state);
      if (!sent.ok()) {
        Summarise(state);
        return context.Fail(sent);
      }
    }
    return Summarise(state);
  }
};

// Districts have no batch import: created one by one, and one that exists is left as it is.
int ImportDistricts(const ImportFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  auto rows = ReadSimpleCsv(flags.file, DistrictColumns(), {"code", "name"});
  if (!rows.ok()) return context.Fail(rows.status());
  ImportState state{context, flags, *std::move(rows), {}, {}, {}};
  for (const SimpleRow& row : state.rows) {
    townships::v1::CreateDistrictRequest request;
    *request.mutable_district() = ToDistrict(row);
    townships::v1::CreateDistrictResponse response;
    const absl::Status created =
        (*connection)
            ->Call((*connection)->townships(), &TownshipService::Stub::CreateDistrict, request, &response);
    if (created.ok()) {
      ++state.outcomes[common::v1::OUTCOME_CREATED];
    } else if (absl::IsAlreadyExists(created)) {
      ++state.outcomes[common::v1::OUTCOME_UNCHANGED];
    } else if (absl::IsInvalidArgument(created)) {
      context.err << flags.file << ":" << row.line << ": ";
      context.Fail(created);
      ++state.outcomes[common::v1::OUTCOME_REFUSED];
    } else {
      Summarise(state);
      return context.Fail(created);
    }
  }
  return Summarise(state);
}

const Import<townships::v1::ImportTownshipsRequest, townships::v1::ImportTownshipsResponse,
             townships::v1::Township>
    kTownships = {&TownshipService::Stub::ImportTownships,
                  &townships::v1::ImportTownshipsRequest::mutable_townships, ToTownship};
const Import<townships::v1::ImportVillagesRequest, townships::v1::ImportVillagesResponse,
             townships::v1::Village>
    kVillages = {&TownshipService::Stub::ImportVillages,
                 &townships::v1::ImportVillagesRequest::mutable_villages, ToVillage};
const Import<townships::v1::ImportPopulationsRequest, townships::v1::ImportPopulationsResponse,
             townships::v1::Population>
    kPopulations = {&TownshipService::Stub::ImportPopulations,
                    &townships::v1::ImportPopulationsRequest::mutable_populations, ToPopulation};
const Import<townships::v1::ImportRosterEntriesRequest, townships::v1::ImportRosterEntriesResponse,
             townships::v1::RosterEntry>
    kRoster = {&TownshipService::Stub::ImportRosterEntries,
               &townships::v1::ImportRosterEntriesRequest::mutable_roster_entries, ToRosterEntry};

using Runner = std::function<int(const ImportFlags&, Context&)>;

void AddOne(CLI::App& parent, Context& context, const std::string& name, const std::string& help,
            Runner run) {
  CLI::App* command = parent.add_subcommand(name, help);
  command->fallthrough();
  auto flags = std::make_shared<ImportFlags>();
  command->add_option("file", flags->file, "CSV 文件 (CSV file)")->required();
  command->add_flag("--validate-only", flags->validate_only, "只检查，不写入 (check only)");
  command->add_option("--reason", flags->reason, "更正的原因 (why records with an etag are corrected)");
  command->add_flag("--create-district", flags->create_district,
                    "没有区县时新建 (make the district when it is missing)");
  command->add_option("--district-name", flags->district_name,
                      "新建区县的名称 (its name; default: its code)");
  command->callback(
      [flags, run, &context] { context.action = [flags, run, &context] { return run(*flags, context); }; });
}

}  // namespace

void AddImport(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("import", "导入名录，可放心重复 (import reference data, safe to repeat)");
  command->require_subcommand(1);
  command->fallthrough();
  AddOne(*command, context, "districts", "区县：code,name[,name_en] (districts)", ImportDistricts);
  AddOne(*command, context, "townships", "乡镇：code,name,type[,name_en] (townships)",
         [](const ImportFlags& flags, Context& target) {
           return kTownships.Run(flags, TownshipColumns(), "code", {"code", "name", "type"}, target);
         });
  AddOne(*command, context, "villages", "村（社区）：code,name,type[,valid_from] (villages)",
         [](const ImportFlags& flags, Context& target) {
           return kVillages.Run(flags, VillageColumns(), "code", {"code", "name", "type"}, target);
         });
  AddOne(*command, context, "populations", "人口：township,year,residents (populations)",
         [](const ImportFlags& flags, Context& target) {
           return kPopulations.Run(flags, PopulationColumns(), "township", {"township", "year", "residents"},
                                   target);
         });
  AddOne(*command, context, "roster", "队伍阵地：id,township,role,villages,name,valid_from,valid_to (roster)",
         [](const ImportFlags& flags, Context& target) {
           return kRoster.Run(flags, RosterColumns(), "township", {"township", "role", "valid_from"}, target);
         });
}

}  // namespace zhenhui::cli
