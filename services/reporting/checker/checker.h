#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/time/date.h"
#include "services/reporting/checker/finding.h"
#include "services/reporting/checker/lexicon.h"
#include "services/reporting/domain/figure.h"

// Checks what a narrative report claims against recorded figures, and against itself.
//
//   "...开展法治宣传40余场次，发放资料4500余册。"   asked for 2024, recorded: 43 events, 4160 copies
//     -> "40余场次"  publicity_events       approximate match (43 lies in 41 to 49)
//     -> "4500余册"  materials_distributed  overstated (4160)
//
// The steps, each a file: text (code points, sentences, headings) -> nonclaims (years, laws, slogans ...) ->
// numeral, quantity (values, forms, measure words) -> linker (which metric) -> period -> judge ->
// consistency.
namespace zhenhui::reporting::checker {

struct Paragraph {
  std::string text;      // valid UTF-8, one paragraph; bytes that are not become U+FFFD, each one
  bool heading = false;  // as the document's style says; plain headings (一、…) are recognised anyway
};

struct Document {
  std::vector<Paragraph> paragraphs;
};

// One paragraph for each line; \r\n, \n and \r end a line. Empty lines stay, so that indexes are lines.
Document DocumentFromText(std::string_view text);

// One cell of the figures.
struct Recorded {
  FigureState state = FigureState::kNotReported;
  Rational value;         // in the printed unit (yuan, per cent), exact; only if the state has a value
  std::string reference;  // opaque to the checker: what a reader follows to the records behind it
};

// Where the recorded figures come from. Must be thread-safe if CheckReport is called from several threads.
class FigureSource {
 public:
  virtual ~FigureSource() = default;
  // The figure of the town that is checked. Stocks are as of the period's last day. An unknown metric or a
  // period without records is kNotReported.
  virtual Recorded Lookup(std::string_view metric, const Period& period) const = 0;
};

struct CheckOptions {
  int year;  // the year that the report is about, 1900 to 2200
  // Names of places that may hold numerals (三合村, 五家台乡) and must not be read as figures.
  std::vector<std::string> place_names = {};
  // Reading stops with the sentence in which the claims become more: the answer then has more findings than
  // this, and lacks what comes after. For texts from strangers.
  size_t max_claims = SIZE_MAX;
};

// All findings in the order of the text; findings of the text against itself stand behind the figure that
// they are about. A document without figures gives an empty list. Never fails: what cannot be read is no
// claim. Thread-safe; linear in the text's length but for long sentences.
std::vector<Finding> CheckReport(const Lexicon& lexicon, const Document& document, const FigureSource& source,
                                 const CheckOptions& options);

}  // namespace zhenhui::reporting::checker
