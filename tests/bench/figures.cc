#include "tests/bench/figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace zhenhui::bench {
namespace {

std::string Number(double value) {
  return std::abs(value) >= 1000 ? absl::StrFormat("%.0f", value) : absl::StrFormat("%.3g", value);
}

}  // namespace

double Median(std::vector<double> values) { return Percentile(std::move(values), 50); }

double Percentile(std::vector<double> values, double percent) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto rank = static_cast<size_t>(std::ceil(percent / 100 * static_cast<double>(values.size())));
  return values[std::max<size_t>(rank, 1) - 1];
}

Figures::Figures(std::string name, std::string about) : name_(std::move(name)), about_(std::move(about)) {}

void Figures::Add(const std::string& what, const std::string& unit, const std::vector<double>& runs) {
  lines_.push_back({what, unit, runs, {}, true});
}

void Figures::AtLeast(const std::string& what, const std::string& unit, const std::vector<double>& runs,
                      double bar) {
  lines_.push_back({what, unit, runs, bar, true});
}

void Figures::AtMost(const std::string& what, const std::string& unit, const std::vector<double>& runs,
                     double bar) {
  lines_.push_back({what, unit, runs, bar, false});
}

bool Figures::Line::Reached() const {
  if (!bar.has_value()) return true;
  return at_least ? Median(runs) >= *bar : Median(runs) <= *bar;
}

int Figures::Tell() const {
  std::printf("%s\n", about_.c_str());
  int missed = 0;
  for (const Line& line : lines_) {
    std::string bar;
    if (line.bar.has_value()) {
      bar = absl::StrCat(line.Reached() ? "reached" : "MISSED", " (bar ",
                         line.at_least ? ">= " : "<= ", Number(*line.bar), ")");
    }
    missed += !line.Reached();
    std::printf("%-62s %10s %-9s %-24s [%s]\n", line.what.c_str(), Number(Median(line.runs)).c_str(),
                line.unit.c_str(), bar.c_str(),
                absl::StrJoin(line.runs, " ", [](std::string* out, double run) {
                  absl::StrAppend(out, Number(run));
                }).c_str());
  }
  std::fflush(stdout);
  if (const char* folder = std::getenv("ZHENHUI_BENCH_OUT"); folder != nullptr) {
    std::ofstream(absl::StrCat(folder, "/", name_, ".json")) << Json();
  }
  return missed;
}

std::string Figures::Json() const {
  std::string out = absl::StrCat("{\"name\":\"", name_, "\",\"about\":\"", about_, "\",\"figures\":[");
  for (size_t i = 0; i < lines_.size(); ++i) {
    const Line& line = lines_[i];
    absl::StrAppend(&out, i == 0 ? "\n" : ",\n", "{\"what\":\"", line.what, "\",\"unit\":\"", line.unit,
                    "\",\"median\":", Median(line.runs), ",\"runs\":[", absl::StrJoin(line.runs, ","), "]");
    if (line.bar.has_value()) {
      absl::StrAppend(&out, ",\"bar\":", *line.bar, ",\"bar_is\":\"", line.at_least ? "least" : "most",
                      "\",\"reached\":", line.Reached() ? "true" : "false");
    }
    out += "}";
  }
  return out + "]}\n";
}

}  // namespace zhenhui::bench
