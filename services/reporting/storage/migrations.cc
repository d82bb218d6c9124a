#include "services/reporting/storage/postgres_cell_store.h"

namespace zhenhui::embedded {
const std::vector<File>& reporting_migrations();
}  // namespace zhenhui::embedded

namespace zhenhui::reporting {

const std::vector<embedded::File>& Migrations() { return embedded::reporting_migrations(); }

}  // namespace zhenhui::reporting
