#include "tests/testing/townships/repository_contract.h"

#include <algorithm>
#include <set>
#include <thread>

#include "tests/testing/matchers.h"
#include "tests/testing/townships/samples.h"

namespace zhenhui::townships::testing {
namespace {

using ::testing::ElementsAre;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

const absl::Time kLater = absl::Now() + absl::Minutes(5);

// Writes one record over whatever exists.
absl::StatusOr<Repository::Outcome> Put(Repository& repository, Record record,
                                        const std::string& reason = "") {
  const std::string id = IdOf(record);
  return repository.WriteRecords(
      TownshipOf(record), TypeOf(record), {id},
      [&](const Existing& existing) -> absl::StatusOr<std::vector<Write>> {
        const auto found = existing.find(id);
        return std::vector<Write>{{record, found == existing.end() ? 0 : found->second.revision, reason}};
      },
      "tester", kLater);
}

std::vector<std::string> Ids(const std::vector<Stored>& stored) {
  std::vector<std::string> ids;
  for (const Stored& one : stored) ids.push_back(IdOf(one.record));
  return ids;
}

ListQuery RosterQuery() {
  ListQuery query;
  query.type = RecordType::kRosterEntry;
  query.township = kTown;
  return query;
}

}  // namespace

TEST_P(RepositoryContract, EveryTypeOfRecordComesBackAsItWasWritten) {
  RosterEntry entry = SampleEntry();
  entry.villages = {"630106101201", "630106101202"};
  entry.validity.to = Date(2024, 12, 31);
  const std::vector<Record> records = {SampleTownship(), SampleVillage(), Population{kTown, 2024, 21034},
                                       entry};
  int64_t revision = 0;
  for (const Record& record : records) {
    auto outcome = Put(*repository_, record, "why");
    ASSERT_THAT(outcome, IsOk());
    EXPECT_EQ(outcome->last_revision, ++revision);
    auto stored = repository_->Get(kTown, TypeOf(record), IdOf(record), kLater);
    ASSERT_THAT(stored, IsOk());
    EXPECT_EQ(stored->record, record);
    EXPECT_EQ(stored->revision, revision);
    EXPECT_EQ(stored->reason, "why");
    EXPECT_EQ(stored->by, "tester");
  }
}

TEST_P(RepositoryContract, MissingRecordsAreNotFoundWithTheReasonOfTheirType) {
  EXPECT_THAT(repository_->Get(kTown, RecordType::kVillage, "630106101201", kLater),
              HasReason("VILLAGE_NOT_FOUND"));
  EXPECT_THAT(repository_->Get(kTown, RecordType::kRosterEntry, "x", kLater),
              HasReason("ROSTER_ENTRY_NOT_FOUND"));
  EXPECT_THAT(repository_->GetDistrict("630106", kLater), HasReason("DISTRICT_NOT_FOUND"));
}

TEST_P(RepositoryContract, NothingIsWrittenWhenTheDecisionIsAnError) {
  const auto refuse = [](const Existing&) -> absl::StatusOr<std::vector<Write>> {
    return absl::AbortedError("no");
  };
  EXPECT_TRUE(absl::IsAborted(
      repository_->WriteRecords(kTown, RecordType::kTownship, {kTown}, refuse, "tester", kLater).status()));
  auto outcome = Put(*repository_, SampleTownship());
  ASSERT_THAT(outcome, IsOk());
  EXPECT_EQ(outcome->last_revision, 1);
}

TEST_P(RepositoryContract, RevisionsOfConcurrentWritersHaveNoGapAndNoRepeat) {
  constexpr int kWriters = 4, kEach = 10;
  std::vector<std::thread> writers;
  std::mutex mu;
  std::multiset<int64_t> revisions;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < kEach; ++i) {
        auto outcome = Put(*repository_, SampleEntry(absl::StrCat("e", w, "-", i)));
        ASSERT_THAT(outcome, IsOk());
        std::lock_guard lock(mu);
        revisions.insert(outcome->written.front().revision);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  std::multiset<int64_t> expected;
  for (int i = 1; i <= kWriters * kEach; ++i) expected.insert(i);
  EXPECT_EQ(revisions, expected);
}

TEST_P(RepositoryContract, ListFiltersByRoleVillageAndDayAndGoesOnAfterAnId) {
  RosterEntry a = SampleEntry("a"), b = SampleEntry("b"), c = SampleEntry("c");
  a.villages = {"630106101201", "630106101202"};
  b.role = RosterRole::kMediator;
  c.validity = {Date(2024, 3, 1), Date(2024, 3, 31)};
  for (const RosterEntry& entry : {c, a, b, SampleEntry("z", kOtherTown)})
    ASSERT_THAT(Put(*repository_, entry), IsOk());

  const auto list = [&](auto change) {
    ListQuery query = RosterQuery();
    change(query);
    auto found = repository_->List(query, kLater);
    EXPECT_THAT(found, IsOk());
    return Ids(*found);
  };
  EXPECT_THAT(list([](ListQuery&) {}), ElementsAre("a", "b", "c"));
  EXPECT_THAT(list([](ListQuery& q) { q.role = RosterRole::kMediator; }), ElementsAre("b"));
  EXPECT_THAT(list([](ListQuery& q) { q.village = "630106101202"; }), ElementsAre("a"));
  EXPECT_THAT(list([](ListQuery& q) { q.as_of = Date(2024, 4, 1); }), ElementsAre("a", "b"));
  EXPECT_THAT(list([](ListQuery& q) { q.as_of = Date(2024, 3, 31); }), ElementsAre("a", "b", "c"));
  EXPECT_THAT(list([](ListQuery& q) {
                q.after = "a";
                q.limit = 1;
              }),
              ElementsAre("b"));
}

TEST_P(RepositoryContract, ListReadsTheRosterAsItStoodAtARevision) {
  RosterEntry entry = SampleEntry("a");
  ASSERT_THAT(Put(*repository_, entry), IsOk());             // revision 1
  ASSERT_THAT(Put(*repository_, SampleEntry("b")), IsOk());  // revision 2
  entry.validity.to = Date(2024, 6, 30);
  ASSERT_THAT(Put(*repository_, entry, "left"), IsOk());  // revision 3
  ListQuery query = RosterQuery();
  query.read_revision = 2;
  auto before = repository_->List(query, kLater);
  ASSERT_THAT(before, IsOk());
  EXPECT_THAT(Ids(*before), ElementsAre("a", "b"));
  EXPECT_EQ(before->front().record, Record(SampleEntry("a")));
  EXPECT_EQ(before->front().revision, 1);
  query.read_revision = 1;
  auto first = repository_->List(query, kLater);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Ids(*first), ElementsAre("a"));
}

TEST_P(RepositoryContract, TownshipsOfADistrictAreListedByItsCode) {
  for (const char* code : {"630106102", "630106101", "630107100"}) {
    ASSERT_THAT(Put(*repository_, SampleTownship(code)), IsOk());
  }
  ListQuery query;
  query.township = "630106";
  auto found = repository_->List(query, kLater);
  ASSERT_THAT(found, IsOk());
  EXPECT_THAT(Ids(*found), ElementsAre("630106101", "630106102"));
}

TEST_P(RepositoryContract, DistrictsCountTheirVersionsAndKeepThemWhenNothingChanges) {
  const auto put = [&](const std::string& name) {
    return repository_->WriteDistrict(
        "630106",
        [&](const std::optional<StoredDistrict>&) -> absl::StatusOr<District> {
          return District{"630106", name, "", {Date(2020, 1, 1), std::nullopt}, 7};
        },
        kLater);
  };
  ASSERT_THAT(put("湟中区"), IsOk());
  EXPECT_EQ(put("湟中区")->version, 1);
  EXPECT_EQ(put("示例区")->version, 2);
  auto stored = repository_->GetDistrict("630106", kLater);
  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ(stored->district.name_zh, "示例区");
  EXPECT_EQ(stored->district.validity.from, Date(2020, 1, 1));
  EXPECT_EQ(stored->district.confirmation_due_day, 7);
  EXPECT_EQ(repository_->ListDistricts("63", "", 10, kLater)->size(), 1u);
  EXPECT_EQ(repository_->ListDistricts("630106101", "", 10, kLater)->size(), 1u);
  EXPECT_EQ(repository_->ListDistricts("6302", "", 10, kLater)->size(), 0u);
}

TEST_P(RepositoryContract, ATimeLeadsToTheNewestRevisionOfThen) {
  ASSERT_THAT(Put(*repository_, SampleTownship()), IsOk());
  ASSERT_THAT(Put(*repository_, SampleVillage()), IsOk());
  const auto stored = repository_->Get(kTown, RecordType::kVillage, "630106101201", kLater);
  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ(repository_->RevisionAt(kTown, stored->at, kLater).value(), 2);
  EXPECT_EQ(repository_->RevisionAt(kTown, stored->at - absl::Hours(24), kLater).value(), 0);
  EXPECT_EQ(repository_->RevisionAt(kOtherTown, stored->at, kLater).value(), 0);
}

}  // namespace zhenhui::townships::testing
