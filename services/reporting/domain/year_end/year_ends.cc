#include "services/reporting/domain/year_end/year_ends.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/failpoint/failpoint.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/year_end/changes.h"

namespace zhenhui::reporting {
namespace {

// How often a decision is taken anew because another was faster; each time somebody got on, so it ends.
constexpr int kMostAttempts = 20;
constexpr size_t kMostChanges = 20;
constexpr size_t kKeptCertificates = 16;

bool WorthAnotherTry(const absl::Status& status) {
  return ReasonOf(status) == "EVENT_CONFLICT" || ReasonOf(status) == "COMMIT_UNKNOWN";
}

TownFacts FactsOfTown(const TownYear& town, std::string digest) {
  TownFacts facts;
  facts.code = town.code;
  facts.digest = std::move(digest);
  facts.revisions = town.revisions;
  if (!town.figures.empty()) facts.unconfirmed_months = town.figures.front().front().unconfirmed_months;
  return facts;
}

}  // namespace

absl::StatusOr<YearEndState> YearEnds::State(const YearKey& key, absl::Time deadline) {
  ASSIGN_OR_RETURN(const StoredYear stored, deps_.store->Read(key, false, deadline));
  return FoldEvents(stored.events);
}

absl::StatusOr<YearEndView> YearEnds::View(const YearKey& key, absl::Time deadline) {
  ASSIGN_OR_RETURN(const StoredYear stored, deps_.store->Read(key, false, deadline));
  return ViewOf(key, stored, deadline);
}

absl::StatusOr<YearEndView> YearEnds::ViewOf(const YearKey& key, const StoredYear& stored,
                                             absl::Time deadline) {
  YearEndView view;
  view.key = key;
  ASSIGN_OR_RETURN(view.state, FoldEvents(stored.events));
  ASSIGN_OR_RETURN(const YearEndState previous, FoldEvents(stored.previous_events));
  view.previous_seen = previous.last_number;
  view.previous_certificate = previous.certificate;
  view.facts.previous_reopened = previous.generation > 0 && !previous.closed;
  if (!view.state.closed) {
    RETURN_IF_ERROR(ReadFigures(view, stored.store_time, deadline));
    view.blockers = Blockers(view.state, view.facts);
    return view;
  }
  view.certificate = Kept(view.state.certificate);
  if (view.certificate == nullptr) {
    ASSIGN_OR_RETURN(view.certificate, ReadCertificate(key, view.state.generation, deadline));
  }
  view.figures = view.certificate->figures;
  view.facts.year_over = true;
  view.facts.digest = view.certificate->digest;
  for (size_t i = 0; i < view.figures.towns.size(); ++i)
    view.facts.towns.push_back(FactsOfTown(view.figures.towns[i], view.certificate->signatures[i].digest));
  return view;
}

absl::Status YearEnds::ReadFigures(YearEndView& view, absl::Time store_time, absl::Time deadline) {
  const Cube& cube = *deps_.cube;
  const absl::Time now = deps_.clock->Now();
  view.facts.clock_skew = now - store_time;
  view.facts.year_over = DateInChina(std::min(now, store_time)).year() > view.key.year;
  view.facts.following = deps_.following();
  // Heads before figures: a change that the feeds told of by now must be in the figures, or the town is
  // behind.
  std::map<std::string, Applied> heads;
  for (const std::string& code : cube.TownshipsUnder(view.key.district)) {
    ASSIGN_OR_RETURN(const TownFreshness fresh, cube.Freshness(code));
    heads[code] = fresh.head;
  }
  if (heads.empty()) {
    return Error(absl::StatusCode::kNotFound, "DISTRICT_NOT_FOUND",
                 absl::StrCat("no township of district ", view.key.district, " is known"));
  }
  ASSIGN_OR_RETURN(const auto towns, cube.SnapshotsUnder(view.key.district, YearPeriod(view.key.year, 0)));
  auto name = deps_.district_name(view.key.district, deadline);
  ASSIGN_OR_RETURN(view.figures, BuildDistrictYear(cube.vocabulary(), *deps_.plans, towns, view.key.district,
                                                   name.value_or(""), view.key.year));
  const std::vector<std::string> digests = TownDigests(view.figures);
  view.facts.digest = DistrictDigest(view.figures, digests);
  for (size_t i = 0; i < view.figures.towns.size(); ++i) {
    TownFacts facts = FactsOfTown(view.figures.towns[i], digests[i]);
    for (const Feed feed : kFeeds)
      facts.behind = facts.behind || facts.revisions[feed] < heads[facts.code][feed];
    view.facts.towns.push_back(std::move(facts));
  }
  return absl::OkStatus();
}

absl::Status YearEnds::AddCertificate(const YearEndView& view, YearAppend& append, absl::Time deadline) {
  YearEvent& closed = append.events.back();
  Certificate certificate;
  certificate.generation = view.state.generation + 1;
  certificate.previous = view.previous_certificate;
  certificate.superseded = view.state.certificate;
  certificate.closed_at = closed.at;
  certificate.closed_by = closed.by;
  certificate.digest = view.facts.digest;
  certificate.approvals = ValidApprovals(view.state, view.facts.digest);
  certificate.figures = view.figures;
  // It must have a name for ever, so here an error is one.
  if (certificate.figures.name_zh.empty()) {
    ASSIGN_OR_RETURN(certificate.figures.name_zh, deps_.district_name(view.key.district, deadline));
  }
  for (const TownYear& town : view.figures.towns)
    certificate.signatures.push_back(view.state.signatures.at(town.code));
  CertificateText text{certificate.generation, "", RenderCertificate(certificate)};
  text.digest = CertificateDigest(text.text);
  closed.digest = text.digest;
  append.certificate = std::move(text);
  return absl::OkStatus();
}

absl::Status YearEnds::Write(const YearEndView& view, const YearCommand& command,
                             std::vector<YearEvent> events, absl::Time deadline) {
  YearAppend append{view.key, view.state.last_number, view.previous_seen, std::move(events)};
  if (const auto* sign = std::get_if<SignTown>(&command)) {
    const auto town = FindTown(view.figures, sign->township);
    append.figures = SignedFigures{sign->township, sign->digest, TownYearText(view.figures, *town)};
  }
  if (append.events.back().type == YearEventType::kClosed)
    RETURN_IF_ERROR(AddCertificate(view, append, deadline));
  Failpoint("year_end.before_write");
  const absl::Status written = deps_.store->Append(append, deadline);
  Failpoint("year_end.after_write");
  return written;
}

absl::StatusOr<YearEndView> YearEnds::Do(const YearKey& key, const YearCommand& command,
                                         const std::string& by, absl::Time deadline) {
  absl::Status last;
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    ASSIGN_OR_RETURN(const StoredYear stored, deps_.store->Read(key, false, deadline));
    ASSIGN_OR_RETURN(YearEndView view, ViewOf(key, stored, deadline));
    ASSIGN_OR_RETURN(std::vector<YearEvent> events,
                     Decide(view.state, view.facts, command, by, deps_.clock->Now()));
    if (events.empty()) return view;
    Failpoint("year_end.decided");
    last = Write(view, command, std::move(events), deadline);
    if (last.ok()) return View(key, deadline);
    if (!WorthAnotherTry(last)) return last;
  }
  return last;
}

std::shared_ptr<const Certificate> YearEnds::Kept(const std::string& digest) {
  std::lock_guard lock(mutex_);
  const auto found = certificates_.find(digest);
  return found == certificates_.end() ? nullptr : found->second;
}

absl::StatusOr<std::shared_ptr<const Certificate>> YearEnds::ReadCertificate(const YearKey& key,
                                                                             int generation,
                                                                             absl::Time deadline) {
  ASSIGN_OR_RETURN(const CertificateText text, deps_.store->ReadCertificate(key, generation, deadline));
  if (auto kept = Kept(text.digest)) return kept;
  if (CertificateDigest(text.text) != text.digest) {
    return Error(
        absl::StatusCode::kDataLoss, "CERTIFICATE_DAMAGED",
        "the stored certificate is not that of its digest; restore it from the file that was handed out");
  }
  ASSIGN_OR_RETURN(Certificate parsed, ParseCertificate(text.text));
  auto certificate = std::make_shared<const Certificate>(std::move(parsed));
  std::lock_guard lock(mutex_);
  if (certificates_.size() >= kKeptCertificates) certificates_.clear();
  certificates_[text.digest] = certificate;
  return certificate;
}

absl::StatusOr<std::vector<std::string>> YearEnds::ChangesSinceSigned(const YearEndView& view,
                                                                      const std::string& township,
                                                                      absl::Time deadline) {
  const auto town = FindTown(view.figures, township);
  const auto signature = view.state.signatures.find(township);
  if (!town || signature == view.state.signatures.end()) return std::vector<std::string>();
  ASSIGN_OR_RETURN(const std::string text,
                   deps_.store->ReadSigned(view.key, township, signature->second.digest, deadline));
  ASSIGN_OR_RETURN(const TownFigures signed_figures, ParseTownYearText(text));
  return DescribeChanges(view.figures, signed_figures, FiguresOfTown(view.figures, *town), kMostChanges);
}

}  // namespace zhenhui::reporting
