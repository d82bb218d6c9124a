#include "clients/zhenhui/input/row_id.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <vector>

namespace zhenhui::cli {
namespace {

// "length:bytes" for each text: no two different contents give the same bytes.
void Append(std::string* canonical, std::string_view text) {
  *canonical += std::to_string(text.size());
  *canonical += ':';
  canonical->append(text);
}

template <typename Texts>
void AppendList(std::string* canonical, const Texts& texts, bool sorted) {
  std::vector<std::string> copy(texts.begin(), texts.end());
  if (sorted) std::sort(copy.begin(), copy.end());
  Append(canonical, std::to_string(copy.size()));
  for (const std::string& text : copy) Append(canonical, text);
}

}  // namespace

std::string TextId(const std::string& text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string id = "c-";
  for (size_t i = 0; i < 12; ++i) {
    id += kHex[digest[i] >> 4];
    id += kHex[digest[i] & 15];
  }
  return id;
}

std::string ContentId(const std::string& township, const activities::v1::Activity& activity) {
  std::string canonical;
  for (const std::string& text :
       {township, activity.kind(), activity.date(), activity.village(), activity.title()}) {
    Append(&canonical, text);
  }
  AppendList(&canonical, activity.audiences(), /*sorted=*/true);
  AppendList(&canonical, activity.channels(), /*sorted=*/true);
  AppendList(&canonical, activity.partners(), /*sorted=*/false);
  std::map<std::string, int64_t> measures(activity.measures().begin(), activity.measures().end());
  measures.try_emplace("occurrences", 1);
  Append(&canonical, std::to_string(measures.size()));
  for (const auto& [code, value] : measures) {
    Append(&canonical, code);
    Append(&canonical, std::to_string(value));
  }
  for (const auto& evidence : activity.evidence()) {
    Append(&canonical, evidence.uri());
    Append(&canonical, evidence.description());
  }
  Append(&canonical, activity.note());
  // Only where there are any, so that rows without keep the ids that they had before there were roster
  // entries.
  if (!activity.roster_entries().empty()) AppendList(&canonical, activity.roster_entries(), /*sorted=*/true);
  return TextId(canonical);
}

std::string OrdinalIds::Next(const std::string& content_id) {
  const int ordinal = ++seen_[content_id];
  return ordinal == 1 ? content_id : content_id + "-" + std::to_string(ordinal);
}

}  // namespace zhenhui::cli
