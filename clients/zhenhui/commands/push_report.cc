#include "clients/zhenhui/commands/push_report.h"

#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "common/status/reason.h"

namespace zhenhui::cli {
namespace {

constexpr int kMaxPrinted = 20;

}  // namespace

PushReport::PushReport(const Context& context, std::vector<InputFile>& files)
    : context_(context), files_(files) {
  for (size_t i = 0; i < files.size(); ++i) {
    for (const InputRecord& record : files[i].records) {
      if (record.errors.empty()) continue;
      ++counts_[{i, record.township}].refused;
      ++total_.refused;
    }
  }
}

void PushReport::Take(size_t file, size_t index, const common::v1::RecordResult& result) {
  InputRecord& record = files_[file].records[index];
  PushCounts& counts = counts_[{file, record.township}];
  switch (result.outcome()) {
    case common::v1::OUTCOME_CREATED:
      ++counts.created, ++total_.created;
      return;
    case common::v1::OUTCOME_UPDATED:
      ++counts.updated, ++total_.updated;
      return;
    case common::v1::OUTCOME_UNCHANGED:
      ++counts.unchanged, ++total_.unchanged;
      return;
    default:
      break;
  }
  ++counts.refused, ++total_.refused;
  for (const auto& violation : result.violations()) {
    record.errors.push_back({violation.field(), violation.reason(), violation.description()});
  }
  if (record.errors.empty()) {
    const bool other = result.outcome() == common::v1::OUTCOME_NOT_ATTEMPTED;
    record.errors.push_back({"", other ? "NOT_ATTEMPTED" : "UNKNOWN_OUTCOME", ""});
  }
}

void PushReport::RefuseRest() {
  for (size_t i = 0; i < files_.size(); ++i) {
    for (InputRecord& record : files_[i].records) {
      if (!record.errors.empty()) continue;
      record.errors.push_back({"", "NOT_ATTEMPTED", ""});
      ++counts_[{i, record.township}].refused;
      ++total_.refused;
    }
  }
}

std::string PushReport::Why(const InputFile& file, const RecordError& error) const {
  const auto advice = Advice(context_.language(), error.reason);
  std::string why = advice.value_or(error.detail);
  if (advice.has_value() && !error.detail.empty()) why += " (" + error.detail + ")";
  // A field that is no column of the file, such as a required measure that it lacks.
  if (!error.field.empty() && file.header.ColumnOf(error.field) < 0) why = error.field + ": " + why;
  return why + " [" + error.reason + "]";
}

std::string PushReport::WhyAll(const InputRecord& record, const InputFile& file) const {
  std::string why;
  for (const RecordError& error : record.errors) why += (why.empty() ? "" : "; ") + Why(file, error);
  return why;
}

void PushReport::PrintRefusals() const {
  int64_t printed = 0;
  for (const InputFile& file : files_) {
    for (const InputRecord& record : file.records) {
      // What was only kept back by others is in the rejects file and the sums; here it would hide the
      // culprits.
      if (record.errors.empty() || record.errors[0].reason == "NOT_ATTEMPTED") continue;
      if (printed++ >= kMaxPrinted) continue;
      for (const RecordError& error : record.errors) {
        const int column = file.header.ColumnOf(error.field);
        std::string place;
        if (column >= 0) {
          place = context_.T(Msg::kColumn, {std::to_string(column + 1),
                                            file.header.columns[static_cast<size_t>(column)].heading});
        }
        context_.err << context_.T(Msg::kRefusedRow,
                                   {file.path, std::to_string(record.line), place, Why(file, error)})
                     << '\n';
      }
    }
  }
  if (printed > kMaxPrinted) {
    context_.err << context_.T(Msg::kMoreRefusals, {std::to_string(printed - kMaxPrinted)}) << '\n';
  }
}

absl::Status PushReport::WriteRejects(const std::string& path) const {
  int written = 0;
  for (const InputFile& file : files_) {
    std::vector<std::pair<const InputRecord*, std::string>> rejects;
    for (const InputRecord& record : file.records) {
      if (!record.errors.empty()) rejects.emplace_back(&record, WhyAll(record, file));
    }
    if (rejects.empty()) continue;
    std::filesystem::path own = path;
    if (++written > 1) {
      own.replace_filename(own.stem().string() + "-" + std::to_string(written) + own.extension().string());
    }
    const std::string text =
        FormatRejects(file, rejects);  // before the file is opened: it may be the input itself
    std::ofstream out(own, std::ios::binary);
    out << text;
    out.close();
    if (!out) {
      return Error(absl::StatusCode::kInvalidArgument, "FILE_UNWRITABLE", "cannot write " + own.string());
    }
    context_.Note(context_.T(Msg::kRejectsWritten, {own.string()}));
  }
  return absl::OkStatus();
}

void PushReport::PrintJson(const Positions& positions) const {
  nlohmann::ordered_json root;
  root["created"] = total_.created;
  root["updated"] = total_.updated;
  root["unchanged"] = total_.unchanged;
  root["refused"] = total_.refused;
  root["files"] = nlohmann::ordered_json::array();
  for (const auto& [key, counts] : counts_) {
    root["files"].push_back({{"file", files_[key.first].path},
                             {"township", key.second},
                             {"created", counts.created},
                             {"updated", counts.updated},
                             {"unchanged", counts.unchanged},
                             {"refused", counts.refused}});
  }
  root["refusals"] = nlohmann::ordered_json::array();
  for (const InputFile& file : files_) {
    for (const InputRecord& record : file.records) {
      for (const RecordError& error : record.errors) {
        root["refusals"].push_back({{"file", file.path},
                                    {"line", record.line},
                                    {"column", file.header.ColumnOf(error.field) + 1},
                                    {"field", error.field},
                                    {"reason", error.reason},
                                    {"detail", error.detail}});
      }
    }
  }
  root["freshnessTokens"] = nlohmann::ordered_json::array();
  for (const auto& position : positions.All()) root["freshnessTokens"].push_back(FormatPosition(position));
  context_.out << root.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

void PushReport::PrintSummary(const Positions& positions) const {
  if (context_.output() == Output::kJson) return PrintJson(positions);
  Table table;
  table.AddColumn(context_.T(Msg::kHeadFile));
  table.AddColumn(context_.T(Msg::kHeadTownship));
  for (const Msg heading : {Msg::kHeadCreated, Msg::kHeadUpdated, Msg::kHeadUnchanged, Msg::kHeadRefused}) {
    table.AddColumn(context_.T(heading), Align::kRight);
  }
  const auto add = [&table](const std::string& file, const std::string& township, const PushCounts& counts) {
    table.AddRow({file, township, std::to_string(counts.created), std::to_string(counts.updated),
                  std::to_string(counts.unchanged), std::to_string(counts.refused)});
  };
  for (const auto& [key, counts] : counts_) {
    add(files_[key.first].path, key.second.empty() ? "-" : key.second, counts);
  }
  if (context_.output() == Output::kCsv) return table.PrintCsv(context_.out);
  if (counts_.size() > 1) add(context_.T(Msg::kTotal), "", total_);
  table.Print(context_.out);
}

}  // namespace zhenhui::cli
