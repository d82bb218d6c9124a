#pragma once
#include <vector>

#include "services/reporting/checker/checker.h"
#include "services/reporting/checker/claim.h"

// Reads a document paragraph by paragraph and gives its claims in order. It keeps what lies between
// sentences:
//   headings    下一步工作打算 makes plans of all figures under it, down to the next heading of its rank
//   topics      受理 in one sentence is about the 人民调解 of the sentence before
namespace zhenhui::reporting::checker {

std::vector<Claim> ReadClaims(const Lexicon& lexicon, const Document& document, const CheckOptions& options);

// A year in the report's title (…2023年法治政府建设情况报告) that is not the year asked; as claims without
// metric.
std::vector<Claim> WrongTitleYears(const Document& document, const CheckOptions& options);

}  // namespace zhenhui::reporting::checker
