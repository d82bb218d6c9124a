#include "services/townships/domain/records.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace zhenhui::townships {
namespace {

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

constexpr size_t kTownshipDigits = 9;

}  // namespace

RecordType TypeOf(const Record& record) { return static_cast<RecordType>(record.index() + 1); }

std::string TownshipOf(const Record& record) {
  return std::visit(Overloaded{
                        [](const Township& t) { return t.code; },
                        [](const Village& v) { return v.code.substr(0, kTownshipDigits); },
                        [](const Population& p) { return p.township; },
                        [](const RosterEntry& r) { return r.township; },
                    },
                    record);
}

std::string IdOf(const Record& record) {
  return std::visit(Overloaded{
                        [](const Township& t) { return t.code; },
                        [](const Village& v) { return v.code; },
                        [](const Population& p) { return absl::StrFormat("%04d", p.year); },
                        [](const RosterEntry& r) { return r.id; },
                    },
                    record);
}

std::string MakeEtag(int64_t revision) { return absl::StrCat(revision); }

bool EtagMatches(std::string_view etag, int64_t revision) { return etag == MakeEtag(revision); }

}  // namespace zhenhui::townships
