#include "services/reporting/narrative/archive.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/testing/matchers.h"
#include "tests/testing/reporting/docx_builder.h"

namespace zhenhui::reporting::narrative {
namespace {

using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::IsOkAndHolds;
using zhenhui::testing::ZipOf;

TEST(ArchiveTest, AnEntryIsReadWhole) {
  const std::string zip = ZipOf({{"a.xml", "hello"}, {"empty", ""}});
  const auto archive = Archive::Open(zip);
  ASSERT_THAT(archive, IsOk());
  EXPECT_TRUE(archive->Has("a.xml"));
  EXPECT_FALSE(archive->Has("b.xml"));
  EXPECT_THAT(archive->Read("a.xml", 5), IsOkAndHolds(std::string("hello")));
  EXPECT_THAT(archive->Read("empty", 5), IsOkAndHolds(std::string()));
  EXPECT_THAT(archive->Read("a.xml", 4), HasReason("NARRATIVE_TOO_LARGE"));
  EXPECT_THAT(archive->Read("b.xml", 4), HasReason("NARRATIVE_DAMAGED"));
}

TEST(ArchiveTest, ABombIsRefusedBeforeItIsUnpacked) {
  // 10 MiB of one byte pack to 10 KiB.
  EXPECT_THAT(Archive::Open(ZipOf({{"bomb", std::string(10u << 20, 'a')}})),
              HasReason("NARRATIVE_TOO_LARGE"));
}

TEST(ArchiveTest, ASmallEntryMayPackWell) {
  EXPECT_THAT(Archive::Open(ZipOf({{"small", std::string(60u << 10, 'a')}})), IsOk());
}

TEST(ArchiveTest, ManySmallEntriesAddUp) {
  std::vector<std::pair<std::string, std::string>> entries;
  for (int i = 0; i < 1100; ++i) entries.emplace_back("e" + std::to_string(i), std::string(60u << 10, 'a'));
  EXPECT_THAT(Archive::Open(ZipOf(entries)), HasReason("NARRATIVE_TOO_LARGE"));
}

TEST(ArchiveTest, TooManyEntriesAreRefused) {
  std::vector<std::pair<std::string, std::string>> entries;
  for (int i = 0; i < Archive::kMaxEntries; ++i) entries.emplace_back("e" + std::to_string(i), "x");
  EXPECT_THAT(Archive::Open(ZipOf(entries)), IsOk());
  entries.emplace_back("one more", "x");
  EXPECT_THAT(Archive::Open(ZipOf(entries)), HasReason("NARRATIVE_TOO_LARGE"));
}

// The sizes in the directory are what the limits look at; an archive that lies there must not unpack more.
TEST(ArchiveTest, AnEntryThatUnpacksToMoreThanItSaidIsDamaged) {
  std::string zip = ZipOf({{"a.xml", std::string(3000, 'a')}});
  const std::string size("\xB8\x0B\x00\x00", 4);
  for (size_t at = zip.find(size); at != std::string::npos; at = zip.find(size, at + 4))
    zip.replace(at, 4, std::string("\x10\0\0\0", 4));
  const auto archive = Archive::Open(zip);
  if (archive.ok()) {
    EXPECT_THAT(archive->Read("a.xml", 100'000), HasReason("NARRATIVE_DAMAGED"));
  } else {
    EXPECT_THAT(archive, HasReason("NARRATIVE_DAMAGED"));
  }
}

}  // namespace
}  // namespace zhenhui::reporting::narrative
