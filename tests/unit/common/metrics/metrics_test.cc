#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/metrics/exposer.h"
#include "common/metrics/registry.h"
#include "common/metrics/timers.h"
#include "tests/testing/matchers.h"

namespace zhenhui::metrics {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::zhenhui::testing::HasReason;
using ::zhenhui::testing::IsOk;

TEST(RegistryTest, SameNameAndLabelsAreTheSameMetric) {
  Registry registry;
  registry.Counter("zhenhui_pushed_total", "Records pushed", {{"town", "1"}}).Increment(2);
  registry.Counter("zhenhui_pushed_total", "Records pushed", {{"town", "1"}}).Increment();
  registry.Counter("zhenhui_pushed_total", "Records pushed", {{"town", "2"}}).Increment();
  EXPECT_THAT(registry.Render(), HasSubstr("zhenhui_pushed_total{town=\"1\"} 3"));
  EXPECT_THAT(registry.Render(), HasSubstr("zhenhui_pushed_total{town=\"2\"} 1"));
}

TEST(RegistryTest, GaugeFunctionIsReadWhenAskedUntilItsHandleGoes) {
  Registry registry;
  double value = 1;
  std::optional<Registry::Handle> handle =
      registry.GaugeFunction("zhenhui_queue", "Waiting", {{"pool", "db"}}, [&value] { return value; });
  const Registry::Handle other =
      registry.GaugeFunction("zhenhui_queue", "Waiting", {{"pool", "x"}}, [] { return 9.0; });
  EXPECT_THAT(registry.Render(), HasSubstr("zhenhui_queue{pool=\"db\"} 1"));
  value = 5;
  EXPECT_THAT(registry.Render(), HasSubstr("zhenhui_queue{pool=\"db\"} 5"));
  handle.reset();
  EXPECT_THAT(registry.Render(), Not(HasSubstr("pool=\"db\"")));
  EXPECT_THAT(registry.Render(), HasSubstr("zhenhui_queue{pool=\"x\"} 9"));
}

TEST(RegistryTest, HandleMayOutliveTheRegistry) {
  std::optional<Registry> registry(std::in_place);
  const Registry::Handle handle = registry->GaugeFunction("zhenhui_x", "X", {}, [] { return 1.0; });
  registry.reset();
  EXPECT_EQ(handle.use_count(), 1);
}

TEST(TimersTest, CountsByOutcomeAndTimesByName) {
  Registry registry;
  Timers timers(registry, "zhenhui_rpc", "method", "Calls");
  timers.Record("/a/B", absl::StatusCode::kOk, std::chrono::milliseconds(2));
  timers.Record("/a/B", absl::StatusCode::kOk, std::chrono::milliseconds(2));
  timers.Record("/a/B", absl::StatusCode::kNotFound, std::chrono::seconds(60));
  timers.Record("/a/B", static_cast<absl::StatusCode>(99), std::chrono::seconds(1));
  const std::string text = registry.Render();
  EXPECT_THAT(text, HasSubstr("zhenhui_rpc_total{code=\"OK\",method=\"/a/B\"} 2"));
  EXPECT_THAT(text, HasSubstr("zhenhui_rpc_total{code=\"NOT_FOUND\",method=\"/a/B\"} 1"));
  EXPECT_THAT(text, HasSubstr("zhenhui_rpc_total{code=\"UNKNOWN\",method=\"/a/B\"} 1"));
  EXPECT_THAT(text, HasSubstr("zhenhui_rpc_seconds_count{method=\"/a/B\"} 4"));
  EXPECT_THAT(text, HasSubstr("zhenhui_rpc_seconds_bucket{method=\"/a/B\",le=\"0.0025\"} 2"));
  EXPECT_THAT(text, HasSubstr("zhenhui_rpc_seconds_bucket{method=\"/a/B\",le=\"+Inf\"} 4"));
}

TEST(TimersTest, LoseNothingUnderManyThreads) {
  Registry registry;
  Timers timers(registry, "zhenhui_sql", "statement", "Statements");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&timers] {
      for (int i = 0; i < 500; ++i) {
        timers.Record(absl::StrCat("s", i % 5), absl::StatusCode::kOk, std::chrono::microseconds(10));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(registry.Render(), HasSubstr("zhenhui_sql_total{code=\"OK\",statement=\"s3\"} 400"));
}

std::string HttpGet(int port, const std::string& path) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) {
    const std::string request = absl::StrCat("GET ", path, " HTTP/1.0\r\n\r\n");
    EXPECT_EQ(write(fd, request.data(), request.size()), static_cast<ssize_t>(request.size()));
    char buffer[4096];
    for (ssize_t n = 0; (n = read(fd, buffer, sizeof(buffer))) > 0;)
      answer.append(buffer, static_cast<std::size_t>(n));
  }
  close(fd);
  return answer;
}

TEST(ExposerTest, ServesTheRegistryOverHttp) {
  Registry registry;
  registry.Counter("zhenhui_pushed_total", "Records pushed").Increment(7);
  const auto exposer = Exposer::Start("127.0.0.1:0", registry);
  ASSERT_THAT(exposer, IsOk());
  EXPECT_THAT(HttpGet((*exposer)->port(), "/metrics"), HasSubstr("zhenhui_pushed_total 7"));
}

TEST(ExposerTest, TakenPortIsAnErrorAndNotACrash) {
  Registry registry;
  const auto first = Exposer::Start("127.0.0.1:0", registry);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Exposer::Start(absl::StrCat("127.0.0.1:", (*first)->port()), registry),
              HasReason("ADDRESS_UNAVAILABLE"));
}

}  // namespace
}  // namespace zhenhui::metrics
