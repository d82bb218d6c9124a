#include "samples/places.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "samples/random.h"

namespace zhenhui::samples {
namespace {

constexpr int kReportTownVillages = 34;

Village MakeVillage(const std::string& township, bool community, int number) {
  Village village;
  village.code = absl::StrFormat("%s%03d", township, (community ? 0 : 200) + number);
  village.name = absl::StrCat("示例", HanNumber(number), community ? "社区" : "村");
  village.name_en = absl::StrFormat("Sample %s %d (invented)", community ? "Community" : "Village", number);
  village.type = community ? "community" : "village";
  village.valid_from = Date(2020, 1, 1);
  return village;
}

}  // namespace

const std::vector<Town>& Towns() {
  static const std::vector<Town> towns = {
      {"630106100", "田家寨镇", "Tianjiazhai Town", "town"},
      {"630106101", "上新庄镇", "Shangxinzhuang Town", "town"},
      {"630106102", "鲁沙尔镇", "Lushar Town", "town"},
      {"630106103", "甘河滩镇", "Ganhetan Town", "town"},
      {"630106104", "共和镇", "Gonghe Town", "town"},
      {"630106105", "多巴镇", "Duoba Town", "town"},
      {"630106106", "拦隆口镇", "Lanlongkou Town", "town"},
      {"630106107", "上五庄镇", "Shangwuzhuang Town", "town"},
      {"630106108", "李家山镇", "Lijiashan Town", "town"},
      {"630106109", "西堡镇", "Xipu Town", "town"},
      {"630106200", "群加藏族乡", "Qunjia Tibetan Township", "ethnic_township"},
      {"630106201", "土门关乡", "Tumenguan Township", "township"},
      {"630106202", "汉东回族乡", "Handong Hui Township", "ethnic_township"},
      {"630106203", "大才回族乡", "Dacai Hui Township", "ethnic_township"},
      {"630106204", "海子沟乡", "Haizigou Township", "township"},
      {"630106401", "康川街道", "Kangchuan Subdistrict", "subdistrict"},
  };
  return towns;
}

std::vector<Village> VillagesOf(const std::string& township) {
  Random random(SeedOf(absl::StrCat("villages ", township)));
  const int count = township == kReportTown ? kReportTownVillages : static_cast<int>(random.Between(12, 45));
  const int communities = static_cast<int>(random.Between(1, 4));
  std::vector<Village> villages;
  for (int i = 1; i <= communities; ++i) villages.push_back(MakeVillage(township, true, i));
  for (int i = 1; i <= count - communities; ++i) villages.push_back(MakeVillage(township, false, i));
  return villages;
}

Population PopulationOf(const std::string& township, int year) {
  Random random(SeedOf(absl::StrCat("population ", township)));
  int64_t residents = 0;
  for (size_t i = 0; i < VillagesOf(township).size(); ++i) residents += random.Between(500, 1500);
  // The countryside loses about a hundredth of its people each year.
  for (int passed = 2023; passed < year; ++passed) residents -= residents * random.Between(2, 15) / 1000;
  return {township, year, residents};
}

std::string HanNumber(int number) {
  static const char* const kDigits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  const int tens = number / 10;
  if (tens == 0) return kDigits[number];
  return absl::StrCat(tens == 1 ? "" : kDigits[tens], "十", kDigits[number % 10]);
}

}  // namespace zhenhui::samples
