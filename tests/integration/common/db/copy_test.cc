#include "common/db/copy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/db/dsn.h"
#include "common/db/transaction.h"
#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::db {
namespace {

using testing::HasReason;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::TestDatabase;

constexpr char kColumns[] = "id, text, bytes, flag, day";

absl::Status CreateCopyTables(const std::string& dsn) {
  pqxx::connection connection(dsn);
  pqxx::work tx(connection);
  tx.exec0("CREATE TABLE item (id bigint PRIMARY KEY, text text, bytes bytea, flag boolean, day date)");
  tx.commit();
  return absl::OkStatus();
}

class CopyTest : public ::testing::Test {
 protected:
  absl::Time Soon() const { return absl::Now() + absl::Seconds(60); }
  absl::StatusOr<int64_t> Count() {
    return RunReadOnly(pool_, Soon(), [](Tx& tx) -> absl::StatusOr<int64_t> {
      return tx.exec1("SELECT count(*) FROM item")[0].as<int64_t>();
    });
  }
  // Rows 1 to n with nothing but their ids.
  absl::StatusOr<int64_t> Fill(int64_t n) {
    return RunInTransaction(pool_, Soon(), [&](Tx& tx) -> absl::StatusOr<int64_t> {
      CopyWriter copy(tx, "item", "id, text");
      for (int64_t i = 1; i <= n; ++i) {
        copy.Int(i);
        copy.Text("a text of some length, to fill several buffers");
        copy.EndRow();
      }
      return copy.Finish();
    });
  }

  TestDatabase database_ = TestDatabase::Create("copy", CreateCopyTables);
  Pool pool_{{.dsn = *WithSettings(database_.dsn(), {}), .size = 2}};
};

std::string AllBytes() {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  return bytes;
}

TEST_F(CopyTest, EveryValueComesBackAsItWas) {
  const std::string text = "法治\t讲座\n\"two\" \\N \\. 'x' \r\b\f\v";
  const absl::Status written = RunInTransaction(pool_, Soon(), [&](Tx& tx) {
    CopyWriter copy(tx, "item", kColumns);
    copy.Int(std::numeric_limits<int64_t>::min());
    copy.Text(text);
    copy.Bytea(AllBytes());
    copy.Bool(true);
    copy.Date(zhenhui::Date(2024, 2, 29));
    copy.EndRow();
    copy.Int(std::numeric_limits<int64_t>::max());
    copy.Text("");
    copy.Bytea("");
    copy.Bool(false);
    copy.Null();
    copy.EndRow();
    EXPECT_EQ(copy.Finish(), 2);
    return absl::OkStatus();
  });
  ASSERT_THAT(written, IsOk());

  const absl::Status read = RunReadOnly(pool_, Soon(), [&](Tx& tx) {
    CopyReader copy(tx, absl::StrCat("SELECT ", kColumns, " FROM item ORDER BY id"));
    EXPECT_TRUE(copy.NextRow());
    EXPECT_EQ(copy.Int(), std::numeric_limits<int64_t>::min());
    EXPECT_EQ(copy.Text(), text);
    EXPECT_EQ(copy.Bytea(), AllBytes());
    EXPECT_TRUE(copy.Bool());
    EXPECT_FALSE(copy.IsNull());
    EXPECT_EQ(copy.Date(), zhenhui::Date(2024, 2, 29));
    EXPECT_TRUE(copy.NextRow());
    EXPECT_EQ(copy.Int(), std::numeric_limits<int64_t>::max());
    EXPECT_FALSE(copy.IsNull());
    EXPECT_EQ(copy.Text(), "");
    EXPECT_EQ(copy.Bytea(), "");
    EXPECT_FALSE(copy.Bool());
    EXPECT_TRUE(copy.IsNull());
    copy.Skip();
    EXPECT_FALSE(copy.NextRow());
    EXPECT_FALSE(copy.NextRow()) << "the end stays the end";
    tx.exec1("SELECT 1");  // the transaction goes on
    return absl::OkStatus();
  });
  EXPECT_THAT(read, IsOk());
}

TEST_F(CopyTest, ManyRowsCrossTheBuffersEdges) {
  EXPECT_THAT(Fill(20'000), IsOkAndHolds(20'000));
  const auto sum = RunReadOnly(pool_, Soon(), [](Tx& tx) -> absl::StatusOr<int64_t> {
    int64_t total = 0;
    CopyReader copy(tx, "SELECT id FROM item");
    while (copy.NextRow()) total += copy.Int();
    return total;
  });
  EXPECT_THAT(sum, IsOkAndHolds(20'000LL * 20'001 / 2));
}

TEST_F(CopyTest, NoRowsAreFine) {
  EXPECT_THAT(Fill(0), IsOkAndHolds(0));
  EXPECT_THAT(Count(), IsOkAndHolds(0));
}

TEST_F(CopyTest, ADuplicateHasItsReasonAndNothingIsKept) {
  ASSERT_THAT(Fill(3), IsOkAndHolds(3));
  EXPECT_THAT(Fill(20'000), HasReason("ALREADY_EXISTS"));
  EXPECT_THAT(Count(), IsOkAndHolds(3));
}

TEST_F(CopyTest, AWriterThatIsLeftAloneSavesNothingAndKeepsTheConnection) {
  const absl::Status status = RunInTransaction(pool_, Soon(), [](Tx& tx) {
    CopyWriter copy(tx, "item", "id");
    copy.Int(1);
    copy.EndRow();
    return absl::CancelledError("changed our mind");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
  EXPECT_THAT(Count(), IsOkAndHolds(0));
  EXPECT_EQ(pool_.stats().opened, 1);
}

TEST_F(CopyTest, AReaderThatIsLeftAloneCancelsItsQuery) {
  const absl::Time begin = absl::Now();
  const absl::Status status = RunReadOnly(pool_, Soon(), [](Tx& tx) {
    CopyReader copy(tx, "SELECT generate_series(1, 100000000)");
    EXPECT_TRUE(copy.NextRow());
    EXPECT_EQ(copy.Int(), 1);
    return absl::CancelledError("seen enough");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
  EXPECT_LT(absl::Now() - begin, absl::Seconds(5));
  EXPECT_THAT(Count(), IsOkAndHolds(0));
  EXPECT_EQ(pool_.stats().opened, 1);
}

TEST_F(CopyTest, AQueryThatFailsHalfwayIsAnError) {
  int64_t rows = 0;
  const absl::Status status = RunReadOnly(pool_, Soon(), [&](Tx& tx) {
    CopyReader copy(tx, "SELECT 10 / (5 - n) FROM generate_series(1, 9) n");
    while (copy.NextRow()) ++rows;
    return absl::OkStatus();
  });
  EXPECT_THAT(status, HasReason("VALUE_REFUSED"));
  EXPECT_LE(rows, 4);
}

TEST_F(CopyTest, TheDeadlineEndsALongCopy) {
  const absl::Status status = RunReadOnly(pool_, absl::Now() + absl::Milliseconds(300), [&](Tx& tx) {
    CopyReader copy(tx, "SELECT n FROM generate_series(1, 1000000000) n");
    while (copy.NextRow()) continue;
    return absl::OkStatus();
  });
  EXPECT_THAT(status, HasReason("STATEMENT_TIMEOUT"));
}

TEST_F(CopyTest, ReadingAWrongTypeOrPastTheRowIsAnError) {
  const auto read = [&](auto take) {
    return RunReadOnly(pool_, Soon(), [&](Tx& tx) {
      CopyReader copy(tx, "SELECT 'x', NULL");
      EXPECT_TRUE(copy.NextRow());
      take(copy);
      return absl::OkStatus();
    });
  };
  EXPECT_THAT(read([](CopyReader& copy) { copy.Int(); }), HasReason("DATABASE_ERROR"));
  EXPECT_THAT(read([](CopyReader& copy) { copy.Bytea(); }), HasReason("DATABASE_ERROR"));
  EXPECT_THAT(read([](CopyReader& copy) { copy.Date(); }), HasReason("DATABASE_ERROR"));
  EXPECT_THAT(read([](CopyReader& copy) { copy.Bool(); }), HasReason("DATABASE_ERROR"));
  EXPECT_THAT(read([](CopyReader& copy) { copy.Skip(), copy.Text(); }), HasReason("DATABASE_ERROR"));
  EXPECT_THAT(read([](CopyReader& copy) { copy.Skip(), copy.Skip(), copy.Skip(); }),
              HasReason("DATABASE_ERROR"));
  EXPECT_THAT(read([](CopyReader& copy) { EXPECT_EQ(copy.Text(), "x"); }), IsOk());
}

}  // namespace
}  // namespace zhenhui::db
