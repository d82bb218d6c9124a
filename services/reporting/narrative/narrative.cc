#include "services/reporting/narrative/narrative.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "common/text/encoding.h"
#include "common/text/utf8.h"
#include "services/reporting/narrative/docx.h"
#include "services/reporting/narrative/markdown.h"

namespace zhenhui::reporting::narrative {
namespace {

constexpr std::string_view kZipMark = "PK\x03\x04";
constexpr std::string_view kOleMark = "\xD0\xCF\x11\xE0";

absl::Status DamagedText(std::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, "NARRATIVE_DAMAGED", what);
}

absl::StatusOr<checker::Document> ReadTextFile(std::string_view bytes) {
  absl::StatusOr<std::string> text = DecodeText(std::string(bytes), Encoding::kAuto);
  if (!text.ok()) {
    return DamagedText(absl::StrCat("the text is in no encoding that can be read (UTF-8, GB18030, UTF-16): ",
                                    text.status().message()));
  }
  if (const size_t nul = text->find('\0'); nul != std::string::npos) {
    return DamagedText(absl::StrCat("this is no text: a NUL byte at ", nul));
  }
  if (!IsValidUtf8(*text))
    return DamagedText("the text is UTF-8 with damaged places; save it again as UTF-8");
  checker::Document document = checker::DocumentFromText(*text);
  BlankMarkdown(document);
  return document;
}

}  // namespace

absl::StatusOr<Narrative> ReadNarrative(std::string_view bytes, Format format) {
  if (bytes.empty()) {
    return InvalidFields({{"content", "NARRATIVE_EMPTY", "send the bytes of a .docx, .txt or .md file"}});
  }
  if (bytes.size() > kMaxFileBytes) {
    return Error(absl::StatusCode::kInvalidArgument, "NARRATIVE_TOO_LARGE",
                 absl::StrCat("the file has ", bytes.size(), " bytes; at most ", kMaxFileBytes, " are read"));
  }
  if (bytes.starts_with(kOleMark)) {
    return DamagedText("this is an old Word or WPS file (.doc, .wps); save it as .docx and send that");
  }
  const bool docx = format == Format::kDocx || (format == Format::kDetect && bytes.starts_with(kZipMark));
  Narrative narrative;
  ASSIGN_OR_RETURN(narrative.document, docx ? ReadDocx(bytes) : ReadTextFile(bytes));
  for (const checker::Paragraph& paragraph : narrative.document.paragraphs) {
    narrative.characters += CountCodePoints(paragraph.text);
  }
  if (narrative.characters > kMaxCharacters) {
    return Error(absl::StatusCode::kInvalidArgument, "NARRATIVE_TOO_LARGE",
                 absl::StrCat("the text has ", narrative.characters, " characters; at most ", kMaxCharacters,
                              " are checked at once"));
  }
  return narrative;
}

}  // namespace zhenhui::reporting::narrative
