#pragma once
#include <string>
#include <vector>

#include "tests/faults/ledger.h"
#include "tests/faults/stored.h"

namespace zhenhui::faults {

// Everything in which the store differs from what the clients know; empty is what a correct system gives once
// all batches are acknowledged and all cells are flushed. Checked are:
// - each town's revisions are 1..n without a gap, n is the head of the feed, and reporting has applied n;
// - each acknowledged version is in the log exactly once, at the acknowledged revision, and nothing else is;
// - an abandoned batch is stored as a whole or not at all;
// - each record's previous_revision leads to the version before, and the current row is the newest version;
// - the cells are the sums of the current records.
std::vector<std::string> Check(const Ledger::Entries& ledger, const Stored& stored);

}  // namespace zhenhui::faults
