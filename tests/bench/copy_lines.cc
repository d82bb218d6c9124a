#include "tests/bench/copy_lines.h"

#include <libpq-fe.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/bench/must.h"

namespace zhenhui::bench {
namespace {

struct EndConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct EndResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, EndConnection>;
using Result = std::unique_ptr<PGresult, EndResult>;

Connection Open(const std::string& dsn) {
  Connection connection(PQconnectdb(dsn.c_str()));
  Must(PQstatus(connection.get()) == CONNECTION_OK, PQerrorMessage(connection.get()));
  return connection;
}

Result RunSql(PGconn* connection, const std::string& sql, ExecStatusType expected) {
  Result result(PQexec(connection, sql.c_str()));
  Must(PQresultStatus(result.get()) == expected, sql + ": " + PQerrorMessage(connection));
  return result;
}

// Calls `each` with the bytes of every row.
template <typename Each>
void ReadOut(PGconn* connection, const std::string& query, Each each) {
  RunSql(connection, "COPY (" + query + ") TO STDOUT", PGRES_COPY_OUT);
  char* line = nullptr;
  for (int length = 0; (length = PQgetCopyData(connection, &line, 0)) > 0; PQfreemem(line))
    each(line, static_cast<size_t>(length));
  const Result end(PQgetResult(connection));
  Must(PQresultStatus(end.get()) == PGRES_COMMAND_OK, PQerrorMessage(connection));
}

// Without BEGIN each COPY is a transaction of its own.
void CopyPart(PGconn* connection, const std::string& target, const std::string& bytes) {
  RunSql(connection, "COPY " + target + " FROM STDIN", PGRES_COPY_IN);
  Must(PQputCopyData(connection, bytes.data(), static_cast<int>(bytes.size())) == 1 &&
           PQputCopyEnd(connection, nullptr) == 1,
       PQerrorMessage(connection));
  const Result end(PQgetResult(connection));
  Must(PQresultStatus(end.get()) == PGRES_COMMAND_OK, PQerrorMessage(connection));
  Must(Result(PQgetResult(connection)) == nullptr, "COPY goes on");
}

double RowsASecond(size_t rows, absl::Time start) {
  return static_cast<double>(rows) / absl::ToDoubleSeconds(absl::Now() - start);
}

}  // namespace

void Execute(const std::string& dsn, const std::string& sql) {
  RunSql(Open(dsn).get(), sql, PGRES_COMMAND_OK);
}

std::string Ask(const std::string& dsn, const std::string& sql) {
  const Connection connection = Open(dsn);
  return PQgetvalue(RunSql(connection.get(), sql, PGRES_TUPLES_OK).get(), 0, 0);
}

std::function<std::string()> Asking(const std::string& dsn, const std::string& sql) {
  return [connection = std::shared_ptr<PGconn>(Open(dsn)), sql] {
    return std::string(PQgetvalue(RunSql(connection.get(), sql, PGRES_TUPLES_OK).get(), 0, 0));
  };
}

std::vector<std::string> ReadLines(const std::string& dsn, const std::string& query) {
  std::vector<std::string> lines;
  const Connection connection = Open(dsn);
  ReadOut(connection.get(), query,
          [&](const char* line, size_t length) { lines.emplace_back(line, length); });
  return lines;
}

double CopyOut(const std::string& dsn, const std::string& query) {
  const Connection connection = Open(dsn);
  size_t rows = 0;
  const absl::Time start = absl::Now();
  ReadOut(connection.get(), query, [&](const char*, size_t) { ++rows; });
  return RowsASecond(rows, start);
}

double CopyIn(const std::string& dsn, const std::string& target, const std::vector<std::string>& lines,
              size_t per_transaction, size_t connections) {
  std::vector<std::vector<std::string>> shares(connections);  // ready-made bytes of each transaction
  for (size_t from = 0; from < lines.size(); from += per_transaction) {
    std::string& bytes = shares[from / per_transaction % connections].emplace_back();
    for (size_t i = from; i < std::min(from + per_transaction, lines.size()); ++i) bytes += lines[i];
  }
  std::vector<Connection> opened;
  for (size_t i = 0; i < connections; ++i) opened.push_back(Open(dsn));
  std::mutex mu;
  std::exception_ptr failure;
  std::vector<std::thread> threads;
  const absl::Time start = absl::Now();
  for (size_t i = 0; i < connections; ++i) {
    threads.emplace_back([&, i] {
      try {
        for (const std::string& bytes : shares[i]) CopyPart(opened[i].get(), target, bytes);
      } catch (...) {
        std::lock_guard lock(mu);
        failure = std::current_exception();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
  return RowsASecond(lines.size(), start);
}

}  // namespace zhenhui::bench
