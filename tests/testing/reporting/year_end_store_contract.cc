#include "tests/testing/reporting/year_end_store_contract.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "absl/time/clock.h"
#include "common/digest/sha256.h"
#include "tests/testing/matchers.h"

namespace zhenhui::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace reporting;  // NOLINT: a test of one port

const absl::Time kSoon = absl::Now() + absl::Minutes(5);
const YearKey kKey{"630106", 2024};
const YearKey kBefore{"630106", 2023};

YearEvent MakeEvent(int64_t number, YearEventType type = YearEventType::kSigned) {
  YearEvent event;
  event.number = number;
  event.type = type;
  event.township = "630106101";
  event.digest = Sha256Hex("figures");
  event.text = "备注 with space, \"quotes\" and 'more'";
  event.by = "clerk";
  event.at = absl::FromUnixSeconds(1'736'500'000);
  event.revisions[Feed::kActivities] = 42;
  event.revisions[Feed::kTownships] = 7;
  return event;
}

YearAppend One(YearEvent event, const YearKey& key = kKey) {
  const int64_t seen = event.number - 1;
  return {key, seen, 0, {std::move(event)}};
}

TEST_P(YearEndStoreContract, KeepsEventsAsTheyWere) {
  YearEvent event = MakeEvent(1);
  event.content = "line 1\nline 2\n";
  ASSERT_THAT(store_->Append(One(event), kSoon), IsOk());
  const auto stored = store_->Read(kKey, /*with_contents=*/true, kSoon);
  ASSERT_THAT(stored, IsOk());
  EXPECT_THAT(stored->events, ElementsAre(event));
  EXPECT_THAT(stored->previous_events, IsEmpty());
  EXPECT_LT(absl::AbsDuration(stored->store_time - absl::Now()), absl::Minutes(1));
  event.content.clear();
  EXPECT_THAT(store_->Read(kKey, false, kSoon)->events, ElementsAre(event));
  EXPECT_THAT(store_->Read({"630106", 2025}, false, kSoon)->previous_events, ElementsAre(event));
  EXPECT_THAT(store_->Read({"630107", 2024}, false, kSoon)->events, IsEmpty());
}

TEST_P(YearEndStoreContract, ANumberIsTakenOnce) {
  ASSERT_THAT(store_->Append(One(MakeEvent(1)), kSoon), IsOk());
  EXPECT_THAT(store_->Append(One(MakeEvent(1)), kSoon), HasReason("EVENT_CONFLICT"));
  EXPECT_THAT(store_->Append(One(MakeEvent(3)), kSoon), HasReason("EVENT_CONFLICT"));
  ASSERT_THAT(store_->Append(One(MakeEvent(2)), kSoon), IsOk());
  EXPECT_EQ(store_->Read(kKey, false, kSoon)->events.size(), 2u);
}

TEST_P(YearEndStoreContract, WhatHappenedToTheYearBeforeIsPartOfWhatWasSeen) {
  ASSERT_THAT(store_->Append(One(MakeEvent(1), kBefore), kSoon), IsOk());
  YearAppend append = One(MakeEvent(1));
  EXPECT_THAT(store_->Append(append, kSoon), HasReason("EVENT_CONFLICT"));
  append.previous_seen = 1;
  EXPECT_THAT(store_->Append(append, kSoon), IsOk());
}

TEST_P(YearEndStoreContract, AConflictWritesNothing) {
  ASSERT_THAT(store_->Append(One(MakeEvent(1)), kSoon), IsOk());
  YearAppend late = One(MakeEvent(1, YearEventType::kClosed));
  late.certificate = CertificateText{1, Sha256Hex("c"), "c"};
  late.figures = SignedFigures{"630106101", Sha256Hex("f"), "f"};
  ASSERT_THAT(store_->Append(late, kSoon), HasReason("EVENT_CONFLICT"));
  EXPECT_THAT(store_->ReadCertificate(kKey, 0, kSoon), HasReason("CERTIFICATE_NOT_FOUND"));
  EXPECT_THAT(store_->ReadSigned(kKey, "630106101", Sha256Hex("f"), kSoon),
              HasReason("SIGNED_FIGURES_NOT_FOUND"));
}

TEST_P(YearEndStoreContract, KeepsTheCertificateOfEveryGeneration) {
  for (int generation = 1; generation <= 2; ++generation) {
    YearAppend append = One(MakeEvent(generation, YearEventType::kClosed));
    const std::string text = "zhenhui-certificate 1\n第 " + std::to_string(generation) + " 次\n";
    append.certificate = CertificateText{generation, Sha256Hex(text), text};
    ASSERT_THAT(store_->Append(append, kSoon), IsOk());
  }
  EXPECT_EQ(store_->ReadCertificate(kKey, 0, kSoon)->generation, 2);
  const auto first = store_->ReadCertificate(kKey, 1, kSoon);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->digest, Sha256Hex(first->text));
  EXPECT_THAT(store_->ReadCertificate(kKey, 3, kSoon), HasReason("CERTIFICATE_NOT_FOUND"));
}

TEST_P(YearEndStoreContract, KeepsWhatWasSignedByItsDigest) {
  YearAppend append = One(MakeEvent(1));
  append.figures = SignedFigures{"630106101", Sha256Hex("f"), "f"};
  ASSERT_THAT(store_->Append(append, kSoon), IsOk());
  // The same figures signed again are no conflict.
  append.events = {MakeEvent(2)};
  append.seen = 1;
  ASSERT_THAT(store_->Append(append, kSoon), IsOk());
  EXPECT_THAT(store_->ReadSigned(kKey, "630106101", Sha256Hex("f"), kSoon), IsOkAndHolds("f"));
  EXPECT_THAT(store_->ReadSigned(kKey, "630106102", Sha256Hex("f"), kSoon),
              HasReason("SIGNED_FIGURES_NOT_FOUND"));
}

TEST_P(YearEndStoreContract, ListsYearsAndTellsWhichAreClosed) {
  ASSERT_THAT(store_->Append(One(MakeEvent(1, YearEventType::kClosed), kBefore), kSoon), IsOk());
  YearAppend append = One(MakeEvent(1, YearEventType::kClosed));
  append.previous_seen = 1;
  ASSERT_THAT(store_->Append(append, kSoon), IsOk());
  EXPECT_THAT(store_->Years("630106", kSoon), IsOkAndHolds(ElementsAre(2024, 2023)));
  EXPECT_THAT(store_->Years("630107", kSoon), IsOkAndHolds(IsEmpty()));
  append.events = {MakeEvent(2, YearEventType::kReopened)};
  append.seen = 1;
  ASSERT_THAT(store_->Append(append, kSoon), IsOk());
  const auto closed = store_->ClosedYears(kSoon);
  ASSERT_THAT(closed, IsOk());
  ASSERT_EQ(closed->size(), 1u);
  EXPECT_EQ(closed->front().year, 2023);
}

TEST_P(YearEndStoreContract, OfManyAtOnceOneGetsEachNumber) {
  std::atomic<int> taken = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      for (int64_t number = 1; number <= 5;) {
        const absl::Status status = store_->Append(One(MakeEvent(number)), kSoon);
        if (status.ok()) ++taken;
        EXPECT_TRUE(status.ok() || ReasonOf(status) == "EVENT_CONFLICT") << status;
        const auto stored = store_->Read(kKey, false, kSoon);
        ASSERT_THAT(stored, IsOk());
        number = static_cast<int64_t>(stored->events.size()) + 1;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(taken, 5);
  EXPECT_EQ(store_->Read(kKey, false, kSoon)->events.size(), 5u);
}

}  // namespace
}  // namespace zhenhui::testing
