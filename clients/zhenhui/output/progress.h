#pragma once
#include <cstddef>
#include <ostream>

namespace zhenhui::cli {

// A bar on standard error for long work: [=====>    ] 5000/12000. Draws nothing unless `enabled`. Not
// thread-safe.
class Progress {
 public:
  Progress(std::ostream& err, bool enabled, size_t total) : err_(err), enabled_(enabled), total_(total) {}
  ~Progress() { Clear(); }

  void Set(size_t done);
  // Takes the bar off the line, so that other output can stand there.
  void Clear();

 private:
  std::ostream& err_;
  const bool enabled_;
  const size_t total_;
  size_t drawn_percent_ = 101;
};

}  // namespace zhenhui::cli
