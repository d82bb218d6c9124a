#include "services/reporting/domain/sum_table.h"

#include <algorithm>

namespace zhenhui::reporting {

SumTable::SumTable(std::span<const Delta> cells) {
  keys_.reserve(cells.size());
  sums_.reserve(cells.size());
  for (const auto& [key, value] : cells) Append(key, static_cast<uint64_t>(value));
}

void SumTable::Append(Key key, uint64_t value) {
  if (value == 0) return;
  keys_.push_back(key);
  sums_.push_back(static_cast<int64_t>(SumBefore(sums_.size()) + value));
}

SumTable SumTable::Plus(std::span<const Delta> deltas) const {
  if (deltas.empty()) return *this;
  SumTable result;
  result.keys_.reserve(keys_.size() + deltas.size());
  result.sums_.reserve(keys_.size() + deltas.size());

  // What lies before the first touched key is copied whole: new records are mostly the youngest.
  size_t i = LowerBound(deltas.front().first);
  result.keys_.assign(keys_.begin(), keys_.begin() + static_cast<ptrdiff_t>(i));
  result.sums_.assign(sums_.begin(), sums_.begin() + static_cast<ptrdiff_t>(i));
  for (size_t d = 0; d < deltas.size();) {
    const Key key = deltas[d].first;
    for (; i < keys_.size() && keys_[i] < key; ++i) result.Append(keys_[i], static_cast<uint64_t>(value(i)));
    uint64_t sum = 0;
    if (i < keys_.size() && keys_[i] == key) sum = static_cast<uint64_t>(value(i++));
    for (; d < deltas.size() && deltas[d].first == key; ++d) sum += static_cast<uint64_t>(deltas[d].second);
    result.Append(key, sum);
  }
  for (; i < keys_.size(); ++i) result.Append(keys_[i], static_cast<uint64_t>(value(i)));
  return result;
}

namespace {

// The first of the keys that is not below `key`. Records lie rather evenly in time, so a guess by proportion
// is mostly within a few keys of the place; only where it is not, the search goes on by halves. A comparison
// of towns is little else than this search.
size_t FirstNotBelow(const SumTable::Key* keys, size_t count, SumTable::Key key) {
  constexpr size_t kReach = 8;
  if (count == 0 || key <= keys[0]) return 0;
  if (key > keys[count - 1]) return count;
  const SumTable::Key width = keys[count - 1] - keys[0];  // above 0, as `key` lies between the two
  const SumTable::Key offset = key - keys[0];
  size_t low = 0;                          // keys[low] < key
  size_t high = count - 1;                 // key <= keys[high]
  if (width < (SumTable::Key{1} << 31)) {  // one member: days are at most a few millions apart
    const size_t guess = static_cast<size_t>(static_cast<SumTable::Key>(count - 1) * offset / width);
    const size_t below = guess > kReach ? guess - kReach : 0;
    const size_t above = std::min(guess + kReach, count - 1);
    if (keys[below] < key)
      low = below;
    else
      high = below;
    if (keys[above] < key)
      low = above;
    else
      high = std::min(high, above);
  }
  // What is sought lies above `low` and at most `reach` above it. No branch in here: which half it is cannot
  // be foreseen, and a wrong guess of the processor costs more than the step.
  for (size_t reach = high - low; reach > 1;) {
    const size_t half = reach / 2;
    low += keys[low + half] < key ? half : 0;
    reach -= half;
  }
  return low + 1;
}

}  // namespace

size_t SumTable::LowerBound(Key key) const { return FirstNotBelow(keys_.data(), keys_.size(), key); }

int64_t SumTable::Sum(MemberId member, int32_t begin, int32_t end) const {
  if (end < begin || keys_.empty()) return 0;
  const uint64_t before = SumBefore(LowerBound(MakeKey(member, begin)));
  return static_cast<int64_t>(SumBefore(LowerBound(MakeKey(member, end) + 1)) - before);
}

int64_t SumTable::UpTo(MemberId member, int32_t end) const { return Sum(member, INT32_MIN, end); }

std::optional<int32_t> SumTable::LastDayBefore(MemberId member, int32_t day) const {
  const size_t next = LowerBound(MakeKey(member, day));
  if (next == 0 || MemberOf(keys_[next - 1]) != member) return std::nullopt;
  return DayOf(keys_[next - 1]);
}

int64_t SumTable::MembersAbove0(int32_t end) const {
  int64_t count = 0;
  ForEachMemberAbove0(end, [&](MemberId) { ++count; });
  return count;
}

}  // namespace zhenhui::reporting
