// zhenhui-townships: the register of places and rosters as a process of its own.
#include "common/service/service_main.h"
#include "services/townships/service.h"

int main(int argc, char** argv) {
  using namespace zhenhui;
  return service::RunProgram(argc, argv,
                             {.name = "zhenhui-townships",
                              .description = "Keeps districts, townships, villages, populations and rosters.",
                              .schema = townships::TownshipsSchema(),
                              .add_flags = nullptr,
                              .create = [](const service::Config& config, const service::ServeFlags&) {
                                return townships::CreateService(config);
                              }});
}
