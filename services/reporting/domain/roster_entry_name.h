#pragma once
#include <string>

#include "services/reporting/domain/contribution.h"

namespace zhenhui::reporting {

// A roster entry as the register names it. The cube counts what entries took part in, by id, and knows no
// names: they are read from the register, at the revision of the figures.
struct RosterEntryName {
  std::string id;
  std::string name;
  Validity valid;
};

}  // namespace zhenhui::reporting
