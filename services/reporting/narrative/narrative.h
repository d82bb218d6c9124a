#pragma once
#include <cstddef>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/reporting/checker/checker.h"

// Reads a narrative report from a file's bytes into what the checker takes.
namespace zhenhui::reporting::narrative {

enum class Format {
  kDetect,  // by the first bytes: a zip archive is Word, all else is text
  kDocx,
  kText,  // plain text or Markdown; UTF-8, GB18030, or UTF-16 with a byte order mark
};

inline constexpr size_t kMaxFileBytes = 3u << 20;
inline constexpr size_t kMaxCharacters = 200'000;  // code points of all paragraphs

struct Narrative {
  checker::Document document;
  size_t characters = 0;  // code points of all paragraphs
};

// One paragraph for each line of a text; of a Word file for each paragraph (a line break parts it) and each
// row of a table. INVALID_ARGUMENT: NARRATIVE_EMPTY; NARRATIVE_TOO_LARGE (the file, what it unpacks to, or
// its text); NARRATIVE_DAMAGED (no Word file, an encoding that it is not, NUL bytes; the message says what).
// Thread-safe.
absl::StatusOr<Narrative> ReadNarrative(std::string_view bytes, Format format);

}  // namespace zhenhui::reporting::narrative
