#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "samples/synthetic.h"
#include "tests/bench/stand.h"
#include "zhenhui/activities/v1/activity_service.pb.h"
#include "zhenhui/common/v1/feed_position.pb.h"

namespace zhenhui::bench {

inline constexpr int kTowns = 16;  // as many as the sample district has
inline constexpr int kBatch = 500;

using Positions = std::vector<common::v1::FeedPosition>;
// The batches of one town, in the order in which it pushes them.
using Batches = std::vector<activities::v1::PushActivitiesRequest>;

samples::SyntheticOptions Shape();

// Registers the district with its towns, villages and residents, and confirms every month of 2024 for all
// towns, so that comparisons rank.
void ImportPlaces(Stand& stand);

// For each town its share of the synthetic records number `first` to `first + count`; both multiples of
// kTowns * kBatch.
std::vector<Batches> MakeBatches(uint64_t first, uint64_t count);

// Called for each acknowledgement from the town's own thread: which of its batches, and the position after
// it.
using OnAcknowledged = std::function<void(int town, size_t batch, const common::v1::FeedPosition&)>;

// Pushes all towns at once, each over its own stream with up to three batches under way; returns when all are
// acknowledged. Throws if a record is not created.
Positions PushAll(Stand& stand, const std::vector<Batches>& towns, const OnAcknowledged& told = nullptr);

// Returns when the figures include the positions: the service makes the question wait, nothing polls.
void AwaitCounted(Stand& stand, const Positions& positions);

// Pushes records first to last (both in whole rounds, as above) in parts, so that memory stays small.
void PushRange(Stand& stand, uint64_t first, uint64_t last);

}  // namespace zhenhui::bench
