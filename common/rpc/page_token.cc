#include "common/rpc/page_token.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"

namespace zhenhui::rpc {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kHeaderBytes = 1 + sizeof(std::uint64_t);

// FNV-1a, because it must be the same in every process and release. It finds mistakes, not attackers.
std::uint64_t Checksum(std::string_view filter, std::string_view body) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * 1099511628211ULL; };
  for (const char c : filter) add(static_cast<unsigned char>(c));
  add(0xff);  // never a byte of UTF-8, so it parts the two
  for (const char c : body) add(static_cast<unsigned char>(c));
  return hash;
}

void AppendNumber(std::uint64_t number, int bytes, std::string* out) {
  for (int i = bytes - 1; i >= 0; --i) out->push_back(static_cast<char>(number >> (8 * i)));
}

std::uint64_t ReadNumber(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

absl::Status Invalid() {
  return InvalidFields({{"page_token", "PAGE_TOKEN_INVALID",
                         "the page token is damaged or belongs to another query; start again without one"}});
}

}  // namespace

std::string EncodePageToken(std::string_view filter, const std::vector<std::string>& fields) {
  std::string body;
  for (const std::string& field : fields) {
    AppendNumber(field.size(), 4, &body);
    body.append(field);
  }
  std::string token(1, kVersion);
  AppendNumber(Checksum(filter, body), 8, &token);
  token.append(body);
  return absl::WebSafeBase64Escape(token);
}

absl::StatusOr<std::vector<std::string>> DecodePageToken(std::string_view filter, std::string_view token) {
  std::vector<std::string> fields;
  if (token.empty()) return fields;
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(Absl(token), &bytes)) return Invalid();
  if (bytes.size() < kHeaderBytes || bytes[0] != kVersion) return Invalid();
  std::string_view body = std::string_view(bytes).substr(kHeaderBytes);
  if (ReadNumber(std::string_view(bytes).substr(1, 8)) != Checksum(filter, body)) return Invalid();
  while (!body.empty()) {
    if (body.size() < 4) return Invalid();
    const std::uint64_t size = ReadNumber(body.substr(0, 4));
    body.remove_prefix(4);
    if (size > body.size()) return Invalid();
    fields.emplace_back(body.substr(0, size));
    body.remove_prefix(size);
  }
  return fields;
}

absl::StatusOr<size_t> PageSize(int32_t requested) {
  constexpr size_t kDefault = 100;
  constexpr size_t kMost = 1000;
  if (requested < 0) {
    return InvalidFields({{"page_size", "PAGE_SIZE_INVALID", "give 1 to 1000, or 0 for 100"}});
  }
  return requested == 0 ? kDefault : std::min(static_cast<size_t>(requested), kMost);
}

}  // namespace zhenhui::rpc
