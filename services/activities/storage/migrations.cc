#include "services/activities/storage/postgres_repository.h"

namespace zhenhui::embedded {
const std::vector<File>& activities_migrations();
}  // namespace zhenhui::embedded

namespace zhenhui::activities {

const std::vector<embedded::File>& Migrations() { return embedded::activities_migrations(); }

}  // namespace zhenhui::activities
