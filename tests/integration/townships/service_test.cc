// The register through real channels over PostgreSQL, and the repository's contract over PostgreSQL.
#include <gmock/gmock.h>

#include "common/db/pool.h"
#include "common/feed/feed.h"
#include "common/rpc/status_to_grpc.h"
#include "services/townships/service.h"
#include "services/townships/storage/postgres_repository.h"
#include "tests/testing/matchers.h"
#include "tests/testing/service_host.h"
#include "tests/testing/townships/repository_contract.h"
#include "tests/testing/townships/samples.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::townships {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using zhenhui::testing::FakeClock;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::ServiceHost;
using zhenhui::testing::TestDatabase;

// The repository with all that it stands on.
class OwnedPostgresRepository final : public Repository {
 public:
  OwnedPostgresRepository()
      : database_(TestDatabase::Create(
            kSchema,
            [](const std::string& dsn) { return service::Migrate(dsn, TownshipsSchema(), "").status(); })),
        dsn_(*service::ServiceDsn(database_.dsn(), TownshipsSchema())),
        pool_({.dsn = dsn_, .size = 8, .statements = Statements()}),
        feed_(pool_, {.dsn = dsn_, .channel = "townships_contract"}),
        inner_(pool_, feed_, clock_) {}
  absl::StatusOr<StoredDistrict> GetDistrict(const std::string& code, absl::Time deadline) override {
    return inner_.GetDistrict(code, deadline);
  }
  absl::StatusOr<std::vector<StoredDistrict>> ListDistricts(const std::string& prefix,
                                                            const std::string& after, size_t limit,
                                                            absl::Time deadline) override {
    return inner_.ListDistricts(prefix, after, limit, deadline);
  }
  absl::StatusOr<StoredDistrict> WriteDistrict(const std::string& code, DecideDistrict decide,
                                               absl::Time deadline) override {
    return inner_.WriteDistrict(code, decide, deadline);
  }
  absl::StatusOr<Stored> Get(const std::string& township, RecordType type, const std::string& id,
                             absl::Time deadline) override {
    return inner_.Get(township, type, id, deadline);
  }
  absl::StatusOr<std::vector<Stored>> List(const ListQuery& query, absl::Time deadline) override {
    return inner_.List(query, deadline);
  }
  absl::StatusOr<Outcome> WriteRecords(const std::string& township, RecordType type,
                                       const std::vector<std::string>& ids, Decide decide,
                                       const std::string& by, absl::Time deadline) override {
    return inner_.WriteRecords(township, type, ids, decide, by, deadline);
  }
  absl::StatusOr<int64_t> RevisionAt(const std::string& township, absl::Time time,
                                     absl::Time deadline) override {
    return inner_.RevisionAt(township, time, deadline);
  }

 private:
  FakeClock clock_;
  TestDatabase database_;
  std::string dsn_;
  db::Pool pool_;
  feed::Feed feed_;
  PostgresRepository inner_;
};

class TownshipServiceTest : public ::testing::Test {
 protected:
  using Stub = v1::TownshipService::Stub;
  std::unique_ptr<Stub> As(auth::Role role, const std::string& scope) {
    return std::make_unique<Stub>(host_.Channel(role, scope));
  }
  // Calls a unary method and gives the answer, or the error with its reason.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                const Request& request) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }
  void CreateTown(const std::string& code = kTown) {
    v1::CreateTownshipRequest request;
    request.mutable_township()->set_name("townships/" + code);
    request.mutable_township()->set_display_name_zh("示例镇");
    request.mutable_township()->set_type(v1::TOWNSHIP_TYPE_TOWN);
    ASSERT_THAT(Call(*admin_, &Stub::CreateTownship, request), IsOk());
  }
  v1::ImportVillagesRequest Villages(int count) {
    v1::ImportVillagesRequest request;
    request.set_parent("districts/630106");
    for (int i = 0; i < count; ++i) {
      v1::Village* village = request.add_villages();
      village->set_name(absl::StrCat("townships/630106101/villages/", 630106101201 + i));
      village->set_display_name_zh(absl::StrCat("示例", i, "村"));
      village->set_type(v1::VILLAGE_TYPE_VILLAGE);
    }
    return request;
  }

  FakeClock clock_;
  ServiceHost host_{TownshipsSchema(), CreateService, clock_};
  std::unique_ptr<Stub> admin_ = As(auth::Role::kAdmin, "*");
};

TEST_F(TownshipServiceTest, ImportingTwiceIsUnchangedAndAStaleEtagIsRefused) {
  CreateTown();
  v1::ImportVillagesRequest request = Villages(3);
  auto first = Call(*admin_, &Stub::ImportVillages, request);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->results(2).outcome(), common::v1::OUTCOME_CREATED);
  EXPECT_EQ(first->positions(0).revision(), 4);
  request.mutable_villages(1)->set_display_name_zh("改名村");
  request.mutable_villages(2)->set_display_name_zh("改名村");
  request.mutable_villages(2)->set_etag("1");
  auto second = Call(*admin_, &Stub::ImportVillages, request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->results(0).outcome(), common::v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(second->results(1).violations(0).reason(), "ID_IN_USE");
  EXPECT_EQ(second->results(2).violations(0).reason(), "ETAG_MISMATCH");
}

TEST_F(TownshipServiceTest, AReporterWritesTheRosterOfHisOwnTownOnly) {
  CreateTown();
  CreateTown(kOtherTown);
  auto reporter = As(auth::Role::kReporter, kTown);
  v1::CreateRosterEntryRequest request;
  request.set_parent("townships/630106101");
  request.mutable_roster_entry()->set_name("townships/630106101/rosterEntries/m-1");
  request.mutable_roster_entry()->set_role(v1::ROSTER_ROLE_MEDIATOR);
  request.mutable_roster_entry()->set_valid_from("2024-01-01");
  EXPECT_THAT(Call(*reporter, &Stub::CreateRosterEntry, request), IsOk());
  request.mutable_roster_entry()->set_name("townships/630106102/rosterEntries/m-1");
  EXPECT_THAT(Call(*reporter, &Stub::CreateRosterEntry, request), HasReason("OUT_OF_SCOPE"));
  EXPECT_THAT(Call(*reporter, &Stub::ImportVillages, Villages(1)), HasReason("ROLE_NOT_ALLOWED"));
  v1::GetTownshipRequest other;
  other.set_name("townships/630106102");
  EXPECT_THAT(Call(*reporter, &Stub::GetTownship, other), HasReason("OUT_OF_SCOPE"));
  auto nobody = As(auth::Role::kAdmin, "");
  EXPECT_THAT(Call(*nobody, &Stub::GetTownship, other), HasReason("TOKEN_MISSING"));
}

TEST_F(TownshipServiceTest, ADistrictSaysUpToWhichDayMonthsAreConfirmed) {
  v1::CreateDistrictRequest create;
  create.mutable_district()->set_name("districts/630106");
  create.mutable_district()->set_display_name_zh("湟中区");
  EXPECT_EQ(Call(*admin_, &Stub::CreateDistrict, create)->district().confirmation_due_day(), 5);
  v1::UpdateDistrictRequest update;
  update.mutable_district()->set_name("districts/630106");
  update.mutable_update_mask()->add_paths("confirmation_due_day");
  for (const int day : {-1, 29}) {
    update.mutable_district()->set_confirmation_due_day(day);
    EXPECT_THAT(Call(*admin_, &Stub::UpdateDistrict, update), HasReason("DUE_DAY_RANGE")) << day;
  }
  update.mutable_district()->set_confirmation_due_day(28);
  EXPECT_EQ(Call(*admin_, &Stub::UpdateDistrict, update)->district().confirmation_due_day(), 28);
  v1::GetDistrictRequest get;
  get.set_name("districts/630106");
  EXPECT_EQ(Call(*admin_, &Stub::GetDistrict, get)->district().confirmation_due_day(), 28);
  update.mutable_district()->set_confirmation_due_day(0);
  EXPECT_EQ(Call(*admin_, &Stub::UpdateDistrict, update)->district().confirmation_due_day(), 5);
}

TEST_F(TownshipServiceTest, ATimeLeadsToARevision) {
  CreateTown();
  v1::ResolveRevisionRequest request;
  request.set_parent("townships/630106101");
  EXPECT_THAT(Call(*admin_, &Stub::ResolveRevision, request), HasReason("TIME_INVALID"));
  const int64_t now = absl::ToUnixSeconds(clock_.Now());
  request.mutable_time()->set_seconds(now - 1);
  EXPECT_EQ(Call(*admin_, &Stub::ResolveRevision, request)->position().revision(), 0);
  request.mutable_time()->set_seconds(now + 1);
  const auto found = Call(*admin_, &Stub::ResolveRevision, request);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->position().revision(), 1);
  EXPECT_EQ(found->position().feed(), common::v1::FEED_TOWNSHIPS);
  EXPECT_EQ(found->position().township(), "townships/630106101");
  auto stranger = As(auth::Role::kReporter, kOtherTown);
  EXPECT_THAT(Call(*stranger, &Stub::ResolveRevision, request), HasReason("OUT_OF_SCOPE"));
}

TEST_F(TownshipServiceTest, ATextThatIsNoUtf8GetsAClearAnswer) {
  v1::CreateTownshipRequest request;
  request.mutable_township()->set_name("townships/630106101");
  request.mutable_township()->set_display_name_zh("\xb0\xa1");  // GB18030
  EXPECT_THAT(Call(*admin_, &Stub::CreateTownship, request), HasReason("MESSAGE_MALFORMED"));
}

TEST_F(TownshipServiceTest, PagesGoThroughAllVillagesAndATokenBelongsToItsQuery) {
  CreateTown();
  ASSERT_THAT(Call(*admin_, &Stub::ImportVillages, Villages(5)), IsOk());
  v1::ListVillagesRequest request;
  request.set_parent("townships/630106101");
  request.set_page_size(2);
  std::vector<std::string> names;
  for (int pages = 0; pages < 3; ++pages) {
    auto page = Call(*admin_, &Stub::ListVillages, request);
    ASSERT_THAT(page, IsOk());
    for (const auto& village : page->villages()) names.push_back(village.name().substr(29));
    request.set_page_token(page->next_page_token());
    EXPECT_EQ(page->next_page_token().empty(), pages == 2);
    if (pages == 0) {
      v1::ListVillagesRequest other = request;
      other.set_as_of("2024-01-01");
      EXPECT_THAT(Call(*admin_, &Stub::ListVillages, other), HasReason("PAGE_TOKEN_INVALID"));
    }
  }
  EXPECT_THAT(names,
              ElementsAre("630106101201", "630106101202", "630106101203", "630106101204", "630106101205"));
}

TEST_F(TownshipServiceTest, WatchSeesAnEndedRosterEntryWithWhatItReplaces) {
  CreateTown();
  v1::CreateRosterEntryRequest create;
  create.set_parent("townships/630106101");
  create.mutable_roster_entry()->set_name("townships/630106101/rosterEntries/m-1");
  create.mutable_roster_entry()->set_role(v1::ROSTER_ROLE_MEDIATOR);
  create.mutable_roster_entry()->set_valid_from("2024-01-01");
  ASSERT_THAT(Call(*admin_, &Stub::CreateRosterEntry, create), IsOk());
  v1::EndRosterEntryRequest end;
  end.set_name("townships/630106101/rosterEntries/m-1");
  end.set_valid_to("2024-06-30");
  EXPECT_THAT(Call(*admin_, &Stub::EndRosterEntry, end), HasReason("REASON_MISSING"));
  end.set_reason("moved away");
  auto ended = Call(*admin_, &Stub::EndRosterEntry, end);
  ASSERT_THAT(ended, IsOk());
  EXPECT_EQ(ended->position().revision(), 3);
  EXPECT_EQ(Call(*admin_, &Stub::EndRosterEntry, end)->position().revision(), 3);

  auto job = As(auth::Role::kJob, "*");
  grpc::ClientContext context;
  v1::WatchChangesRequest request;
  auto* cursor = request.add_cursors();
  cursor->set_feed(common::v1::FEED_TOWNSHIPS);
  cursor->set_township("townships/630106101");
  cursor->set_revision(2);
  auto stream = job->WatchChanges(&context, request);
  v1::WatchChangesResponse response;
  while (stream->Read(&response) && response.changes().empty()) {
  }
  ASSERT_EQ(response.changes_size(), 1);
  EXPECT_EQ(response.changes(0).revision(), 3);
  EXPECT_EQ(response.changes(0).record().roster_entry().valid_to(), "2024-06-30");
  EXPECT_EQ(response.changes(0).previous_record().roster_entry().valid_to(), "");
  context.TryCancel();
  stream->Finish();
}

TEST_F(TownshipServiceTest, SnapshotHoldsTheRecordsOfOneRevision) {
  CreateTown();
  ASSERT_THAT(Call(*admin_, &Stub::ImportVillages, Villages(4)), IsOk());
  grpc::ClientContext context;
  v1::StreamSnapshotRequest request;
  request.set_township("townships/630106101");
  request.set_read_revision(3);
  auto stream = admin_->StreamSnapshot(&context, request);
  v1::StreamSnapshotResponse part;
  int records = 0;
  bool last = false;
  while (stream->Read(&part)) {
    records += part.records_size();
    last = part.last();
    EXPECT_EQ(part.read_revision(), 3);
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_TRUE(last);
  EXPECT_EQ(records, 3);
}

}  // namespace

namespace testing {
INSTANTIATE_TEST_SUITE_P(Postgres, RepositoryContract,
                         ::testing::Values([] { return std::make_unique<OwnedPostgresRepository>(); }));
}  // namespace testing
}  // namespace zhenhui::townships
