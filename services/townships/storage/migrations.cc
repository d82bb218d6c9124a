#include "services/townships/storage/postgres_repository.h"

namespace zhenhui::embedded {
const std::vector<File>& townships_migrations();
}  // namespace zhenhui::embedded

namespace zhenhui::townships {

const std::vector<embedded::File>& Migrations() { return embedded::townships_migrations(); }

}  // namespace zhenhui::townships
