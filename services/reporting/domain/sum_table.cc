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

// The first of the keys from `begin` on that is not below `key`. Without branches that depend on the keys: a
// comparison of towns is little else than this search, and no processor guesses which half a key is in.
const SumTable::Key* FirstNotBelow(const SumTable::Key* begin, const SumTable::Key* end, SumTable::Key key) {
  size_t count = static_cast<size_t>(end - begin);
  while (count > 1) {
    const size_t half = count / 2;
    begin += begin[half - 1] < key ? half : 0;
    count -= half;
  }
  return begin + (count == 1 && *begin < key ? 1 : 0);
}

}  // namespace

size_t SumTable::LowerBound(Key key) const {
  const Key* keys = keys_.data();
  return static_cast<size_t>(FirstNotBelow(keys, keys + keys_.size(), key) - keys);
}

int64_t SumTable::Sum(MemberId member, int32_t begin, int32_t end) const {
  if (end < begin || keys_.empty()) return 0;
  const Key* keys = keys_.data();
  const Key* keys_end = keys + keys_.size();
  const Key* first = FirstNotBelow(keys, keys_end, MakeKey(member, begin));
  const Key* after = FirstNotBelow(first, keys_end, MakeKey(member, end) + 1);
  return static_cast<int64_t>(SumBefore(static_cast<size_t>(after - keys)) -
                              SumBefore(static_cast<size_t>(first - keys)));
}

int64_t SumTable::UpTo(MemberId member, int32_t end) const { return Sum(member, INT32_MIN, end); }

int64_t SumTable::MembersAbove0(int32_t end) const {
  int64_t count = 0;
  ForEachMemberAbove0(end, [&](MemberId) { ++count; });
  return count;
}

}  // namespace zhenhui::reporting
