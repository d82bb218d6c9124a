#include "clients/zhenhui/input/row_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zhenhui::cli {
namespace {

activities::v1::Activity Lecture() {
  activities::v1::Activity activity;
  activity.set_kind("law_lecture");
  activity.set_date("2024-03-05");
  activity.add_audiences("students");
  activity.add_audiences("women");
  (*activity.mutable_measures())["attendances"] = 40;
  return activity;
}

TEST(RowIdTest, HasTheDocumentedShapeAndNeverChanges) {
  const std::string id = ContentId("630106101", Lecture());
  EXPECT_THAT(id, ::testing::MatchesRegex("c-[0-9a-f]+"));
  EXPECT_EQ(id.size(), 26u);
  // Ids of earlier versions must stay the same, or files that are pushed again would count twice.
  EXPECT_EQ(id, "c-f2693dd7e9a273fd7421bd04");
}

TEST(RowIdTest, SameContentInOtherWordsHasTheSameId) {
  const std::string id = ContentId("630106101", Lecture());
  activities::v1::Activity other = Lecture();
  other.mutable_audiences()->SwapElements(0, 1);
  (*other.mutable_measures())["occurrences"] = 1;
  other.set_etag("7");
  other.set_name("mine");
  EXPECT_EQ(ContentId("630106101", other), id);
}

TEST(RowIdTest, EveryFieldThatCountsChangesTheId) {
  const std::string id = ContentId("630106101", Lecture());
  EXPECT_NE(ContentId("630106102", Lecture()), id);
  const std::vector<void (*)(activities::v1::Activity*)> changes = {
      [](activities::v1::Activity* a) { a->set_kind("mediation"); },
      [](activities::v1::Activity* a) { a->set_date("2024-03-06"); },
      [](activities::v1::Activity* a) { a->set_village("630106101201"); },
      [](activities::v1::Activity* a) { a->set_title("x"); },
      [](activities::v1::Activity* a) { a->set_note("x"); },
      [](activities::v1::Activity* a) { a->add_audiences("youth"); },
      [](activities::v1::Activity* a) { a->add_channels("lecture"); },
      [](activities::v1::Activity* a) { a->add_partners("x"); },
      [](activities::v1::Activity* a) { a->add_evidence()->set_uri("x"); },
      [](activities::v1::Activity* a) { (*a->mutable_measures())["attendances"] = 41; },
      [](activities::v1::Activity* a) { (*a->mutable_measures())["occurrences"] = 2; }};
  for (size_t i = 0; i < changes.size(); ++i) {
    activities::v1::Activity activity = Lecture();
    changes[i](&activity);
    EXPECT_NE(ContentId("630106101", activity), id) << "change " << i;
  }
}

TEST(RowIdTest, TextsDoNotRunIntoOneAnother) {
  activities::v1::Activity one;
  one.set_title("ab");
  activities::v1::Activity other;
  other.set_note("ab");
  EXPECT_NE(ContentId("630106101", one), ContentId("630106101", other));
}

TEST(RowIdTest, EqualRowsOfAFileAreNumbered) {
  OrdinalIds ids;
  EXPECT_EQ(ids.Next("c-1"), "c-1");
  EXPECT_EQ(ids.Next("c-1"), "c-1-2");
  EXPECT_EQ(ids.Next("c-2"), "c-2");
  EXPECT_EQ(ids.Next("c-1"), "c-1-3");
}

}  // namespace
}  // namespace zhenhui::cli
