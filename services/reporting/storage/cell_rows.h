#pragma once
#include <string>
#include <vector>

#include "common/db/statement.h"
#include "services/reporting/domain/cube.h"

// Between the cube's states and the rows of the tables `cell` and `place`.
namespace zhenhui::reporting {

// All stored towns, in the snapshot of the transaction.
std::vector<TownView> LoadTowns(db::Tx& tx, Vocabulary& vocabulary);

// Writes the absolute values of the batch's dirty cells; those of 0 are deleted.
void PutCells(db::Tx& tx, const Vocabulary& vocabulary, const FlushBatch& batch);
// Makes the stored cells of the town those of the batch's state, whatever is stored now. Rows that are right
// already are only read, which costs a small part of writing them: after a rebuild that is mostly all of
// them.
void ReplaceCells(db::Tx& tx, Vocabulary& vocabulary, const FlushBatch& batch);
// The same for the town's name and its villages.
void ReplacePlaces(db::Tx& tx, const Vocabulary& vocabulary, const FlushBatch& batch);

namespace internal {

// A PostgreSQL array literal that grows: {"a","b\"c",3}.
class ArrayLiteral {
 public:
  void Add(std::string_view text);
  void Add(int64_t number);
  std::string Take();  // the literal; empty afterwards

 private:
  void Separate() { text_ += text_.empty() ? '{' : ','; }
  std::string text_;
};

}  // namespace internal

}  // namespace zhenhui::reporting
