#include "services/reporting/storage/cell_rows.h"

#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/db/copy.h"
#include "services/reporting/storage/statements.h"

namespace zhenhui::reporting {
namespace {

// Statements with arrays of this many cells stay small enough to plan and send at once.
constexpr size_t kCellsPerStatement = 5000;

// Buckets travel as days since 1970: cheaper to read than dates.
constexpr char kSelectCells[] =
    "SELECT township_code, series, grain, member, bucket - DATE '1970-01-01', value FROM cell";
constexpr char kSelectApplied[] = "SELECT township_code, source, revision FROM applied";
constexpr char kSelectPlaces[] =
    "SELECT township_code, place_code, name_zh, type, valid_from - DATE '1970-01-01', valid_to - DATE "
    "'1970-01-01'"
    " FROM place";

class Loader {
 public:
  explicit Loader(Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  void ReadCells(db::Tx& tx) {
    db::CopyReader copy(tx, kSelectCells);
    std::string series;
    while (copy.NextRow()) {
      TownBuilder& town = Town(copy.Text());
      series = copy.Text();
      const auto grain = static_cast<Grain>(copy.Int());
      const std::string& member = copy.Text();
      const Date bucket = FromEpochDays(static_cast<int32_t>(copy.Int()));
      town.AddCell({grain, series, member, bucket, copy.Int()});
    }
  }

  void ReadApplied(db::Tx& tx) {
    db::CopyReader copy(tx, kSelectApplied);
    while (copy.NextRow()) {
      TownBuilder& town = Town(copy.Text());
      const Feed feed = copy.Int() == 0 ? Feed::kActivities : Feed::kTownships;
      town.SetApplied(feed, copy.Int());
    }
  }

  void ReadPlaces(db::Tx& tx) {
    db::CopyReader copy(tx, kSelectPlaces);
    while (copy.NextRow()) {
      const std::string township = copy.Text();
      TownBuilder& town = Town(township);
      const std::string code = copy.Text();
      std::string name = copy.Text();
      const int type = static_cast<int>(copy.Int());
      const auto from = ReadDay(copy);
      const Validity valid{from, ReadDay(copy)};
      if (code == township) {
        town.SetTownship({std::move(name), type, valid});
      } else {
        town.AddVillage({vocabulary_.Member(code), std::move(name), valid});
      }
    }
  }

  std::vector<TownView> Build() {
    std::vector<TownView> towns;
    towns.reserve(towns_.size());
    for (auto& [code, builder] : towns_) towns.push_back({code, builder->Build()});
    return towns;
  }

 private:
  static std::optional<Date> ReadDay(db::CopyReader& copy) {
    if (!copy.IsNull()) return FromEpochDays(static_cast<int32_t>(copy.Int()));
    copy.Skip();
    return std::nullopt;
  }

  // Rows of one town usually follow one another.
  TownBuilder& Town(const std::string& code) {
    if (last_ == nullptr || last_code_ != code) {
      auto& builder = towns_[code];
      if (builder == nullptr) builder = std::make_unique<TownBuilder>(vocabulary_);
      last_ = builder.get();
      last_code_ = code;
    }
    return *last_;
  }

  Vocabulary& vocabulary_;
  std::map<std::string, std::unique_ptr<TownBuilder>> towns_;
  TownBuilder* last_ = nullptr;
  std::string last_code_;
};

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

std::vector<TownView> LoadTowns(db::Tx& tx, Vocabulary& vocabulary) {
  Loader loader(vocabulary);
  loader.ReadCells(tx);
  loader.ReadApplied(tx);
  loader.ReadPlaces(tx);
  return loader.Build();
}

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

void ReplaceCells(db::Tx& tx, const Vocabulary& vocabulary, const FlushBatch& batch) {
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
