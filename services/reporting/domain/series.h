#pragma once
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "services/reporting/domain/formula.h"

// Names as small numbers, so that folding and reading handle no text. The numbers live as long as the
// process; what is stored or sent carries the names.
namespace zhenhui::reporting {

// Which change feed a series, a revision or a position belongs to. The values index arrays of two.
enum class Feed { kActivities = 0, kTownships = 1 };
inline constexpr Feed kFeeds[] = {Feed::kActivities, Feed::kTownships};

// Numbers for texts, from 0 in the order of their first use. Thread-safe.
class Interner {
 public:
  uint32_t Intern(std::string_view text);
  // The text of a number that Intern gave; lives as long as the interner.
  std::string_view Text(uint32_t id) const;
  // True, and the number, if the text has one.
  bool Find(std::string_view text, uint32_t& id) const;
  uint32_t size() const;

 private:
  mutable std::mutex mutex_;
  std::deque<std::string> texts_;  // a deque keeps the texts in place
  absl::flat_hash_map<std::string_view, uint32_t> ids_;
};

// A base series. Each flow "k.m" has a companion "k.m.zeros" that counts the records that say 0 in so many
// words: the only way to tell a zero that was reported from silence. A companion's number is its series'
// number + 1.
using SeriesId = uint32_t;
inline constexpr SeriesId kNoSeries = 0xffffffff;
// A village, an audience or a roster entry; kNoMember is none of them.
using MemberId = uint32_t;
inline constexpr MemberId kNoMember = 0;
inline constexpr MemberId kUnknownMember = 0x7ffffffe;

constexpr bool IsZeros(SeriesId series) { return (series & 1) != 0; }
constexpr SeriesId ZerosOf(SeriesId series) { return series | 1; }

// All names of one process. Thread-safe. Everything that shares cells must share one vocabulary.
class Vocabulary {
 public:
  Vocabulary();
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;

  // "mediation.cases", "mediation.cases.zeros", "roster.mediator", "register.villages", "confirmed".
  SeriesId Series(std::string_view name);
  // The series of a kind's measure.
  SeriesId Measure(std::string_view kind, std::string_view measure);
  std::string SeriesName(SeriesId series) const;
  // The feed that moves the series, and whether it is a stock (roster.*, register.*) or a flow.
  static Feed FeedOf(std::string_view series_name);
  static SeriesNature NatureOf(std::string_view series_name);
  Feed FeedOf(SeriesId series) const;

  // A village's 12 digits, an audience's code or a roster entry's id; "" is kNoMember.
  MemberId Member(std::string_view code) { return members_.Intern(code); }
  // As Member, but kUnknownMember, which has no cells, for a code that nobody used yet: for what callers ask
  // about.
  MemberId FindMember(std::string_view code) const;
  std::string_view MemberCode(MemberId member) const { return members_.Text(member); }

  // Series with a meaning of their own.
  SeriesId villages() const { return villages_; }    // "register.villages"
  SeriesId residents() const { return residents_; }  // "register.residents", one cell for each year
  SeriesId confirmed() const { return confirmed_; }  // "confirmed", 1 in each confirmed month

 private:
  Interner series_;
  Interner members_;
  SeriesId villages_;
  SeriesId residents_;
  SeriesId confirmed_;
};

}  // namespace zhenhui::reporting
