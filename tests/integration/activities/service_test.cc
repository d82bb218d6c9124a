// The unary methods, from the outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/status/reason.h"
#include "tests/integration/activities/activities_fixture.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

constexpr char kParent[] = "townships/630106101";
const std::string kName = "townships/630106101/activities/a";

TEST_F(ActivitiesTest, PushedActivitiesAreReadCorrectedAndDeleted) {
  EXPECT_THAT(Push(reporter(), {MakeMessage("a"), MakeMessage("b")}), ElementsAre("CREATED 1", "CREATED 2"));
  EXPECT_THAT(Push(reporter(), {MakeMessage("a"), MakeMessage("b")}),
              ElementsAre("UNCHANGED 1", "UNCHANGED 2"));
  v1::GetActivityRequest get;
  get.set_name(kName);
  v1::GetActivityResponse got;
  ASSERT_THAT(Seen(reporter().GetActivity(Context().get(), get, &got)), IsOk());
  EXPECT_EQ(got.activity().measures().at("occurrences"), 1);

  v1::UpdateActivityRequest update;
  *update.mutable_activity() = got.activity();
  update.mutable_activity()->set_title("changed");
  update.mutable_update_mask()->add_paths("title");
  update.set_reason("typo");
  v1::UpdateActivityResponse updated;
  ASSERT_THAT(Seen(reporter().UpdateActivity(Context().get(), update, &updated)), IsOk());
  EXPECT_EQ(updated.activity().title(), "changed");
  EXPECT_EQ(updated.position().revision(), 3);
  EXPECT_THAT(Seen(reporter().UpdateActivity(Context().get(), update, &updated)), HasReason("ETAG_MISMATCH"));

  v1::DeleteActivityRequest remove;
  remove.set_name(kName);
  remove.set_reason("entered twice");
  v1::DeleteActivityResponse removed;
  ASSERT_THAT(Seen(reporter().DeleteActivity(Context().get(), remove, &removed)), IsOk());
  EXPECT_EQ(removed.activity().state(), v1::ACTIVITY_STATE_DELETED);
  EXPECT_THAT(Push(reporter(), {MakeMessage("a")}), ElementsAre("REFUSED ACTIVITY_DELETED"));

  v1::ListActivityRevisionsRequest list;
  list.set_name(kName);
  list.set_page_size(2);
  v1::ListActivityRevisionsResponse first, second;
  ASSERT_THAT(Seen(reporter().ListActivityRevisions(Context().get(), list, &first)), IsOk());
  list.set_page_token(first.next_page_token());
  ASSERT_THAT(Seen(reporter().ListActivityRevisions(Context().get(), list, &second)), IsOk());
  ASSERT_EQ(first.revisions_size(), 2);
  ASSERT_EQ(second.revisions_size(), 1);
  EXPECT_EQ(first.revisions(0).revision_reason(), "entered twice");
  EXPECT_EQ(second.revisions(0).revision(), 1);
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(ActivitiesTest, PagesStayAtTheRevisionOfTheFirst) {
  Push(reporter(),
       {MakeMessage("a", "2024-01-01"), MakeMessage("b", "2024-01-02"), MakeMessage("c", "2024-01-03")});
  v1::ListActivitiesRequest request;
  request.set_parent(kParent);
  request.set_page_size(1);
  std::string ids;
  do {
    v1::ListActivitiesResponse page;
    ASSERT_THAT(Seen(reporter().ListActivities(Context().get(), request, &page)), IsOk());
    EXPECT_EQ(page.read_revision(), 3);
    for (const auto& activity : page.activities()) ids += activity.name().back();
    if (ids == "a") {
      v1::Activity moved = MakeMessage("b", "2023-01-01");
      moved.set_etag("2");
      EXPECT_THAT(Push(reporter(), {moved, MakeMessage("d")}, "moved"),
                  ElementsAre("UPDATED 4", "CREATED 5"));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(ids, "abc");
}

TEST_F(ActivitiesTest, NewestFirstPagesStayAtTheRevisionOfTheFirst) {
  Push(reporter(),
       {MakeMessage("a", "2024-01-01"), MakeMessage("b", "2024-01-02"), MakeMessage("c", "2024-01-03")});
  v1::ListActivitiesRequest request;
  request.set_parent(kParent);
  request.set_page_size(1);
  request.set_order_by("date desc");
  std::string ids;
  do {
    v1::ListActivitiesResponse page;
    ASSERT_THAT(Seen(reporter().ListActivities(Context().get(), request, &page)), IsOk());
    for (const auto& activity : page.activities()) ids += activity.name().back();
    if (ids == "c") Push(reporter(), {MakeMessage("d", "2023-01-01"), MakeMessage("e", "2024-01-01")});
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(ids, "cba");
}

TEST_F(ActivitiesTest, MonthsAreConfirmedAndListed) {
  v1::ConfirmMonthRequest request;
  request.set_parent(kParent);
  request.set_month("2024-03");
  v1::ConfirmMonthResponse response;
  ASSERT_THAT(Seen(reporter().ConfirmMonth(Context().get(), request, &response)), IsOk());
  EXPECT_EQ(response.month_confirmation().name(), "townships/630106101/monthConfirmations/2024-03");
  ASSERT_THAT(Seen(reporter().ConfirmMonth(Context().get(), request, &response)), IsOk());
  EXPECT_EQ(response.position().revision(), 1);
  request.set_month("2024-07");
  EXPECT_THAT(Seen(reporter().ConfirmMonth(Context().get(), request, &response)),
              HasReason("MONTH_IN_FUTURE"));
  v1::ListMonthConfirmationsRequest list;
  list.set_parent(kParent);
  v1::ListMonthConfirmationsResponse listed;
  ASSERT_THAT(Seen(reporter().ListMonthConfirmations(Context().get(), list, &listed)), IsOk());
  EXPECT_EQ(listed.month_confirmations_size(), 1);
}

TEST_F(ActivitiesTest, AnotherTownsTokenNeitherWritesNorReads) {
  const auto stranger = As(auth::Role::kReporter, kOtherTown);
  v1::BatchPushActivitiesResponse pushed;
  EXPECT_THAT(Seen(stranger->BatchPushActivities(Context().get(), MakeBatch({MakeMessage("a")}), &pushed)),
              HasReason("OUT_OF_SCOPE"));
  v1::GetActivityRequest get;
  get.set_name(kName);
  v1::GetActivityResponse got;
  EXPECT_THAT(Seen(stranger->GetActivity(Context().get(), get, &got)), HasReason("OUT_OF_SCOPE"));
  EXPECT_THAT(Seen(As(auth::Role::kDistrict, "630106")->GetActivity(Context().get(), get, &got)),
              HasReason("ACTIVITY_NOT_FOUND"));
  EXPECT_THAT(Seen(As(auth::Role::kDistrict, "630106")
                       ->BatchPushActivities(Context().get(), MakeBatch({MakeMessage("a")}), &pushed)),
              HasReason("ROLE_NOT_ALLOWED"));
  EXPECT_THAT(Seen(As(auth::Role::kReporter, "")->GetActivity(Context().get(), get, &got)),
              HasReason("TOKEN_MISSING"));
}

TEST_F(ActivitiesTest, InvalidUtf8GetsAClearAnswerAndCostsItsRecordAlone) {
  v1::Activity bad = MakeMessage("bad");
  bad.set_title("\xff");
  EXPECT_THAT(Push(reporter(), {MakeMessage("a"), bad}), ElementsAre("CREATED 1", "REFUSED INVALID_UTF8"));
  v1::DeleteActivityRequest remove;
  remove.set_name(kName);
  remove.set_reason("\xff");
  v1::DeleteActivityResponse removed;
  EXPECT_THAT(Seen(reporter().DeleteActivity(Context().get(), remove, &removed)),
              HasReason("MESSAGE_MALFORMED"));
}

TEST_F(ActivitiesTest, ARegisterThatIsDownIsUnavailableAndComesBack) {
  townships_.SetDown(true);
  v1::BatchPushActivitiesResponse response;
  const absl::Status status =
      Seen(reporter().BatchPushActivities(Context().get(), MakeBatch({MakeMessage("a")}), &response));
  EXPECT_THAT(status, HasReason("REGISTER_UNAVAILABLE"));
  EXPECT_TRUE(RetryDelayOf(status).has_value());
  townships_.SetDown(false);
  clock_.Advance(absl::Seconds(1));
  EXPECT_THAT(Push(reporter(), {MakeMessage("a")}), ElementsAre("CREATED 1"));
}

TEST_F(ActivitiesTest, ATownThatTheRegisterDoesNotKnowIsNotFound) {
  v1::BatchPushActivitiesRequest request = MakeBatch({MakeMessage("a")});
  request.set_parent("townships/630106102");
  v1::BatchPushActivitiesResponse response;
  EXPECT_THAT(Seen(As(auth::Role::kAdmin, "*")->BatchPushActivities(Context().get(), request, &response)),
              HasReason("TOWNSHIP_NOT_FOUND"));
}

TEST_F(ActivitiesTest, TheCatalogueIsForEverySignedInCaller) {
  v1::ListKindsResponse kinds;
  ASSERT_THAT(Seen(As(auth::Role::kReviewer)->ListKinds(Context().get(), v1::ListKindsRequest(), &kinds)),
              IsOk());
  EXPECT_GT(kinds.kinds_size(), 10);
  EXPECT_EQ(kinds.kinds(0).measures(0).code(), "occurrences");
  EXPECT_EQ(kinds.audiences(0).code(), "villagers");
  EXPECT_THAT(kinds.audiences(0).aliases_zh(), Contains("村民"));
  EXPECT_THAT(kinds.channels(0).aliases_zh(), Contains("现场宣传"));
}

TEST_F(ActivitiesTest, AnotherWordForAnAudienceIsStoredAsItsCode) {
  v1::Activity in_words = MakeMessage("a");
  in_words.set_kind("法治建设会议");
  in_words.set_audiences(0, "党员");
  EXPECT_THAT(Push(reporter(), {in_words}), ElementsAre("CREATED 1"));
  EXPECT_THAT(Push(reporter(), {MakeMessage("a")}), ElementsAre("UNCHANGED 1"));
  v1::GetActivityRequest get;
  get.set_name(kName);
  v1::GetActivityResponse got;
  ASSERT_THAT(Seen(reporter().GetActivity(Context().get(), get, &got)), IsOk());
  EXPECT_EQ(got.activity().kind(), "special_meeting");
  EXPECT_THAT(got.activity().audiences(), ElementsAre("cadres"));
}

}  // namespace
}  // namespace zhenhui::activities::testing
