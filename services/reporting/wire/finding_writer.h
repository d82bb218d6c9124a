#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "services/reporting/checker/checker.h"
#include "services/reporting/checker/text.h"
#include "zhenhui/reporting/v1/report_service.pb.h"

namespace zhenhui::reporting {

v1::Verdict ToProto(checker::Verdict verdict);

// Writes findings of one document as messages, in the order of the text. All but `recorded`, which is the
// figures' to tell. Not thread-safe.
class FindingWriter {
 public:
  // Longest sentence in an answer, in code points; a longer one is cut on both sides of the figure, with "…".
  static constexpr size_t kMaxSentence = 200;

  // The document outlives the writer.
  explicit FindingWriter(const checker::Document& document) : document_(document) {}
  void Write(const checker::Finding& finding, v1::Claim* out);

 private:
  std::string SentenceOf(const checker::Position& position);

  const checker::Document& document_;
  // The paragraph read last: findings of one paragraph follow each other.
  std::optional<size_t> paragraph_;
  checker::Text text_;
};

}  // namespace zhenhui::reporting
