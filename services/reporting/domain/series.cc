#include "services/reporting/domain/series.h"

#include <array>
#include <cstring>

namespace zhenhui::reporting {
namespace {

constexpr std::string_view kZerosSuffix = ".zeros";

bool IsStockName(std::string_view name) {
  return name.substr(0, 7) == "roster." || name.substr(0, 9) == "register.";
}

}  // namespace

uint32_t Interner::Intern(std::string_view text) {
  std::lock_guard lock(mutex_);
  if (const auto found = ids_.find(text); found != ids_.end()) return found->second;
  const uint32_t id = static_cast<uint32_t>(texts_.size());
  ids_.emplace(texts_.emplace_back(text), id);
  return id;
}

std::string_view Interner::Text(uint32_t id) const {
  std::lock_guard lock(mutex_);
  return texts_.at(id);
}

bool Interner::Find(std::string_view text, uint32_t& id) const {
  std::lock_guard lock(mutex_);
  const auto found = ids_.find(text);
  if (found == ids_.end()) return false;
  id = found->second;
  return true;
}

uint32_t Interner::size() const {
  std::lock_guard lock(mutex_);
  return static_cast<uint32_t>(texts_.size());
}

Vocabulary::Vocabulary() {
  members_.Intern("");  // kNoMember
  villages_ = Series("register.villages");
  residents_ = Series("register.residents");
  confirmed_ = Series("confirmed");
}

SeriesId Vocabulary::Series(std::string_view name) {
  if (name.size() > kZerosSuffix.size() && name.substr(name.size() - kZerosSuffix.size()) == kZerosSuffix) {
    return ZerosOf(series_.Intern(name.substr(0, name.size() - kZerosSuffix.size())) * 2);
  }
  return series_.Intern(name) * 2;
}

SeriesId Vocabulary::Measure(std::string_view kind, std::string_view measure) {
  // A rebuild comes here for every measure of every record, so the usual name is put together without an
  // allocation.
  std::array<char, 128> buffer;
  const size_t length = kind.size() + 1 + measure.size();
  if (length > buffer.size()) return Series(std::string(kind) + "." + std::string(measure));
  std::memcpy(buffer.data(), kind.data(), kind.size());
  buffer[kind.size()] = '.';
  std::memcpy(buffer.data() + kind.size() + 1, measure.data(), measure.size());
  return series_.Intern(std::string_view(buffer.data(), length)) * 2;
}

std::string Vocabulary::SeriesName(SeriesId series) const {
  std::string name(series_.Text(series / 2));
  if (IsZeros(series)) name += kZerosSuffix;
  return name;
}

Feed Vocabulary::FeedOf(std::string_view series_name) {
  return IsStockName(series_name) ? Feed::kTownships : Feed::kActivities;
}

SeriesNature Vocabulary::NatureOf(std::string_view series_name) {
  return IsStockName(series_name) ? SeriesNature::kStock : SeriesNature::kFlow;
}

Feed Vocabulary::FeedOf(SeriesId series) const { return FeedOf(series_.Text(series / 2)); }

MemberId Vocabulary::FindMember(std::string_view code) const {
  MemberId member = kUnknownMember;
  members_.Find(code, member);
  return member;
}

}  // namespace zhenhui::reporting
