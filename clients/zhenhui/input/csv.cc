#include "clients/zhenhui/input/csv.h"

#include <algorithm>
#include <array>

namespace zhenhui::cli {

bool CsvReader::Next(CsvRow* row) {
  while (at_ < text_.size() && AtLineEnd()) SkipLineEnd();
  if (at_ >= text_.size()) return false;
  row->line = line_;
  row->fields.clear();
  row->error.clear();
  const size_t begin = at_;
  const int64_t begin_line = line_;
  for (;;) {
    std::string field;
    if (!ReadField(&field)) {
      // Start over after the row's first line: an open quote must not swallow the rest of the file.
      row->error = "QUOTE_MALFORMED";
      at_ = std::min(text_.find_first_of("\r\n", begin), text_.size());
      line_ = begin_line;
      break;
    }
    row->fields.push_back(std::move(field));
    if (AtLineEnd()) break;
    ++at_;  // the separator
  }
  row->raw = text_.substr(begin, at_ - begin);
  SkipLineEnd();
  return true;
}

bool CsvReader::ReadField(std::string* field) {
  if (at_ < text_.size() && text_[at_] == '"') return ReadQuoted(field);
  const size_t begin = at_;
  while (!AtLineEnd() && text_[at_] != separator_) ++at_;
  field->assign(text_.substr(begin, at_ - begin));
  return true;
}

bool CsvReader::ReadQuoted(std::string* field) {
  for (++at_; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '"') {
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
        ++at_;
        return AtLineEnd() || text_[at_] == separator_;
      }
      ++at_;
    }
    if (c == '\n') ++line_;
    field->push_back(c);
  }
  return false;
}

void CsvReader::SkipLineEnd() {
  if (at_ >= text_.size()) return;
  const bool carriage_return = text_[at_] == '\r';
  ++at_;
  if (carriage_return && at_ < text_.size() && text_[at_] == '\n') ++at_;
  ++line_;
}

char DetectSeparator(std::string_view* text) {
  const std::string_view first = text->substr(0, text->find_first_of("\r\n"));
  if (first.size() == 5 && first.substr(0, 4) == "sep=") {
    const char separator = first[4];
    // Only the text goes: the line stays as an empty one, so that line numbers stay right.
    text->remove_prefix(first.size());
    return separator;
  }
  constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};
  std::array<size_t, 3> counts = {};
  bool quoted = false;
  for (const char c : first) {
    if (c == '"') quoted = !quoted;
    for (size_t i = 0; i < kSeparators.size(); ++i) counts[i] += !quoted && c == kSeparators[i];
  }
  return kSeparators[static_cast<size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

std::string FormatCsvRow(const std::vector<std::string>& fields, char separator) {
  std::string row;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) row += separator;
    const std::string special = std::string("\"\r\n") + separator;
    const bool plain = fields[i].find_first_of(special) == std::string::npos &&
                       (fields[i].empty() || (fields[i].front() != ' ' && fields[i].back() != ' '));
    // A row of one empty field would read as no row at all.
    if (plain && !(fields.size() == 1 && fields[i].empty())) {
      row += fields[i];
      continue;
    }
    row += '"';
    for (const char c : fields[i]) {
      if (c == '"') row += '"';
      row += c;
    }
    row += '"';
  }
  return row + "\r\n";
}

}  // namespace zhenhui::cli
