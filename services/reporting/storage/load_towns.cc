#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "common/db/copy.h"
#include "services/reporting/storage/cell_rows.h"

namespace zhenhui::reporting {
namespace {

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

}  // namespace

std::vector<TownView> LoadTowns(db::Tx& tx, Vocabulary& vocabulary) {
  Loader loader(vocabulary);
  loader.ReadCells(tx);
  loader.ReadApplied(tx);
  loader.ReadPlaces(tx);
  return loader.Build();
}

}  // namespace zhenhui::reporting
