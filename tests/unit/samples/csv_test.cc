#include "samples/csv.h"

#include <gmock/gmock.h>

namespace zhenhui::samples {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Record SomeRecord() {
  Record record;
  record.id = "a-1";
  record.township = "630106101";
  record.kind = "mediation";
  record.date = Date(2024, 3, 5);
  record.title = "〔示例〕调解";
  record.audiences = {"villagers", "women"};
  record.roster_entries = {"lc-001"};
  record.measures = {{"success", 1}, {"cases", 2}};
  return record;
}

TEST(CsvTest, EachMeasureHasItsColumnAndAMissingOneIsEmpty) {
  const std::string csv = ActivitiesCsv({SomeRecord()});
  EXPECT_THAT(csv, StartsWith("id,township,kind,date,village,title,audiences,channels,partners,note,roster_"
                              "entries,occurrences,"));
  EXPECT_THAT(
      csv,
      HasSubstr("\na-1,630106101,mediation,2024-03-05,,〔示例〕调解,villagers;women,,,,lc-001,,,,,,2,,"));
}

TEST(CsvTest, FieldsWithCommasQuotesOrLineBreaksAreQuoted) {
  Record record = SomeRecord();
  record.title = "一,二";
  record.note = "他说\"好\"\n走了";
  const std::string csv = ActivitiesCsv({record});
  EXPECT_THAT(csv, HasSubstr(",\"一,二\","));
  EXPECT_THAT(csv, HasSubstr(",\"他说\"\"好\"\"\n走了\","));
}

TEST(CsvTest, NoRowsIsTheHeaderAlone) { EXPECT_EQ(ConfirmationsCsv({}), "township,month,note\n"); }

}  // namespace
}  // namespace zhenhui::samples
