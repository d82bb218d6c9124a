#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "services/reporting/domain/series.h"

namespace zhenhui::reporting {

// One series at one grain: whole numbers by (member, bucket day), kept so that the sum over any range of days
// takes two binary searches. Cells of 0 are not kept. Immutable after its making; thread-safe.
//
// Sums are taken modulo 2^64. So they are right whenever the true sum fits 64 bits, whatever stood in
// between; at the largest measure allowed (10^12) that is nine million records in one sum.
class SumTable {
 public:
  using Key = int64_t;
  using Delta = std::pair<Key, int64_t>;

  // Orders by member, then by day. Any day of the years 0001 to 9999 and any member below 2^31.
  static constexpr Key MakeKey(MemberId member, int32_t day) {
    return (static_cast<Key>(member) << 32) + (static_cast<Key>(day) + (Key{1} << 31));
  }
  static constexpr MemberId MemberOf(Key key) { return static_cast<MemberId>(key >> 32); }
  static constexpr int32_t DayOf(Key key) {
    return static_cast<int32_t>((key & 0xffffffff) - (Key{1} << 31));
  }

  SumTable() = default;
  // `cells`: in ascending order of their keys, without repeats; zeros are left out.
  explicit SumTable(std::span<const Delta> cells);

  // A copy with `deltas` added: in ascending order, repeats allowed.
  SumTable Plus(std::span<const Delta> deltas) const;

  // The sum over the days from `begin` to `end`, both inclusive, of one member; 0 if end < begin.
  int64_t Sum(MemberId member, int32_t begin, int32_t end) const;
  // The sum up to and including `end`: what a stock stands at.
  int64_t UpTo(MemberId member, int32_t end) const;
  int64_t At(MemberId member, int32_t day) const { return Sum(member, day, day); }

  // The last day before `day` on which a member has a cell; nothing if there is none.
  std::optional<int32_t> LastDayBefore(MemberId member, int32_t day) const;

  // How many members other than kNoMember stand above 0 at the end of the day.
  int64_t MembersAbove0(int32_t end) const;
  // Calls `visit(MemberId)` for each of them, in ascending order.
  template <typename Visit>
  void ForEachMemberAbove0(int32_t end, Visit&& visit) const {
    for (size_t i = 0; i < keys_.size();) {
      const MemberId member = MemberOf(keys_[i]);
      if (member != kNoMember && UpTo(member, end) > 0) visit(member);
      i = LowerBound(MakeKey(member + 1, INT32_MIN));
    }
  }
  // Calls `visit(MemberId)` for each member with a cell, in ascending order.
  template <typename Visit>
  void ForEachMember(Visit&& visit) const {
    for (size_t i = 0; i < keys_.size(); i = LowerBound(MakeKey(MemberOf(keys_[i]) + 1, INT32_MIN))) {
      visit(MemberOf(keys_[i]));
    }
  }

  // Cells in ascending order of their keys; none is 0.
  size_t size() const { return keys_.size(); }
  bool empty() const { return keys_.empty(); }
  Key key(size_t i) const { return keys_[i]; }
  int64_t value(size_t i) const {
    return static_cast<int64_t>(static_cast<uint64_t>(sums_[i]) -
                                (i == 0 ? 0 : static_cast<uint64_t>(sums_[i - 1])));
  }

 private:
  size_t LowerBound(Key key) const;
  uint64_t SumBefore(size_t i) const { return i == 0 ? 0 : static_cast<uint64_t>(sums_[i - 1]); }
  void Append(Key key, uint64_t value);

  std::vector<Key> keys_;
  std::vector<int64_t> sums_;  // sums_[i]: of the cells 0 to i
};

}  // namespace zhenhui::reporting
