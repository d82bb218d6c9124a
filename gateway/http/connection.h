#pragma once

#include <memory>
#include <string>

#include "gateway/http/request_reader.h"
#include "gateway/http/server_exchange.h"
#include "gateway/http/worker.h"

namespace zhenhui::gateway::http {

// One client's connection: reads requests one after another and has each answered. Lives as long as its
// coroutine.
class Connection {
 public:
  // `welcome` false: it is only told that there are too many.
  static void Start(Worker& worker, Shared& shared, asio::ip::tcp::socket socket, bool welcome);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // On the worker's thread.
  void Tick(SteadyClock::time_point now) { wire_->Tick(now); }
  void Drain();
  void Cut() { wire_->Close(); }

 private:
  enum class Phase { kIdle, kHeader, kBody };
  enum class Reading { kRequest, kProblem, kClosed };

  Connection(Worker& worker, Shared& shared, asio::ip::tcp::socket socket);
  // Keeps the connection alive by its parameter.
  static asio::awaitable<void> Run(std::shared_ptr<Connection> self, bool welcome);
  asio::awaitable<void> Converse(bool welcome);
  asio::awaitable<Reading> ReadRequest();
  void Enter(Phase phase);
  void OnLate(Phase phase);
  asio::awaitable<bool> Serve(Request request, Manner manner);
  asio::awaitable<void> Handle(ServerExchange& exchange);
  asio::awaitable<void> Refuse(Problem problem, int retry_after_seconds);
  asio::awaitable<void> CloseGently();

  Worker& worker_;
  Shared& shared_;
  std::string peer_;
  const std::shared_ptr<Wire> wire_;
  RequestReader reader_;
  Problem problem_ = {};
  bool late_ = false;
  ServerExchange* exchange_ = nullptr;  // under way
};

}  // namespace zhenhui::gateway::http
