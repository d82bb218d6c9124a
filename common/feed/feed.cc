#include "common/feed/feed.h"

#include <charconv>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/absl_view.h"

namespace zhenhui::feed {
namespace {

// What the database would answer; empty if a previous content is missing.
SharedChanges ToShared(std::vector<NewRevision> revisions, int64_t last_revision) {
  SharedChanges changes;
  changes.reserve(revisions.size());
  int64_t number = last_revision - static_cast<int64_t>(revisions.size());
  for (NewRevision& revision : revisions) {
    if (revision.previous_revision > 0 && !revision.previous.has_value()) return {};
    auto change = std::make_shared<StoredChange>();
    change->revision = ++number;
    change->record_type = revision.record_type;
    change->record_id = std::move(revision.record_id);
    change->previous_revision = revision.previous_revision;
    change->record = std::move(revision.record);
    if (revision.previous_revision > 0) change->previous = std::move(revision.previous);
    change->reason = std::move(revision.reason);
    change->by = std::move(revision.by);
    change->at = absl::FromUnixMicros(absl::ToUnixMicros(revision.at));  // as precisely as it is stored
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace

Feed::Feed(db::Pool& pool, const Options& options)
    : hub_(options.ring_bytes),
      source_(pool),
      sweep_(options.sweep),
      notifier_(options.dsn, options.channel),
      listener_(options.dsn, options.channel,
                {.on_payload = [this](std::string_view payload) { OnPayload(payload); },
                 .on_connected = [this] { SweepNow(); }}),
      sweeper_([this] { Sweep(); }) {}

Feed::~Feed() {
  Close();
  {
    std::lock_guard lock(mu_);
    stopped_ = true;
  }
  wake_.notify_all();
  sweeper_.join();
}

void Feed::Committed(std::string_view township, std::vector<NewRevision> revisions, int64_t last_revision) {
  if (revisions.empty()) return;
  const SharedChanges changes = ToShared(std::move(revisions), last_revision);
  if (changes.empty()) {
    hub_.HeadSeen(township, last_revision);
  } else {
    hub_.Published(township, changes);
  }
  notifier_.Notify(absl::StrCat(Absl(township), ":", last_revision));
}

void Feed::OnPayload(std::string_view payload) {
  const size_t colon = payload.find(':');
  int64_t revision = 0;
  const char* const end = payload.data() + payload.size();
  if (colon == std::string_view::npos || colon == 0) return;
  const auto [stopped_at, error] = std::from_chars(payload.data() + colon + 1, end, revision);
  if (error != std::errc() || stopped_at != end) return;  // anybody with a login may NOTIFY
  hub_.HeadSeen(payload.substr(0, colon), revision);
}

void Feed::SweepNow() {
  {
    std::lock_guard lock(mu_);
    sweep_now_ = true;
  }
  wake_.notify_all();
}

void Feed::Sweep() {
  bool failing = false;
  for (;;) {
    {
      std::unique_lock lock(mu_);
      wake_.wait_for(lock, absl::ToChronoNanoseconds(sweep_), [this] { return stopped_ || sweep_now_; });
      if (stopped_) return;
      sweep_now_ = false;
    }
    const absl::StatusOr<std::vector<Head>> heads = source_.ReadHeads("*");
    if (!heads.ok() && !failing)
      log::Warning("cannot read the feed's heads", {{"error", std::string(heads.status().message())}});
    failing = !heads.ok();
    if (failing) continue;
    for (const Head& head : *heads) hub_.HeadSeen(head.township, head.last_revision);
  }
}

}  // namespace zhenhui::feed
