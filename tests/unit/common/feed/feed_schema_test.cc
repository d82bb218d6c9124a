// The migrations copy the feed's tables from common/feed/schema.h, because a released migration never
// changes: so the copies must be compared.
#include "common/feed/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/activities/storage/postgres_repository.h"
#include "services/townships/storage/postgres_repository.h"

namespace zhenhui::feed {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::SizeIs;

// The statements that make or change a feed's tables, in order: without comments and schema names, and with
// single spaces.
std::vector<std::string> FeedStatements(std::string sql) {
  static const std::regex kComment("--[^\n]*");
  static const std::regex kSpace("\\s+");
  static const std::regex kSchema("\\b(townships|activities)\\.");
  static const std::regex kBracket(" ?([(),]) ?");
  static const std::regex kOurs("\\b(table|on|into|update)( if (not )?exists)?( only)? (feed|revision)\\b",
                                std::regex::icase);
  sql = std::regex_replace(sql, kComment, "");
  sql = std::regex_replace(sql, kSpace, " ");
  sql = std::regex_replace(sql, kSchema, "");
  sql = std::regex_replace(sql, kBracket, "$1");
  std::vector<std::string> statements;
  for (absl::string_view part : absl::StrSplit(sql, ';')) {
    std::string statement(absl::StripAsciiWhitespace(part));
    if (std::regex_search(statement, kOurs)) statements.push_back(std::move(statement));
  }
  return statements;
}

std::string AllOf(const std::vector<embedded::File>& migrations) {
  std::string sql;
  for (const embedded::File& file : migrations) sql.append(file.text).append("\n");
  return sql;
}

TEST(FeedSchemaTest, TheMigrationsOfBothServicesMakeTheFeedsTablesAndNothingElseToThem) {
  const std::vector<std::string> wanted = FeedStatements(kFeedSchema);
  ASSERT_THAT(wanted, SizeIs(2));
  EXPECT_THAT(FeedStatements(AllOf(activities::Migrations())), ElementsAreArray(wanted));
  EXPECT_THAT(FeedStatements(AllOf(townships::Migrations())), ElementsAreArray(wanted));
}

TEST(FeedSchemaTest, TheComparisonSeesWhatMattersAndNothingElse) {
  const std::vector<std::string> plain = FeedStatements("CREATE TABLE feed (a int, b int);");
  EXPECT_THAT(plain, ElementsAre("CREATE TABLE feed(a int,b int)"));
  EXPECT_EQ(
      FeedStatements("CREATE TABLE x (a int);\n-- why\nCREATE  TABLE activities.feed\n( a int,\n b int )\n;"),
      plain);
  EXPECT_NE(FeedStatements("CREATE TABLE feed (a int, b bigint);"), plain);
  EXPECT_THAT(
      FeedStatements("ALTER TABLE revision ADD c int; CREATE INDEX i ON feed (a); ALTER TABLE feeder DROP a"),
      SizeIs(2));
}

}  // namespace
}  // namespace zhenhui::feed
