#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/time/date.h"

// What a sample consists of: the rows of its CSV files, not the types of any service.
namespace zhenhui::samples {

// Marks whatever is made up: titles and notes begin with it.
inline constexpr char kInvented[] = "〔示例〕";

struct Town {
  std::string code;  // 9 digits, official
  std::string name;
  std::string name_en;
  std::string type;  // town, township, ethnic_township or subdistrict
};

struct Village {
  std::string code;     // 12 digits, invented
  std::string name;     // begins with 示例
  std::string name_en;  // ends with (invented)
  std::string type;     // village or community
  Date valid_from;
};

struct Population {
  std::string township;
  int year = 0;
  int64_t residents = 0;  // persons at the year's end, invented
};

struct RosterEntry {
  std::string id;  // unique in its township
  std::string township;
  std::string role;                   // legal_counsel, law_savvy_person, ...
  std::vector<std::string> villages;  // codes; none is the town as a whole
  std::string name;                   // begins with 示例
  Date valid_from;
  std::string valid_to;  // ISO 8601, inclusive; empty is "still"
};

struct Record {
  std::string id;  // unique in its township
  std::string township;
  std::string kind;
  Date date;
  std::string village;  // code, or empty for the town as a whole
  std::string title;    // begins with kInvented
  std::vector<std::string> audiences;
  std::vector<std::string> channels;
  std::vector<std::string> partners;
  std::vector<std::string> roster_entries;  // ids of who took part
  std::string note;
  std::vector<std::pair<std::string, int64_t>> measures;  // code, value; each code once
};

struct Target {
  std::string township;
  int year = 0;
  std::string metric;             // its code
  std::vector<int64_t> quarters;  // four
  std::string source;             // study_plan or publicity_plan
  std::string note;               // begins with kInvented
};

struct Confirmation {
  std::string township;
  std::string month;  // "2024-03"
};

}  // namespace zhenhui::samples
