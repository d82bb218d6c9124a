#pragma once
#include <string>
#include <vector>

#include "clients/zhenhui/input/catalogue.h"

// What the columns of a CSV file of activities mean.
namespace zhenhui::cli {

enum class ColumnRole {
  kIgnored,
  kId,
  kTownship,
  kKind,
  kDate,
  kVillage,
  kTitle,
  kAudiences,
  kChannels,
  kPartners,
  kEvidence,
  kNote,
  kRosterEntries,
  kEtag,
  kMeasure,
};

struct Column {
  std::string heading;  // as it stands in the file
  ColumnRole role = ColumnRole::kIgnored;
  std::vector<std::string> measures;  // of kMeasure: the measures that the heading may mean
};

struct Header {
  std::vector<Column> columns;
  std::vector<std::string> unknown;   // headings that mean nothing: their figures would be lost in silence
  std::vector<std::string> repeated;  // headings that mean the same as one before

  // The column of a field path such as "audiences[1]" or "measures.cases"; -1 when the file has none.
  int ColumnOf(const std::string& field) const;
  bool Has(ColumnRole role) const;
};

// The column that a rejects file adds, and that reading ignores.
inline constexpr char kErrorHeading[] = "错误";

// English or Chinese headings; a * or a note in brackets behind one, as in "日期（必填）", does not matter.
// `ignored` are further headings to leave out.
Header MapHeader(const std::vector<std::string>& headings, const Catalogue& catalogue,
                 const std::vector<std::string>& ignored);

}  // namespace zhenhui::cli
