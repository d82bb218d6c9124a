#include "services/reporting/checker/checker.h"

#include <algorithm>
#include <utility>

#include "services/reporting/checker/consistency.h"
#include "services/reporting/checker/judge.h"
#include "services/reporting/checker/messages.h"
#include "services/reporting/checker/reader.h"

namespace zhenhui::reporting::checker {

Document DocumentFromText(std::string_view text) {
  Document document;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of("\r\n"), text.size());
    document.paragraphs.push_back({.text = std::string(text.substr(0, end))});
    const bool pair = text.substr(end).starts_with("\r\n");
    text.remove_prefix(std::min(text.size(), end + (pair ? 2 : 1)));
  }
  return document;
}

std::vector<Finding> CheckReport(const Lexicon& lexicon, const Document& document, const FigureSource& source,
                                 const CheckOptions& options) {
  std::vector<Finding> findings;
  for (const Claim& claim : WrongTitleYears(document, options)) {
    Finding finding = Describe(claim);
    finding.verdict = Verdict::kWrongPeriod;
    WriteMessages(claim, nullptr, finding);
    findings.push_back(std::move(finding));
  }
  std::vector<Claim> claims = ReadClaims(lexicon, document, options);
  std::vector<Contradiction> contradictions = FindContradictions(claims);
  JoinParts(claims);
  size_t next = 0;
  for (size_t i = 0; i < claims.size(); ++i) {
    findings.push_back(Judge(claims[i], source, options));
    for (; next < contradictions.size() && contradictions[next].claim == i; ++next) {
      findings.push_back(std::move(contradictions[next].finding));
    }
  }
  return findings;
}

}  // namespace zhenhui::reporting::checker
