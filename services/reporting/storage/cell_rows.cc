#include "services/reporting/storage/cell_rows.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/db/binary_copy.h"
#include "common/db/copy.h"
#include "services/reporting/storage/statements.h"

namespace zhenhui::reporting {
namespace {

// Statements with arrays of this many cells stay small enough to plan and send at once.
constexpr size_t kCellsPerStatement = 5000;

// Where more than one of so many cells differ, all are written anew: COPY into a table costs that much less.
constexpr size_t kRewriteAbove = 4;

constexpr char kSelectTownCells[] =
    "SELECT series, grain, member, bucket, value FROM cell WHERE township_code = ";

// The columns of some cells as array literals.
struct CellColumns {
  internal::ArrayLiteral series, grains, members, buckets, values;
  size_t size = 0;

  void Add(const CellRow& row, bool with_value) {
    series.Add(row.series);
    grains.Add(static_cast<int64_t>(row.grain));
    members.Add(row.member);
    buckets.Add(FormatDate(row.bucket));
    if (with_value) values.Add(row.value);
    ++size;
  }
};

// A stored cell of one town, as the binary COPY of kSelectTownCells tells it.
class StoredCells {
 public:
  StoredCells(db::Tx& tx, Vocabulary& vocabulary, const std::string& township)
      : vocabulary_(vocabulary), copy_(tx, absl::StrCat(kSelectTownCells, "'", tx.esc(township), "'")) {}

  // False at the end.
  bool Next() {
    if (!copy_.NextRow()) return false;
    const std::string_view series = copy_.Bytes();
    if (series != series_name_) {  // rows of one series mostly follow one another
      series_name_ = series;
      series_ = vocabulary_.Series(series);
    }
    grain_ = copy_.Int();
    member_ = vocabulary_.Member(copy_.Bytes());
    bucket_ = copy_.Int() + k2000;
    value_ = copy_.Int();
    return true;
  }

  // False for a row that no state has, so that it has no key: somebody else wrote it.
  bool HasKey() const {
    return grain_ >= static_cast<int64_t>(kGrains[0]) &&
           grain_ <= static_cast<int64_t>(kGrains[kGrainCount - 1]) &&
           bucket_ == static_cast<int32_t>(bucket_);
  }
  CellKey key() const {
    return {static_cast<Grain>(grain_), series_, member_, static_cast<int32_t>(bucket_)};
  }
  int64_t value() const { return value_; }

 private:
  static constexpr int64_t k2000 = 10957;  // days from 1970 to 2000

  Vocabulary& vocabulary_;
  db::BinaryCopyReader copy_;
  std::string series_name_;
  SeriesId series_ = 0;
  int64_t grain_ = 0;
  MemberId member_ = kNoMember;
  int64_t bucket_ = 0;
  int64_t value_ = 0;
};

// The cells that are stored with another value than in the batch's state, or in only one of the two. Nothing
// if there are rows that only deleting all of them can mend.
std::optional<std::vector<CellKey>> DifferingCells(db::Tx& tx, Vocabulary& vocabulary,
                                                   const FlushBatch& batch) {
  const TownState& state = *batch.state;
  std::vector<CellKey> differing;
  std::vector<CellKey> right;
  bool all_have_keys = true;
  StoredCells stored(tx, vocabulary, batch.township);
  while (stored.Next()) {  // to its end, or the transaction could only roll back
    all_have_keys = all_have_keys && stored.HasKey();
    if (!all_have_keys) continue;
    const CellKey key = stored.key();
    const int64_t value = state.Value(key);
    if (value == stored.value()) {
      right.push_back(key);
    } else if (value == 0) {
      differing.push_back(key);
    }
  }
  if (!all_have_keys) return std::nullopt;
  // The primary key lets no cell be stored twice, so what is right is counted once.
  if (right.size() == state.CellCount()) return differing;
  std::sort(right.begin(), right.end());
  auto next = right.begin();
  state.ForEachCell([&](const CellKey& key, int64_t) {  // in the same order
    if (next != right.end() && *next == key) {
      ++next;
    } else {
      differing.push_back(key);
    }
  });
  return differing;
}

void RewriteCells(db::Tx& tx, const Vocabulary& vocabulary, const FlushBatch& batch) {
  db::Exec(tx, sql::kDropAllCells, batch.township);
  db::CopyWriter copy(tx, "cell", "township_code, series, grain, member, bucket, value");
  batch.ForEachRow(vocabulary, [&](const CellRow& row) {
    if (row.value == 0) return;
    copy.Text(batch.township);
    copy.Text(row.series);
    copy.Int(static_cast<int64_t>(row.grain));
    copy.Text(row.member);
    copy.Date(row.bucket);
    copy.Int(row.value);
    copy.EndRow();
  });
  copy.Finish();
}

std::optional<std::string> DayText(const std::optional<Date>& date) {
  if (!date) return std::nullopt;
  return FormatDate(*date);
}

void PutPlace(db::Tx& tx, const std::string& township, std::string_view code, const std::string& name,
              int type, const Validity& valid) {
  db::Exec(tx, sql::kPutPlace, township, std::string(code), name, type, DayText(valid.from),
           DayText(valid.to));
}

}  // namespace

void PutCells(db::Tx& tx, const Vocabulary& vocabulary, const FlushBatch& batch) {
  CellColumns put;
  CellColumns drop;
  const auto send_put = [&] {
    if (std::exchange(put.size, 0) == 0) return;
    db::Exec(tx, sql::kPutCells, batch.township, put.series.Take(), put.grains.Take(), put.members.Take(),
             put.buckets.Take(), put.values.Take());
  };
  const auto send_drop = [&] {
    if (std::exchange(drop.size, 0) == 0) return;
    db::Exec(tx, sql::kDropCells, batch.township, drop.series.Take(), drop.grains.Take(), drop.members.Take(),
             drop.buckets.Take());
  };
  batch.ForEachRow(vocabulary, [&](const CellRow& row) {
    row.value == 0 ? drop.Add(row, false) : put.Add(row, true);
    if (put.size == kCellsPerStatement) send_put();
    if (drop.size == kCellsPerStatement) send_drop();
  });
  send_put();
  send_drop();
}

void ReplaceCells(db::Tx& tx, Vocabulary& vocabulary, const FlushBatch& batch) {
  std::optional<std::vector<CellKey>> differing = DifferingCells(tx, vocabulary, batch);
  if (!differing || differing->size() * kRewriteAbove > batch.state->CellCount()) {
    return RewriteCells(tx, vocabulary, batch);
  }
  FlushBatch changed{.township = batch.township, .from = {}, .to = {}, .dirty = {}, .state = batch.state};
  changed.dirty.cells.insert(differing->begin(), differing->end());
  PutCells(tx, vocabulary, changed);
}

void ReplacePlaces(db::Tx& tx, const Vocabulary& vocabulary, const FlushBatch& batch) {
  db::Exec(tx, sql::kDropPlaces, batch.township);
  const Places& places = batch.state->places();
  if (places.township) {
    PutPlace(tx, batch.township, batch.township, places.township->name_zh, places.township->type,
             places.township->valid);
  }
  for (const auto& [member, village] : places.villages) {
    PutPlace(tx, batch.township, vocabulary.MemberCode(member), village.name_zh, 0, village.valid);
  }
}

namespace internal {

void ArrayLiteral::Add(std::string_view text) {
  Separate();
  text_ += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') text_ += '\\';
    text_ += c;
  }
  text_ += '"';
}

void ArrayLiteral::Add(int64_t number) {
  Separate();
  absl::StrAppend(&text_, number);
}

std::string ArrayLiteral::Take() {
  std::string taken = text_.empty() ? "{}" : std::move(text_) + "}";
  text_.clear();
  return taken;
}

}  // namespace internal

}  // namespace zhenhui::reporting
