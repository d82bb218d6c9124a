#include "services/reporting/upkeep/restater.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/year_end/record_changes.h"
#include "services/reporting/upkeep/change_reader.h"

namespace zhenhui::reporting {
namespace {

constexpr absl::Duration kRestateTimeout = absl::Minutes(2);
constexpr char kRestatedBy[] = "zhenhui-reporting";

bool AtLeast(const Applied& now, const Applied& before) {
  return now[Feed::kActivities] >= before[Feed::kActivities] &&
         now[Feed::kTownships] >= before[Feed::kTownships];
}

}  // namespace

Restater::Restater(Cube& cube, const MetricPlans& plans, YearEnds& year_ends, YearEndStore& store,
                   Options options)
    : cube_(cube), plans_(plans), year_ends_(year_ends), store_(store), options_(std::move(options)) {
  thread_ = std::thread([this] { Run(); });
}

Restater::~Restater() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool Restater::stopped() {
  std::lock_guard lock(mutex_);
  return stopped_;
}

void Restater::Run() {
  std::string last;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, absl::ToChronoNanoseconds(options_.interval), [this] { return stopped_; }))
        return;
    }
    if (!options_.leading()) continue;
    const absl::Status status = Round();
    const std::string why(status.message());
    if (!status.ok() && why != last && !stopped()) log::Warning("closed years not looked at", {{"why", why}});
    last = why;
  }
}

absl::Status Restater::Round() {
  ASSIGN_OR_RETURN(const std::vector<YearKey> keys, store_.ClosedYears(absl::Now() + kRestateTimeout));
  absl::Status first;
  for (const YearKey& key : keys) {
    if (stopped()) return absl::OkStatus();
    if (cube_.TownshipsUnder(key.district).empty()) continue;  // another process's
    const absl::Status status = LookAt(key);
    if (!status.ok()) closed_.erase({key.district, key.year});  // read anew
    if (first.ok()) first = status;
  }
  return first;
}

absl::Status Restater::LookAt(const YearKey& key) {
  Closed& closed = closed_[{key.district, key.year}];
  RETURN_IF_ERROR(Refresh(key, closed));
  AddLateTowns(key, closed);
  std::vector<std::string> towns;  // of their own: a restatement reads `closed` anew
  for (const auto& [town, baseline] : closed.towns) towns.push_back(town);
  for (const std::string& town : towns) {
    if (stopped() || closed.towns.count(town) == 0) return absl::OkStatus();
    RETURN_IF_ERROR(LookAtTown(key, closed, town));
  }
  return absl::OkStatus();
}

void Restater::AddLateTowns(const YearKey& key, Closed& closed) const {
  if (closed.last_number < 0) return;  // not closed
  for (const std::string& town : cube_.TownshipsUnder(key.district)) {
    if (!closed.towns.contains(town)) closed.towns[town] = {closed.absent, Applied()};
  }
}

absl::Status Restater::Refresh(const YearKey& key, Closed& closed) {
  const absl::Time deadline = absl::Now() + kRestateTimeout;
  ASSIGN_OR_RETURN(const YearEndState seen, year_ends_.State(key, deadline));
  if (seen.last_number == closed.last_number) return absl::OkStatus();
  closed = Closed();
  ASSIGN_OR_RETURN(const StoredYear stored, store_.Read(key, true, deadline));
  ASSIGN_OR_RETURN(const YearEndState state, FoldEvents(stored.events));
  if (!state.closed) return absl::OkStatus();
  closed.last_number = state.last_number;
  closed.previous_seen = stored.previous_events.empty() ? 0 : stored.previous_events.back().number;
  ASSIGN_OR_RETURN(const auto certificate, year_ends_.ReadCertificate(key, state.generation, deadline));
  const DistrictYear& year = certificate->figures;
  for (size_t i = 0; i < year.towns.size(); ++i)
    closed.towns[year.towns[i].code] = {FiguresOfTown(year, i), year.towns[i].revisions};
  closed.absent = FiguresOfAbsentTown(year);
  int generation = 0;
  for (const YearEvent& event : stored.events) {
    if (event.type == YearEventType::kClosed) ++generation;
    if (event.type != YearEventType::kRestated || generation != state.generation) continue;
    ASSIGN_OR_RETURN(const Restatement restatement, ParseRestatement(event.content));
    Baseline& baseline =
        closed.towns.try_emplace(event.township, Baseline{closed.absent, Applied()}).first->second;
    ApplyRestatement(restatement, baseline.figures);
    baseline.revisions = restatement.to;
  }
  return absl::OkStatus();
}

absl::Status Restater::LookAtTown(const YearKey& key, Closed& closed, const std::string& township) {
  Baseline& before = closed.towns[township];
  ASSIGN_OR_RETURN(TownStatePtr state, cube_.Snapshot(township));
  const TownView now{township, std::move(state)};
  const Applied applied = now.state->applied();
  // This process may be behind another that has restated already; then it has nothing to say.
  if (applied == before.revisions || !AtLeast(applied, before.revisions)) return absl::OkStatus();
  if (const auto looked = closed.looked_at.find(township);
      looked != closed.looked_at.end() && looked->second == applied)
    return absl::OkStatus();
  ASSIGN_OR_RETURN(const DistrictYear built,
                   BuildDistrictYear(cube_.vocabulary(), plans_, {&now, 1}, key.district, "", key.year));
  if (built.towns.empty() || ChangedFigures(before.figures, FiguresOfTown(built, 0)).empty()) {
    closed.looked_at[township] = applied;
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(Restate(key, closed, township, before, now, built));
  return Refresh(key, closed);
}

absl::Status Restater::Restate(const YearKey& key, Closed& closed, const std::string& township,
                               const Baseline& before, const TownView& now, const DistrictYear& built) {
  Restatement restatement;
  restatement.from = before.revisions;
  restatement.to = now.state->applied();
  restatement.figures = ChangedFigures(before.figures, FiguresOfTown(built, 0));
  RETURN_IF_ERROR(ReadRecords(key, township, restatement));
  YearEvent event;
  event.number = closed.last_number + 1;
  event.type = YearEventType::kRestated;
  event.township = township;
  event.digest = TownDigests(built).front();
  event.by = kRestatedBy;
  event.at = absl::FromUnixSeconds(absl::ToUnixSeconds(options_.clock->Now()));
  event.revisions = restatement.to;
  event.content = RestatementText(restatement);
  const absl::Status appended =
      store_.Append({key, closed.last_number, closed.previous_seen, {event}}, absl::Now() + kRestateTimeout);
  if (appended.ok())
    log::Info("restated", {{"district", key.district}, {"year", key.year}, {"township", township}});
  if (ReasonOf(appended) != "EVENT_CONFLICT") return appended;
  closed.last_number = -1;  // another was faster, or something else happened: read all of it again
  return absl::OkStatus();
}

absl::Status Restater::ReadRecords(const YearKey& key, const std::string& township,
                                   Restatement& restatement) {
  std::vector<RecordNets::Watched> watched;
  for (const FigureChange& change : restatement.figures) {
    ASSIGN_OR_RETURN(const MetricPlan* const plan, plans_.Find(change.metric));
    watched.push_back({plan, DayRange(YearPeriod(key.year, change.period))});
  }
  RecordNets nets(cube_.vocabulary(), std::move(watched));
  const absl::Time deadline = absl::Now() + kRestateTimeout;
  for (const FeedSource* source : {&options_.activities, &options_.townships}) {
    const absl::Status read = ReadChanges(
        *source, cube_.vocabulary(), township, restatement.from[source->feed], restatement.to[source->feed],
        deadline, [this] { return stopped(); },
        [&](RecordChange about, Change change) {
          nets.Add(std::move(about), std::move(change.before), std::move(change.after));
          return absl::OkStatus();
        });
    // The feed no longer keeps those revisions: the difference is told without its records rather than not at
    // all.
    if (!read.ok() && !absl::IsOutOfRange(read)) return read;
  }
  restatement.records = nets.Moving(kMostRestatedRecords);
  return absl::OkStatus();
}

}  // namespace zhenhui::reporting
