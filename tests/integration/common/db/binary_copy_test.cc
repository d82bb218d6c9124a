#include "common/db/binary_copy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/db/dsn.h"
#include "common/db/transaction.h"
#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::db {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using testing::IsOk;
using testing::TestDatabase;

class BinaryCopyTest : public ::testing::Test {
 protected:
  // Reads the rows of a query in a transaction that has to go on afterwards.
  template <typename Read>
  absl::Status ReadAll(const char* query, Read read) {
    return RunReadOnly(pool_, absl::Now() + absl::Seconds(60), [&](Tx& tx) {
      {
        BinaryCopyReader copy(tx, query);
        while (copy.NextRow()) read(copy);
        EXPECT_FALSE(copy.NextRow()) << "the end stays the end";
      }
      tx.exec1("SELECT 1");
      return absl::OkStatus();
    });
  }

  TestDatabase database_ =
      TestDatabase::Create("binary_copy", [](const std::string&) { return absl::OkStatus(); });
  Pool pool_{{.dsn = *WithSettings(database_.dsn(), {}), .size = 1}};
};

TEST_F(BinaryCopyTest, IntegersOfEveryWidthComeWithTheirSigns) {
  std::vector<int64_t> numbers;
  const auto read = [&](BinaryCopyReader& copy) {
    for (int i = 0; i < 8; ++i) numbers.push_back(copy.Int());
  };
  EXPECT_THAT(ReadAll("SELECT '-32768'::smallint, 7::smallint, '-2147483648'::int, 255, -1::bigint,"
                      " '-9223372036854775808'::bigint, DATE '1999-12-31', DATE '2024-02-29'",
                      read),
              IsOk());
  EXPECT_THAT(numbers,
              ElementsAre(-32768, 7, -2147483648LL, 255, -1, std::numeric_limits<int64_t>::min(), -1, 8825));
}

TEST_F(BinaryCopyTest, BytesAndTextsComeAsTheyAre) {
  std::string all;
  std::vector<std::string> texts;
  const auto read = [&](BinaryCopyReader& copy) {
    all = copy.Bytes();
    texts = {std::string(copy.Bytes()), std::string(copy.Bytes())};
  };
  EXPECT_THAT(
      ReadAll(
          "SELECT decode(string_agg(lpad(to_hex(n), 2, '0'), '' ORDER BY n), 'hex'), E'法治\\t\\\\N\\n', ''"
          " FROM generate_series(0, 255) n",
          read),
      IsOk());
  ASSERT_EQ(all.size(), 256u);
  for (size_t i = 0; i < all.size(); ++i) EXPECT_EQ(static_cast<unsigned char>(all[i]), i);
  EXPECT_THAT(texts, ElementsAre("法治\t\\N\n", ""));
}

TEST_F(BinaryCopyTest, ManyRowsCrossTheBuffersEdgesAndNoneAreFine) {
  int64_t sum = 0;
  size_t bytes = 0;
  const auto read = [&](BinaryCopyReader& copy) {
    sum += copy.Int();
    bytes += copy.Bytes().size();
  };
  EXPECT_THAT(ReadAll("SELECT n, repeat('x', n % 1000) FROM generate_series(1, 20000) n", read), IsOk());
  EXPECT_EQ(sum, 20'000LL * 20'001 / 2);
  EXPECT_EQ(bytes, 20u * 999 * 1000 / 2);
  EXPECT_THAT(ReadAll("SELECT 1, 'x' WHERE false", read), IsOk());
  EXPECT_EQ(sum, 20'000LL * 20'001 / 2);
}

TEST_F(BinaryCopyTest, ReadingAWrongTypeOrANullOrPastTheRowIsAnError) {
  const struct {
    const char* query;
    int fields;
  } kCases[] = {{"SELECT 'abc'", 1}, {"SELECT NULL::int", 1}, {"SELECT 1", 2}, {"SELECT true", 1}};
  for (const auto& c : kCases) {
    const auto read = [&](BinaryCopyReader& copy) {
      for (int i = 0; i < c.fields; ++i) copy.Int();
    };
    EXPECT_THAT(ReadAll(c.query, read), HasReason("DATABASE_ERROR")) << c.query;
  }
}

TEST_F(BinaryCopyTest, AQueryThatFailsHalfwayIsAnError) {
  int rows = 0;
  EXPECT_THAT(ReadAll("SELECT 10 / (5 - n) FROM generate_series(1, 9) n", [&](BinaryCopyReader&) { ++rows; }),
              HasReason("VALUE_REFUSED"));
  EXPECT_LE(rows, 4);
}

}  // namespace
}  // namespace zhenhui::db
