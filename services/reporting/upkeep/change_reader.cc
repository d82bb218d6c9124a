#include "services/reporting/upkeep/change_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/upkeep/raw_stream.h"
#include "services/reporting/wire/township_reader.h"
#include "zhenhui/activities/v1/activity_service.pb.h"
#include "zhenhui/townships/v1/township_service.pb.h"

namespace zhenhui::reporting {
namespace {

constexpr absl::Duration kChangesSilence = absl::Seconds(10);

RecordChange About(const activities::v1::ActivityChange& change) {
  RecordChange about;
  about.feed = Feed::kActivities;
  about.revision = change.revision();
  if (change.has_activity()) {
    about.name = change.activity().name();
    about.reason = change.activity().revision_reason();
    about.by = change.activity().updated_by();
    about.title = change.activity().title();
  } else if (change.has_month_confirmation()) {
    about.name = change.month_confirmation().name();
    about.reason = change.month_confirmation().note();
    about.by = change.month_confirmation().confirmed_by();
    about.title = change.month_confirmation().month();
  }
  return about;
}

RecordChange About(const townships::v1::TownshipChange& change) {
  RecordChange about;
  about.feed = Feed::kTownships;
  about.revision = change.revision();
  const townships::v1::TownshipRecord& record = change.record();
  if (record.has_roster_entry()) {
    about.name = record.roster_entry().name();
    about.reason = record.roster_entry().revision_reason();
    about.title = record.roster_entry().display_name();
  } else if (record.has_village()) {
    about.name = record.village().name();
    about.title = record.village().display_name_zh();
  } else if (record.has_population()) {
    about.name = record.population().name();
  } else if (record.has_township()) {
    about.name = record.township().name();
    about.title = record.township().display_name_zh();
  }
  return about;
}

// The message twice: as the cube reads it, so that what is explained is what was counted, and for who and
// why.
template <typename Response>
absl::Status VisitMessage(const FeedSource& source, Vocabulary& vocabulary, std::string_view message,
                          int64_t to, int64_t& last, const VisitChange& visit) {
  Response parsed;
  if (!parsed.ParseFromArray(message.data(), static_cast<int>(message.size()))) {
    return Error(absl::StatusCode::kDataLoss, "FEED_UNREADABLE",
                 absl::StrCat("the ", source.name(), " feed sent what cannot be read"));
  }
  ASSIGN_OR_RETURN(FeedBatch batch, source.read_changes(vocabulary, message));
  for (size_t i = 0; i < batch.changes.size(); ++i) {
    if (batch.changes[i].revision > to) return absl::OkStatus();
    last = batch.changes[i].revision;
    RETURN_IF_ERROR(visit(About(parsed.changes(static_cast<int>(i))), std::move(batch.changes[i])));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadChanges(const FeedSource& source, Vocabulary& vocabulary, const std::string& township,
                         int64_t from, int64_t to, absl::Time deadline,
                         const std::function<bool()>& cancelled, const VisitChange& visit) {
  if (to <= from) return absl::OkStatus();
  RawStream stream(source.channel, source.watch_method, source.watch_request(township, {{township, from}}),
                   deadline);
  for (int64_t last = from; last < to;) {
    std::string_view message;
    const RawStream::Got got = stream.Next(kChangesSilence, message);
    if (cancelled()) return absl::CancelledError("stopping");
    if (got == RawStream::Got::kEnd) {
      const absl::Status ended = stream.Finish();
      return ended.ok() ? absl::UnavailableError("the feed ended early") : ended;
    }
    if (got == RawStream::Got::kNothingYet) {
      return Error(absl::StatusCode::kUnavailable, "FEED_SILENT",
                   absl::StrCat("the ", source.name(), " service sends no changes of ", township));
    }
    RETURN_IF_ERROR(source.feed == Feed::kActivities ? VisitMessage<activities::v1::WatchChangesResponse>(
                                                           source, vocabulary, message, to, last, visit)
                                                     : VisitMessage<townships::v1::WatchChangesResponse>(
                                                           source, vocabulary, message, to, last, visit));
  }
  return absl::OkStatus();
}

}  // namespace zhenhui::reporting
