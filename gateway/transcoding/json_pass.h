#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "gateway/transcoding/plan.h"

// The inside of json_writer.h.
namespace zhenhui::gateway::transcoding {

enum class Outcome {
  kWritten,
  kNotCanonical,  // the bytes say a thing twice or in pieces; see json_writer.h
  kMalformed,
};

// Leaves the function unless `expr` (an Outcome) is kWritten.
#define WRITE_OR_RETURN(expr)                                                                     \
  do {                                                                                            \
    if (const Outcome zh_outcome_ = (expr); zh_outcome_ != Outcome::kWritten) return zh_outcome_; \
  } while (false)

// One value as it stands on the wire.
struct Raw {
  uint64_t number = 0;
  std::string_view bytes = {};
  bool IsDefault() const { return number == 0 && bytes.empty(); }
};

// Which fields and oneofs a message has shown already.
class Seen {
 public:
  explicit Seen(size_t fields) : words_((fields + 63) / 64) {}
  // False if it was set before.
  bool Set(size_t index) {
    uint64_t& word = words_[index / 64];
    const uint64_t bit = uint64_t{1} << (index % 64);
    return (std::exchange(word, word | bit) & bit) == 0;
  }

 private:
  absl::InlinedVector<uint64_t, 1> words_;
};

// The value after a tag of that type. False if the bytes end before.
bool ReadRaw(WireType type, WireReader& in, Raw* raw);

// One pass over a message's bytes. An outcome other than kWritten leaves half of something at the end of
// `out`. Not thread-safe.
class JsonPass {
 public:
  JsonPass(const Plans& plans, std::string* out) : plans_(plans), out_(*out) {}

  // `levels`: of messages in messages that may still come.
  Outcome Message(const MessagePlan& plan, std::string_view bytes, int levels);

 private:
  Outcome Fields(const MessagePlan& plan, std::string_view bytes, int levels, bool first);

  struct Open {  // the list or map whose elements are being written
    const FieldPlan* field = nullptr;
    std::vector<std::pair<size_t, size_t>> keys = {};  // of a map: where in out_ they stand
  };

  Outcome Value(const FieldPlan& field, const Raw& raw, int levels);
  void Number(const FieldPlan& field, uint64_t number);
  Outcome Elements(const FieldPlan& field, WireType type, WireReader& in, int levels, bool* first, Seen& seen,
                   Open& open);
  Outcome MapEntry(const FieldPlan& field, std::string_view bytes, int levels, Open& open);
  void Close(Open& open);
  void DropRepeatedKeys(const Open& open);
  Outcome Wrapper(const MessagePlan& plan, std::string_view bytes, int levels);
  Outcome Any(std::string_view bytes, int levels);
  void Key(const FieldPlan& field, bool* first) {
    const std::string_view key = field.key;
    out_.append(std::exchange(*first, false) ? key.substr(1) : key);
  }

  const Plans& plans_;
  std::string& out_;
};

}  // namespace zhenhui::gateway::transcoding
