#pragma once
#include <map>
#include <string>
#include <vector>

#include "clients/zhenhui/client/positions.h"
#include "clients/zhenhui/context.h"
#include "clients/zhenhui/input/input_file.h"
#include "zhenhui/common/v1/record_result.pb.h"

namespace zhenhui::cli {

struct PushCounts {
  int64_t created = 0;
  int64_t updated = 0;
  int64_t unchanged = 0;
  int64_t refused = 0;
  int64_t Total() const { return created + updated + unchanged + refused; }
};

// What became of the records of a push: counted, told to the person and written to rejects files. Not
// thread-safe.
class PushReport {
 public:
  // Both must outlive the report. Records that carry errors already are counted as refused at once.
  PushReport(const Context& context, std::vector<InputFile>& files);

  // `file` and `record` are indexes.
  void Take(size_t file, size_t record, const common::v1::RecordResult& result);
  // Marks every record that is not refused as not attempted, and counts it as refused: nothing was stored.
  void RefuseRest();
  const PushCounts& total() const { return total_; }

  // The refused rows on standard error (the first 20) as file, line, column and reason.
  void PrintRefusals() const;
  // Rejects: one file for one input; with several inputs "-2", "-3" ... stand before the ending of the later
  // ones.
  absl::Status WriteRejects(const std::string& path) const;
  // The summary on standard output, as --output says.
  void PrintSummary(const Positions& positions) const;

 private:
  std::string Why(const InputFile& file, const RecordError& error) const;
  std::string WhyAll(const InputRecord& record, const InputFile& file) const;
  void PrintJson(const Positions& positions) const;

  const Context& context_;
  std::vector<InputFile>& files_;
  std::map<std::pair<size_t, std::string>, PushCounts> counts_;  // by file and township
  PushCounts total_;
};

}  // namespace zhenhui::cli
