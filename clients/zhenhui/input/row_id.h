#pragma once
#include <string>
#include <unordered_map>

#include "zhenhui/activities/v1/activity.pb.h"

// Ids for rows that have none, made of their content, so that pushing a file twice changes nothing.
namespace zhenhui::cli {

// "c-" + the first 24 hex digits of the SHA-256 of the activity's canonical content: township, kind, date,
// village, title, audiences and channels (sorted), partners, measures (by code; occurrences is 1 where it is
// not given), evidence and note. The name and the etag have no part in it.
std::string ContentId(const std::string& township, const activities::v1::Activity& activity);

// "c-" + 24 hex digits of any text.
std::string TextId(const std::string& text);

// Rows of one file with the same content are several records: the second gets "-2", the third "-3". Across
// files the numbers start again, so a row that stands in two files is one record. Not thread-safe; one for
// each file.
class OrdinalIds {
 public:
  std::string Next(const std::string& content_id);

 private:
  std::unordered_map<std::string, int> seen_;
};

}  // namespace zhenhui::cli
