// Comparisons as JSON over HTTP: through our gateway, through Debian's grpc-gateway before the same service,
// and, for the scale, the same question by gRPC and a file of as many bytes from nginx. wrk asks; every
// request has another metric, period or normalisation.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "tests/bench/callers.h"
#include "tests/bench/figures.h"
#include "tests/bench/load.h"
#include "tests/bench/must.h"
#include "tests/bench/programs.h"
#include "tests/bench/questions.h"
#include "tests/bench/stand.h"
#include "zhenhui/reporting/v1/rollup_service.pb.h"

namespace zhenhui::bench {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kRecords = 96'000;
constexpr int kRuns = 5;
constexpr int kSeconds = 2;

std::string PathOf(const std::string& question) {
  reporting::v1::CompareTownshipsRequest request;
  Must(request.ParseFromString(question), "a question");
  return absl::StrCat("/v1/rollups:compare?scope.district=", request.scope().district(),
                      "&metrics=", request.metrics(0), "&start_date=", request.start_date(),
                      "&end_date=", request.end_date(),
                      "&normalisation=", reporting::v1::Normalisation_Name(request.normalisation()));
}

std::string SourceFile(const char* name) {
  return absl::StrCat(ZHENHUI_SOURCE, "/tests/bench/gateway/", name);
}

// The three programs before the stand, and the files that they and wrk need.
class Contestants {
 public:
  Contestants(const Stand& stand, const std::vector<std::string>& questions) {
    std::string path = (fs::temp_directory_path() / "zhenhui-gateway-XXXXXX").string();
    Must(mkdtemp(path.data()) != nullptr, "cannot make a folder");
    folder_ = path;
    std::ofstream paths(File("paths"));
    for (const std::string& question : questions) paths << PathOf(question) << '\n';
    std::ofstream(File("file_paths")) << "/answer.json\n";
    std::ofstream(File("key.pem")) << stand.public_pem();
    const std::string service = absl::StrCat("127.0.0.1:", stand.port());
    const char* bin = std::getenv("ZHENHUI_BIN_DIR");
    ours_ = std::make_unique<Beside>(
        std::vector<std::string>{absl::StrCat(bin == nullptr ? ZHENHUI_BIN : bin, "/zhenhui-gateway"),
                                 "--listen", absl::StrCat("127.0.0.1:", our_port), "--townships", service,
                                 "--activities", service, "--reporting", service, "--auth-public-key",
                                 File("key.pem"), "--rate", "0", "--log-level", "warning"},
        File("ours.log"));
    Must(
        std::system(absl::StrCat("'", SourceFile("build_grpc_gateway"), "' '", folder_, "/go'").c_str()) == 0,
        "grpc-gateway does not build");
    theirs_ =
        std::make_unique<Beside>(std::vector<std::string>{folder_ + "/go/grpc_gateway",
                                                          absl::StrCat("127.0.0.1:", their_port), service},
                                 File("theirs.log"));
    AwaitPort(our_port);
    AwaitPort(their_port);
  }
  ~Contestants() {
    nginx_.reset();
    theirs_.reset();
    ours_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  // As many bytes as an answer has.
  void StartNginx(size_t bytes) {
    std::ofstream(File("answer.json")) << std::string(bytes, 'x');
    std::ofstream(File("nginx.conf"))
        << "worker_processes auto; daemon off; pid " << File("nginx.pid") << "; error_log "
        << File("nginx.log") << ";\nevents { worker_connections 1024; }\n"
        << "http { access_log off; keepalive_requests 1000000; sendfile on;\n"
        << "server { listen 127.0.0.1:" << nginx_port << "; root " << folder_ << "; } }\n";
    fs::permissions(folder_, fs::perms::others_exec | fs::perms::others_read, fs::perm_options::add);
    nginx_ = std::make_unique<Beside>(std::vector<std::string>{"nginx", "-c", File("nginx.conf")},
                                      File("nginx.out"));
    AwaitPort(nginx_port);
  }

  std::string File(const char* name) const { return absl::StrCat(folder_, "/", name); }

  const int our_port = FreePort();
  const int their_port = FreePort();
  const int nginx_port = FreePort();
  double OurCpu() const { return ours_->CpuMicroseconds(); }
  double TheirCpu() const { return theirs_->CpuMicroseconds(); }

 private:
  std::string folder_;
  std::unique_ptr<Beside> ours_, theirs_, nginx_;
};

struct HttpSide {
  void Add(const Load& load, double cpu_us) {
    per_second.push_back(load.per_second);
    p99_ms.push_back(load.p99_ms);
    cpu.push_back(cpu_us / (load.per_second * kSeconds));
  }
  std::vector<double> per_second, p99_ms, cpu;
};

std::vector<double> Over(const std::vector<double>& above, const std::vector<double>& below) {
  std::vector<double> quotients;
  for (size_t run = 0; run < above.size(); ++run) quotients.push_back(above[run] / below[run]);
  return quotients;
}

void Measure(const Stand& stand, Contestants& contestants, const std::vector<std::string>& questions,
             int connections, Figures* figures) {
  const auto ask = [&](int port, const char* paths) {
    return RunWrk(port, connections, kSeconds, SourceFile("ask.lua"), contestants.File(paths), stand.token());
  };
  HttpSide ours, theirs, file;
  std::vector<double> direct;
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < 4; ++i) channels.push_back(stand.Connect());
  for (int run = 0; run < kRuns; ++run) {
    double cpu = contestants.OurCpu();
    const Load our_load = ask(contestants.our_port, "paths");
    ours.Add(our_load, contestants.OurCpu() - cpu);
    cpu = contestants.TheirCpu();
    const Load their_load = ask(contestants.their_port, "paths");
    theirs.Add(their_load, contestants.TheirCpu() - cpu);
    file.Add(ask(contestants.nginx_port, "file_paths"), 0);
    direct.push_back(
        KeepCalling(channels, kCompareMethod, questions, connections, absl::Seconds(1)).per_second);
  }
  const std::string at = absl::StrCat(", ", connections, " connections");
  figures->Add("gateway" + at, "requests/s", ours.per_second);
  figures->Add("grpc-gateway" + at, "requests/s", theirs.per_second);
  figures->Add("nginx, a file" + at, "requests/s", file.per_second);
  figures->Add("gRPC without a gateway" + at, "calls/s", direct);
  figures->Add("gateway, 99th percentile" + at, "ms", ours.p99_ms);
  figures->Add("grpc-gateway, 99th percentile" + at, "ms", theirs.p99_ms);
  figures->Add("gateway, its own CPU time" + at, "us", ours.cpu);
  figures->Add("grpc-gateway, its own CPU time" + at, "us", theirs.cpu);
  figures->AtLeast("gateway / grpc-gateway" + at, "", Over(ours.per_second, theirs.per_second), 1.5);
  figures->AtMost("99th percentile of gateway / grpc-gateway" + at, "", Over(ours.p99_ms, theirs.p99_ms),
                  1.0);
}

// The first of the programs that are not installed; null if all are.
const char* Missing() {
  for (const char* program : {"wrk", "nginx", "go", "protoc-gen-go", "protoc-gen-grpc-gateway"}) {
    if (std::system(absl::StrCat("command -v ", program, " >/dev/null").c_str()) != 0) return program;
  }
  return nullptr;
}

int Main() {
  if (const char* program = Missing()) {
    std::printf("left out, because %s is not installed (tests/bench/README.md)\n", program);
    return 0;
  }
  Stand stand;
  ImportPlaces(stand);
  PushRange(stand, 0, kRecords);
  const std::vector<std::string> questions = Questions(stand);
  Contestants contestants(stand, questions);
  const auto warm = [&](int port) {
    return RunWrk(port, 16, 1, SourceFile("ask.lua"), contestants.File("paths"), stand.token());
  };
  const Load ours = warm(contestants.our_port);
  const Load theirs = warm(contestants.their_port);
  contestants.StartNginx(static_cast<size_t>(ours.bytes));
  Figures figures("gateway", absl::StrCat("comparison as JSON: ", kTowns, " towns, ", kRecords, " records, ",
                                          questions.size(), " different questions, answers of ",
                                          static_cast<int>(ours.bytes), " (grpc-gateway: ",
                                          static_cast<int>(theirs.bytes), ") bytes with headers on average"));
  for (const int connections : {8, 64}) Measure(stand, contestants, questions, connections, &figures);
  return figures.Tell() == 0 ? 0 : 2;
}

}  // namespace
}  // namespace zhenhui::bench

int main() try { return zhenhui::bench::Main(); } catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
