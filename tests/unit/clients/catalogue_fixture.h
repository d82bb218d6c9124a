#pragma once
#include <string>

#include "clients/zhenhui/input/catalogue.h"
#include "clients/zhenhui/input/places.h"
#include "common/status/reason.h"

namespace zhenhui::cli {

// Two kinds; "件数" is the name of a measure of each, a different one.
inline activities::v1::ListKindsResponse TestKinds() {
  activities::v1::ListKindsResponse response;
  const auto add = [&response](const char* code, const char* zh, const char* measure,
                               const char* measure_zh) {
    auto* kind = response.add_kinds();
    kind->set_code(code);
    kind->set_display_name_zh(zh);
    kind->add_measures()->set_code(measure);
    kind->mutable_measures(0)->set_display_name_zh(measure_zh);
    return kind;
  };
  add("law_lecture", "法治讲座", "attendances", "参加人次")->add_aliases_zh("法治党课");
  add("mediation", "人民调解", "cases", "件数");
  add("review", "合法性审查", "documents", "件数");
  response.add_audiences()->set_code("villagers");
  response.mutable_audiences(0)->set_display_name_zh("村（居）民");
  response.mutable_audiences(0)->add_aliases_zh("村民");
  response.mutable_audiences(0)->add_aliases_zh("学生");  // is the name of another, which wins
  response.add_audiences()->set_code("students");
  response.mutable_audiences(1)->set_display_name_zh("学生");
  response.add_channels()->set_code("lecture");
  response.mutable_channels(0)->set_display_name_zh("讲座");
  response.mutable_channels(0)->add_aliases_zh("授课");
  return response;
}

// Knows 上新庄镇 with 示例一村; `down` makes every question fail.
class FakePlaces final : public Places {
 public:
  bool down = false;
  absl::StatusOr<std::string> Township(const std::string& name) override {
    if (down) return absl::UnavailableError("down");
    if (name == "上新庄镇") return "630106101";
    return Error(absl::StatusCode::kNotFound, "UNKNOWN_TOWNSHIP", name);
  }
  absl::StatusOr<std::string> Village(const std::string&, const std::string& name,
                                      const std::string&) override {
    if (down) return absl::UnavailableError("down");
    if (name == "示例一村") return "630106101201";
    return Error(absl::StatusCode::kNotFound, "UNKNOWN_VILLAGE", name);
  }
};

}  // namespace zhenhui::cli
