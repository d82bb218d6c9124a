#include "services/reporting/rpc/year_end_messages.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/reporting/wire/figures.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

struct BlockerText {
  const char* reason;
  const char* zh;
  const char* en;
};
// $ stands for the count.
constexpr BlockerText kBlockerTexts[] = {
    {"YEAR_NOT_OVER", "这一年还没有结束，元旦以后才能结账",
     "The year is not over; it can be closed from 1 January"},
    {"NO_TOWNSHIPS", "该区县在这一年没有乡镇，请先导入名录",
     "The district had no township in this year; import the register first"},
    {"TOWN_NOT_SIGNED", "该乡镇还没有签字，请核对数字后签字",
     "The town has not signed; it must look at its figures and sign"},
    {"SIGNATURE_VOID", "签字以后数字变了，原签字失效，请重新核对签字",
     "Figures have changed since the town signed, so its signature is void; it must sign again"},
    {"MONTHS_UNCONFIRMED", "有 $ 个月没有确认，请确认后再签字",
     "$ months are not confirmed; confirm them, then sign"},
    {"FEED_BEHIND", "汇总还没有赶上数据源，请稍候再试",
     "The figures have not caught up with the feeds; try again shortly"},
    {"NOT_APPROVED", "还缺 $ 位区级人员审定（须两位不同的人）",
     "$ approvals of the district are missing; two different persons must approve"},
    {"PREVIOUS_YEAR_REOPENED", "上一年已重新打开，请先把上一年结账",
     "The year before stands reopened; close it first"},
    {"CLOCK_SKEW", "服务器时钟与数据库时钟相差超过五分钟，请先校准",
     "The clocks of the service and of the database differ by more than five minutes; set them first"},
};

std::string WithCount(std::string text, int count) {
  if (const size_t at = text.find('$'); at != std::string::npos) text.replace(at, 1, absl::StrCat(count));
  return text;
}

v1::SignatureState SignatureStateOf(const YearEndState& state, const TownFacts& town) {
  const auto held = state.signatures.find(town.code);
  if (held == state.signatures.end()) return v1::SIGNATURE_STATE_MISSING;
  return held->second.digest == town.digest ? v1::SIGNATURE_STATE_VALID : v1::SIGNATURE_STATE_VOID;
}

v1::YearEndState StateOf(const YearEndView& view) {
  if (view.state.closed) return v1::YEAR_END_STATE_CLOSED;
  if (view.state.signatures.empty()) return v1::YEAR_END_STATE_OPEN;
  const bool all_signed = std::all_of(
      view.facts.towns.begin(), view.facts.towns.end(),
      [&](const TownFacts& town) { return SignatureStateOf(view.state, town) == v1::SIGNATURE_STATE_VALID; });
  return all_signed && !ValidApprovals(view.state, view.facts.digest).empty() ? v1::YEAR_END_STATE_CLOSING
                                                                              : v1::YEAR_END_STATE_SIGNING;
}

}  // namespace

std::string YearEndName(const YearKey& key) {
  return absl::StrCat("districts/", key.district, "/yearEnds/", absl::Dec(key.year, absl::kZeroPad4));
}

void SetTimestamp(absl::Time time, google::protobuf::Timestamp* out) {
  out->set_seconds(absl::ToUnixSeconds(time));
  out->set_nanos(static_cast<int32_t>((time - absl::FromUnixSeconds(out->seconds())) / absl::Nanoseconds(1)));
}

void ToProto(const YearMetric& metric, const Figure& figure, v1::Figure* out) {
  ToProto(figure, PrintYearFigure(metric, figure), out);
}

void ToProto(const YearEndView& view, size_t town, v1::TownSignature* out) {
  const TownFacts& facts = view.facts.towns[town];
  out->set_township(TownshipName(facts.code));
  out->set_display_name_zh(view.figures.towns[town].name_zh);
  out->set_state(SignatureStateOf(view.state, facts));
  out->set_current_digest(facts.digest);
  out->set_unconfirmed_months(facts.unconfirmed_months);
  const auto held = view.state.signatures.find(facts.code);
  if (held == view.state.signatures.end()) return;
  out->set_signed_digest(held->second.digest);
  AddRevisions(facts.code, held->second.revisions, out->mutable_signed_revisions());
  out->set_signed_by(held->second.by);
  SetTimestamp(held->second.at, out->mutable_sign_time());
}

void ToProto(const Blocking& blocking, v1::Blocker* out) {
  out->set_reason(blocking.reason);
  if (!blocking.township.empty()) out->set_township(TownshipName(blocking.township));
  for (const BlockerText& text : kBlockerTexts) {
    if (blocking.reason != text.reason) continue;
    out->set_message_zh(WithCount(text.zh, blocking.count));
    out->set_message_en(WithCount(text.en, blocking.count));
  }
}

void ToProto(const YearKey& key, const YearEndState& state, v1::YearEnd* out) {
  out->set_name(YearEndName(key));
  out->set_state(state.closed               ? v1::YEAR_END_STATE_CLOSED
                 : state.signatures.empty() ? v1::YEAR_END_STATE_OPEN
                                            : v1::YEAR_END_STATE_SIGNING);
  out->set_generation(state.generation);
  out->set_restatements(static_cast<int32_t>(state.restatements_since_close));
  if (state.reopening) {
    out->set_reopen_requested_by(state.reopening->by);
    out->set_reopen_reason(state.reopening->reason);
  }
  if (!state.closed) return;
  out->set_certificate_digest(state.certificate);
  SetTimestamp(state.closed_at, out->mutable_close_time());
  out->set_closed_by(state.closed_by);
}

void ToProto(const YearEndView& view, v1::YearEnd* out) {
  ToProto(view.key, view.state, out);
  out->set_state(StateOf(view));
  for (size_t town = 0; town < view.facts.towns.size(); ++town) ToProto(view, town, out->add_townships());
  out->set_digest(view.facts.digest);
  for (const DistrictApproved& approval : ValidApprovals(view.state, view.facts.digest)) {
    v1::Approval& shown = *out->add_approvals();
    shown.set_approved_by(approval.by);
    SetTimestamp(approval.at, shown.mutable_approve_time());
    shown.set_digest(approval.digest);
  }
  for (const Blocking& blocking : view.blockers) ToProto(blocking, out->add_blockers());
}

void ToProto(const YearEvent& event, v1::YearEndEvent* out) {
  out->set_number(event.number);
  out->set_type(std::string(YearEventName(event.type)));
  if (!event.township.empty()) out->set_township(TownshipName(event.township));
  out->set_digest(event.digest);
  out->set_text(event.text);
  out->set_by(event.by);
  SetTimestamp(event.at, out->mutable_time());
}

}  // namespace zhenhui::reporting
