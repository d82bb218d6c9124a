#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Measure words and the classes that they fall into: 场次, 场, 次 count events; 份, 册, 本 materials.
namespace zhenhui::reporting::checker {

// The class of a measure word; its names stand in phrases.json ("measures").
enum class MeasureKind {
  kNone,        // no measure word
  kEvent,       // 场次 场 次
  kIssue,       // 期
  kMaterial,    // 份 册 本 张
  kCase,        // 件 起 宗 例
  kPerson,      // 名 人 位
  kAttendance,  // 人次
  kOffice,      // 家 所
  kPiece,       // 个 处 座
  kItem,        // 项
  kEntry,       // 条 篇 则 幅
  kFile,        // 卷
  kHour,        // 小时
  kMoney,       // 元 万元
  kPercent,     // %
  kPoint,       // 个百分点
  kTimes,       // 倍
  kOther,       // 户 支 套: counted, but by no metric
};

// "event", "material" ...; kNone for another name.
MeasureKind MeasureKindOf(std::string_view name);

struct Measure {
  MeasureKind kind = MeasureKind::kNone;
  std::u32string word;
};

// A table of measure words, the longest first. Immutable after the last Add; thread-safe then.
class MeasureWords {
 public:
  void Add(MeasureKind kind, std::u32string word);

  // The longest measure word that begins at `at`; kNone without one.
  Measure At(std::u32string_view chars, size_t at) const;

 private:
  std::vector<Measure> words_;
};

}  // namespace zhenhui::reporting::checker
