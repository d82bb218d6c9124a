// The readers of the feeds give the same facts as the messages say.
#include <gmock/gmock.h>

#include "services/reporting/wire/activity_reader.h"
#include "services/reporting/wire/names.h"
#include "services/reporting/wire/township_reader.h"
#include "services/reporting/wire/wire_reader.h"
#include "tests/testing/matchers.h"
#include "zhenhui/activities/v1/activity_service.pb.h"
#include "zhenhui/townships/v1/township_service.pb.h"

namespace zhenhui::reporting {
namespace {

using ::testing::ElementsAre;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

activities::v1::Activity MakeActivity() {
  activities::v1::Activity activity;
  activity.set_name("townships/630106101/activities/a");
  activity.set_kind("mediation");
  activity.set_date("2024-03-05");
  activity.set_village("630106101201");
  activity.set_title("调解");
  activity.add_audiences("youth");
  activity.add_audiences("women");
  (*activity.mutable_measures())["cases"] = 5;
  (*activity.mutable_measures())["success"] = 0;
  activity.set_note("n");
  activity.set_state(activities::v1::ACTIVITY_STATE_ACTIVE);
  activity.set_revision(7);
  return activity;
}

// Facts as text, so that order and type do not matter to the comparison.
std::string Show(const Vocabulary& vocabulary, const Facts& facts) {
  std::map<std::string, int64_t> cells;
  ForEachContribution(vocabulary, facts, [&](const CellKey& key, int64_t amount) {
    cells[std::to_string(static_cast<int>(key.grain)) + " " + vocabulary.SeriesName(key.series) + " " +
          std::string(vocabulary.MemberCode(key.member)) + " " + FormatDate(FromEpochDays(key.bucket))] +=
        amount;
  });
  std::string text;
  for (const auto& [key, amount] : cells) text += key + " = " + std::to_string(amount) + "\n";
  return text;
}

TEST(ActivityReaderTest, AChangeReadFromTheWireIsWhatItsMessageSays) {
  Vocabulary vocabulary;
  activities::v1::WatchChangesResponse response;
  response.set_township("townships/630106101");
  response.set_head_revision(300);
  auto* change = response.add_changes();
  change->set_revision(299);
  *change->mutable_activity() = MakeActivity();
  *change->mutable_previous_activity() = MakeActivity();
  (*change->mutable_previous_activity()->mutable_measures())["cases"] = 9;
  change = response.add_changes();
  change->set_revision(300);
  change->mutable_month_confirmation()->set_month("2024-03");
  const auto batch = ReadActivityChanges(vocabulary, response.SerializeAsString());
  ASSERT_THAT(batch, IsOk());
  EXPECT_EQ(batch->township, "630106101");
  EXPECT_EQ(batch->head_revision, 300);
  ASSERT_EQ(batch->changes.size(), 2u);
  EXPECT_EQ(batch->changes[0].revision, 299);
  EXPECT_EQ(Show(vocabulary, batch->changes[0].after),
            Show(vocabulary, *FactsOf(vocabulary, MakeActivity())));
  EXPECT_NE(Show(vocabulary, batch->changes[0].before), Show(vocabulary, batch->changes[0].after));
  EXPECT_THAT(Show(vocabulary, batch->changes[0].before),
              ::testing::HasSubstr("mediation.cases  2024-03-05 = 9"));
  EXPECT_THAT(Show(vocabulary, batch->changes[0].after),
              ::testing::HasSubstr("mediation.occurrences  2024-03-05 = 1"));
  EXPECT_EQ(Show(vocabulary, batch->changes[1].after), "1 confirmed  2024-03-01 = 1\n");
}

TEST(ActivityReaderTest, ADeletedActivityCountsNowhere) {
  Vocabulary vocabulary;
  activities::v1::WatchChangesResponse response;
  *response.add_changes()->mutable_activity() = MakeActivity();
  response.mutable_changes(0)->mutable_activity()->set_state(activities::v1::ACTIVITY_STATE_DELETED);
  const auto batch = ReadActivityChanges(vocabulary, response.SerializeAsString());
  ASSERT_THAT(batch, IsOk());
  EXPECT_EQ(Show(vocabulary, batch->changes[0].after), "");
}

TEST(ActivityReaderTest, EveryCutOfAMessageIsReadOrRefusedButNeverOverrun) {
  Vocabulary vocabulary;
  activities::v1::StreamSnapshotResponse response;
  *response.add_activities() = MakeActivity();
  response.set_last(true);
  const std::string whole = response.SerializeAsString();
  TownBuilder builder(vocabulary);
  const auto part = ReadActivitySnapshot(vocabulary, whole, builder);
  ASSERT_THAT(part, IsOk());
  EXPECT_TRUE(part->last);
  EXPECT_EQ(part->records, 1);
  // The record lies in the first bytes; a cut inside it must be noticed.
  const size_t record_end = whole.size() - 2;
  for (size_t length = 1; length < record_end; ++length) {
    const std::string cut = whole.substr(0, length);  // of its own, so that a sanitizer sees an overrun
    TownBuilder other(vocabulary);
    EXPECT_THAT(ReadActivitySnapshot(vocabulary, cut, other), HasReason("FEED_UNREADABLE")) << length;
  }
}

TEST(ActivityReaderTest, RosterEntriesAreReadAndTargetsOnlyAdvanceTheRevision) {
  Vocabulary vocabulary;
  activities::v1::WatchChangesResponse message;
  message.set_township("townships/630106101");
  message.set_head_revision(2);
  auto* change = message.add_changes();
  change->set_revision(1);
  auto* activity = change->mutable_activity();
  *activity = MakeActivity();
  activity->add_roster_entries("lc-1");
  activity->add_roster_entries("lc-2");
  auto* target = message.add_changes();
  target->set_revision(2);
  target->mutable_target()->set_metric("law_lectures");
  const auto batch = ReadActivityChanges(vocabulary, message.SerializeAsString());
  ASSERT_THAT(batch, IsOk());
  ASSERT_EQ(batch->changes.size(), 2u);
  const auto& facts = std::get<ActivityFacts>(batch->changes[0].after);
  ASSERT_EQ(facts.roster_entries.size(), 2u);
  EXPECT_EQ(facts.roster_entries[1], vocabulary.Member("lc-2"));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(batch->changes[1].after));
  Cube cube(vocabulary);
  ASSERT_THAT(cube.Apply("630106101", Feed::kActivities, batch->changes, absl::UnixEpoch()), IsOk());
  EXPECT_EQ((*cube.Snapshot("630106101"))->applied()[Feed::kActivities], 2);
  // As facts of the whole message, too.
  const auto whole = FactsOf(vocabulary, *activity);
  ASSERT_THAT(whole, IsOk());
  EXPECT_EQ(std::get<ActivityFacts>(*whole).roster_entries, facts.roster_entries);
}

TEST(ActivityReaderTest, ADateThatIsNoneIsRefused) {
  Vocabulary vocabulary;
  for (const char* date : {"", "2024-02-30", "2024-3-5", "2024-13-01", "abcd-ef-gh", "2024-03-05 "}) {
    auto activity = MakeActivity();
    activity.set_date(date);
    EXPECT_THAT(FactsOf(vocabulary, activity), HasReason("FEED_UNREADABLE")) << date;
  }
}

TEST(TownshipReaderTest, EachRecordTypeBecomesItsFacts) {
  Vocabulary vocabulary;
  townships::v1::StreamSnapshotResponse response;
  auto* town = response.add_records()->mutable_township();
  town->set_display_name_zh("示例镇");
  town->set_valid_from("2001-02-03");
  auto* village = response.add_records()->mutable_village();
  village->set_name("townships/630106101/villages/630106101201");
  auto* population = response.add_records()->mutable_population();
  population->set_name("townships/630106101/populations/2024");
  population->set_residents(20'000);
  auto* entry = response.add_records()->mutable_roster_entry();
  entry->set_role(townships::v1::ROSTER_ROLE_MEDIATOR);
  entry->add_villages("630106101201");
  entry->set_valid_from("2024-01-01");
  entry->set_valid_to("2024-06-30");
  TownBuilder builder(vocabulary);
  ASSERT_THAT(ReadTownshipSnapshot(vocabulary, response.SerializeAsString(), builder), IsOk());
  const TownStatePtr state = builder.Build();
  EXPECT_EQ(state->places().township->name_zh, "示例镇");
  EXPECT_EQ(state->places().township->valid.from, Date(2001, 2, 3));
  EXPECT_EQ(state->places().villages.count(vocabulary.Member("630106101201")), 1u);
  const SumTable& mediators = state->Cells(Grain::kTown, vocabulary.Series("roster.mediator"));
  EXPECT_EQ(mediators.UpTo(kNoMember, ToEpochDays(Date(2024, 6, 30))), 1);
  EXPECT_EQ(mediators.UpTo(kNoMember, ToEpochDays(Date(2024, 7, 1))), 0);
  EXPECT_EQ(state->Value({Grain::kTown, vocabulary.residents(), kNoMember, ToEpochDays(Date(2024, 1, 1))}),
            20'000);
}

TEST(TownshipReaderTest, EveryRoleHasASeries) {
  for (int role = townships::v1::RosterRole_MIN + 1; role <= townships::v1::RosterRole_MAX; ++role) {
    EXPECT_THAT(std::string(RosterSeries(static_cast<townships::v1::RosterRole>(role))),
                ::testing::StartsWith("roster."))
        << role;
  }
}

TEST(WireReaderTest, BrokenBytesEndTheReading) {
  for (const std::string& bytes :
       {std::string("\x0a\x05hi"), std::string("\x08"), std::string("\x0b"), std::string(11, '\xff'),
        std::string("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f")}) {
    WireReader reader(bytes);
    while (reader.Next()) {
    }
    EXPECT_FALSE(reader.ok());
  }
}

TEST(NamesTest, OnlyWellFormedNamesHaveCodes) {
  EXPECT_EQ(ParseTownshipName("townships/630106101"), "630106101");
  EXPECT_EQ(ParseDistrictName("districts/630106"), "630106");
  for (const char* name : {"", "townships/", "townships/63010610", "townships/6301061011",
                           "townships/63010610a", "districts/630106", "630106101", "xtownships/630106101"}) {
    EXPECT_FALSE(ParseTownshipName(name)) << name;
  }
}

}  // namespace
}  // namespace zhenhui::reporting
