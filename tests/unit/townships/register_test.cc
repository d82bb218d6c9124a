#include "services/townships/domain/register.h"

#include <gmock/gmock.h>

#include "tests/testing/matchers.h"
#include "tests/testing/townships/fake_repository.h"
#include "tests/testing/townships/repository_contract.h"
#include "tests/testing/townships/samples.h"

namespace zhenhui::townships {
namespace testing {
INSTANTIATE_TEST_SUITE_P(Fake, RepositoryContract,
                         ::testing::Values([] { return std::make_unique<FakeRepository>(); }));
}  // namespace testing

namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::Field;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

class RegisterTest : public ::testing::Test {
 protected:
  RegisterTest() {
    EXPECT_THAT(register_.Create(SampleTownship(), context_), IsOk());
    EXPECT_THAT(register_.Create(SampleVillage(), context_), IsOk());
  }
  ImportReport Import(std::vector<ImportItem> items, bool validate_only = false) {
    auto report = register_.Import(std::move(items), validate_only, context_);
    EXPECT_THAT(report, IsOk());
    return *std::move(report);
  }
  ImportResult ImportOne(Record record, const std::string& etag = "") {
    return Import({{std::move(record), etag, {}}}).results.front();
  }

  FakeRepository repository_;
  Register register_{repository_};
  WriteContext context_{"tester", "", absl::InfiniteFuture()};
};

TEST_F(RegisterTest, ImportingTheSameTwiceIsUnchanged) {
  EXPECT_EQ(ImportOne(SampleEntry()).outcome, Outcome::kCreated);
  const ImportResult again = ImportOne(SampleEntry());
  EXPECT_EQ(again.outcome, Outcome::kUnchanged);
  EXPECT_EQ(again.revision, 3);
}

TEST_F(RegisterTest, OtherContentUnderAnIdInUseNeedsTheEtagAndAReason) {
  ASSERT_EQ(ImportOne(SampleEntry()).outcome, Outcome::kCreated);  // revision 3
  RosterEntry corrected = SampleEntry();
  corrected.name = "法律顾问02";
  struct Case {
    const char* etag;
    const char* reason;
    Outcome outcome;
    const char* violation;
  };
  for (const Case& c : std::vector<Case>{{"", "typing error", Outcome::kRefused, "ID_IN_USE"},
                                         {"2", "typing error", Outcome::kRefused, "ETAG_MISMATCH"},
                                         {"3", "", Outcome::kRefused, "REASON_MISSING"},
                                         {"3", "typing error", Outcome::kUpdated, ""}}) {
    context_.reason = c.reason;
    const ImportResult result = ImportOne(corrected, c.etag);
    EXPECT_EQ(result.outcome, c.outcome) << c.violation;
    EXPECT_EQ(result.violations.empty() ? "" : result.violations[0].reason, c.violation);
  }
  EXPECT_EQ(repository_.Get(kTown, RecordType::kRosterEntry, "counsel-01", {})->record, Record(corrected));
}

TEST_F(RegisterTest, OneBadRecordDoesNotStopTheOthers) {
  RosterEntry bad = SampleEntry("bad");
  bad.villages = {"630106102201"};
  const ImportReport report = Import({{SampleEntry("a"), "", {}}, {bad, "", {}}, {SampleEntry("a"), "", {}}});
  EXPECT_THAT(report.results, ElementsAre(Field(&ImportResult::outcome, Outcome::kCreated),
                                          Field(&ImportResult::outcome, Outcome::kRefused),
                                          Field(&ImportResult::outcome, Outcome::kRefused)));
  EXPECT_EQ(report.results[1].violations[0].reason, "VILLAGE_OUTSIDE");
  EXPECT_EQ(report.results[2].violations[0].reason, "DUPLICATE_IN_BATCH");
}

TEST_F(RegisterTest, ReferencesMustExist) {
  RosterEntry entry = SampleEntry();
  entry.villages = {"630106101999"};
  EXPECT_EQ(ImportOne(entry).violations.at(0).reason, "VILLAGE_NOT_FOUND");
  EXPECT_EQ(ImportOne(SampleVillage("630106102201")).violations.at(0).reason, "TOWNSHIP_NOT_FOUND");
}

TEST_F(RegisterTest, ValidateOnlySaysWhatWouldHappenAndWritesNothing) {
  const ImportReport report = Import({{SampleEntry(), "", {}}}, /*validate_only=*/true);
  EXPECT_EQ(report.results[0].outcome, Outcome::kCreated);
  EXPECT_EQ(report.results[0].revision, 0);
  EXPECT_THAT(repository_.Get(kTown, RecordType::kRosterEntry, "counsel-01", {}),
              HasReason("ROSTER_ENTRY_NOT_FOUND"));
}

TEST_F(RegisterTest, CreatingTwiceIsRefused) {
  EXPECT_THAT(register_.Create(SampleTownship(), context_), HasReason("TOWNSHIP_EXISTS"));
}

TEST_F(RegisterTest, UpdateChecksTheEtagAndMakesNoRevisionWithoutAChange) {
  const auto rename = [](const std::string& name) {
    return [name](const Record& existing) -> absl::StatusOr<Record> {
      Township changed = std::get<Township>(existing);
      changed.name_en = name;
      return Record(changed);
    };
  };
  const auto update = [&](const std::string& name, const std::string& etag) {
    return register_.Update(kTown, RecordType::kTownship, kTown, etag, rename(name), context_);
  };
  EXPECT_THAT(update("New", "7"), HasReason("ETAG_MISMATCH"));
  EXPECT_EQ(update("New", "1")->revision, 3);
  EXPECT_EQ(update("New", "")->revision, 3);
  EXPECT_THAT(update(std::string(101, 'x'), ""), HasReason("TEXT_TOO_LONG"));
}

TEST_F(RegisterTest, PopulationIsCreatedByItsFirstUpdate) {
  const Record population = Population{kTown, 2024, 20000};
  const auto set = [&](const Record&) -> absl::StatusOr<Record> { return population; };
  EXPECT_THAT(register_.Update(kTown, RecordType::kPopulation, "2024", "", set, context_),
              HasReason("POPULATION_NOT_FOUND"));
  EXPECT_THAT(register_.Update(kTown, RecordType::kPopulation, "2024", "", set, context_, &population),
              IsOk());
}

}  // namespace
}  // namespace zhenhui::townships
