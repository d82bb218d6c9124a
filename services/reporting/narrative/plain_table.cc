#include "services/reporting/narrative/plain_table.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "services/reporting/checker/text.h"

namespace zhenhui::reporting::narrative {
namespace {

constexpr std::string_view kHanDigits = "零〇一二两三四五六七八九十百千万";
constexpr size_t kLongestValue = 12;  // signs: "1200余人次"; what is longer is prose

std::string Trimmed(std::string_view cell) {
  std::string text(absl::StripAsciiWhitespace({cell.data(), cell.size()}));
  constexpr std::string_view kWideSpace = "　";
  while (text.starts_with(kWideSpace)) text.erase(0, kWideSpace.size());
  while (text.ends_with(kWideSpace)) text.erase(text.size() - kWideSpace.size());
  return text;
}

// "6", "43余场次", "约95.6%", "一百零二人".
bool IsValue(const std::u32string& cell) {
  if (cell.empty() || cell.size() > kLongestValue) return false;
  static const std::u32string kHan = checker::Fold(kHanDigits);
  static const std::u32string kBefore = checker::Fold("近约超达共");
  const char32_t first = cell.size() > 1 && kBefore.find(cell[0]) != std::u32string::npos ? cell[1] : cell[0];
  return checker::IsDigit(first) || kHan.find(first) != std::u32string::npos;
}

bool IsBareNumber(const std::u32string& cell) {
  return !cell.empty() && std::all_of(cell.begin(), cell.end(), checker::IsDigit);
}

bool OneOf(const std::u32string& cell, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return cell == checker::Fold(word); });
}

bool EndsWithOneOf(const std::u32string& cell, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return cell.ends_with(checker::Fold(word)); });
}

// Headers that say nothing of what is counted.
bool SaysOnlyAmount(const std::u32string& header) {
  return header.empty() ||
         OneOf(header, {"数量", "数", "次数", "数值", "数据", "完成数", "完成情况", "实际完成", "实绩",
                        "结果", "全年", "全年数", "合计", "总数", "累计"});
}

class TableReader {
 public:
  explicit TableReader(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      Row& trimmed = rows_.emplace_back();
      for (const std::string& cell : row) trimmed.push_back(Trimmed(cell));
    }
    if (rows_.size() < 2) return;
    for (const std::string& cell : rows_[0]) header_.push_back(checker::Fold(cell));
    if (std::any_of(header_.begin(), header_.end(), IsBareNumber)) header_.clear();
  }

  std::vector<std::string> Read() const {
    std::vector<std::string> texts;
    for (size_t i = 0; i < rows_.size(); ++i)
      texts.push_back(i == 0 || header_.empty() ? Joined(rows_[i]) : DataRow(rows_[i]));
    return texts;
  }

 private:
  static std::string Joined(const Row& row) {
    std::vector<std::string> filled;
    std::copy_if(row.begin(), row.end(), std::back_inserter(filled),
                 [](const auto& cell) { return !cell.empty(); });
    return absl::StrJoin(filled, "、");
  }

  std::u32string Header(size_t column) const {
    return column < header_.size() ? header_[column] : std::u32string();
  }
  bool IsUnit(size_t column) const { return OneOf(Header(column), {"单位", "计量单位"}); }
  bool IsNumbering(size_t column) const { return OneOf(Header(column), {"序号", "编号", "No."}); }
  // What a row is about, if the header says that it is no measure of the town.
  bool IsPlace(size_t column, const std::u32string& label) const {
    return EndsWithOneOf(Header(column), {"村", "社区", "村名", "单位名称", "姓名", "名称"}) ||
           EndsWithOneOf(label, {"村", "社区", "居委会", "村委会"});
  }

  std::string DataRow(const Row& row) const {
    std::string label, unit;
    std::vector<size_t> values;
    for (size_t i = 0; i < row.size(); ++i) {
      const std::u32string cell = checker::Fold(row[i]);
      if (cell.empty() || IsNumbering(i)) continue;
      if (IsUnit(i)) {
        unit = row[i];
      } else if (IsValue(cell)) {
        values.push_back(i);
      } else if (label.empty() && values.empty()) {
        if (IsPlace(i, cell)) return absl::StrJoin(row, "|");
        label = row[i];
      } else {
        return absl::StrJoin(row, "|");  // prose in a cell: no simple table
      }
    }
    std::vector<std::string> claims;
    for (const size_t i : values) claims.push_back(ClaimOf(label, unit, i, row[i]));
    return claims.empty() ? Joined(row) : absl::StrJoin(claims, "。");
  }

  std::string ClaimOf(const std::string& label, const std::string& unit, size_t column,
                      const std::string& value) const {
    const std::string header = column < rows_[0].size() ? rows_[0][column] : "";
    const std::string measured = value + (IsBareNumber(checker::Fold(value)) ? unit : "");
    if (label.empty() || OneOf(checker::Fold(label), {"合计", "总计", "全镇", "小计"}))
      return header.empty() ? measured : header + "：" + measured;
    return label + (SaysOnlyAmount(Header(column)) ? "" : header) + "：" + measured;
  }

  std::vector<Row> rows_;
  std::vector<std::u32string> header_;  // folded; empty without one
};

}  // namespace

std::vector<std::string> TableTexts(const std::vector<Row>& rows) { return TableReader(rows).Read(); }

}  // namespace zhenhui::reporting::narrative
