#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include <grpcpp/grpcpp.h>

#include "zhenhui/reporting/v1/report_service.grpc.pb.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"

namespace zhenhui::testing {

// A moment that one thread reaches and another waits for; 30 s at most, then Wait says false.
class Moment {
 public:
  void Reach() {
    const std::lock_guard lock(mu_);
    reached_ = true;
    changed_.notify_all();
  }
  bool Wait() {
    std::unique_lock lock(mu_);
    return changed_.wait_for(lock, std::chrono::seconds(30), [this] { return reached_; });
  }

 private:
  std::mutex mu_;
  std::condition_variable changed_;
  bool reached_ = false;
};

// Services whose methods a test writes, on a real gRPC server within the process.
class FakeRollups final : public reporting::v1::RollupService::Service {
 public:
  std::function<grpc::Status(grpc::ServerContext*, const reporting::v1::CompareTownshipsRequest&,
                             reporting::v1::CompareTownshipsResponse*)>
      compare;
  std::function<grpc::Status(grpc::ServerContext*, const reporting::v1::WatchRollupsRequest&,
                             grpc::ServerWriter<reporting::v1::WatchRollupsResponse>*)>
      watch;

 private:
  grpc::Status CompareTownships(grpc::ServerContext* context,
                                const reporting::v1::CompareTownshipsRequest* request,
                                reporting::v1::CompareTownshipsResponse* response) override {
    return compare(context, *request, response);
  }
  grpc::Status WatchRollups(grpc::ServerContext* context, const reporting::v1::WatchRollupsRequest* request,
                            grpc::ServerWriter<reporting::v1::WatchRollupsResponse>* writer) override {
    return watch(context, *request, writer);
  }
};

class FakeReports final : public reporting::v1::ReportService::Service {
 public:
  std::function<grpc::Status(const reporting::v1::RenderReportRequest&,
                             grpc::ServerWriter<reporting::v1::RenderReportResponse>*)>
      render;
  std::function<grpc::Status(const reporting::v1::ExportComparisonRequest&,
                             reporting::v1::ExportComparisonResponse*)>
      export_comparison;

 private:
  grpc::Status RenderReport(grpc::ServerContext*, const reporting::v1::RenderReportRequest* request,
                            grpc::ServerWriter<reporting::v1::RenderReportResponse>* writer) override {
    return render(*request, writer);
  }
  grpc::Status ExportComparison(grpc::ServerContext*, const reporting::v1::ExportComparisonRequest* request,
                                reporting::v1::ExportComparisonResponse* response) override {
    return export_comparison(*request, response);
  }
};

}  // namespace zhenhui::testing
