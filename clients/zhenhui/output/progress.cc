#include "clients/zhenhui/output/progress.h"

#include <string>

namespace zhenhui::cli {

void Progress::Set(size_t done) {
  if (!enabled_ || total_ == 0) return;
  const size_t percent = done * 100 / total_;
  if (percent == drawn_percent_) return;
  drawn_percent_ = percent;
  constexpr size_t kWidth = 40;
  const size_t filled = percent * kWidth / 100;
  err_ << "\r[" << std::string(filled, '=') << std::string(kWidth - filled, ' ') << "] " << done << "/"
       << total_ << std::flush;
}

void Progress::Clear() {
  if (drawn_percent_ > 100) return;
  err_ << "\r\x1b[K" << std::flush;
  drawn_percent_ = 101;
}

}  // namespace zhenhui::cli
