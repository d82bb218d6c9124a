#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/http/headers.h"

namespace zhenhui::testing {

struct HttpAnswer {
  int status = 0;  // 0: the server closed without an answer
  gateway::http::Headers headers;
  std::string body;    // chunks joined; as it came, perhaps compressed
  bool whole = false;  // ended as HTTP says, not by a cut
};

// A client that blocks and sends exactly the bytes that a test wants. Throws std::runtime_error when the
// server says nothing for 30 s, which no test waits for on purpose. Not thread-safe.
class HttpClient {
 public:
  struct Options {
    std::string tls_ca = {};       // PEM of the authority; not empty: TLS
    int receive_buffer_bytes = 0;  // not 0: of the socket, for tests of slow readers
  };
  explicit HttpClient(int port) : HttpClient(port, Options()) {}
  HttpClient(int port, const Options& options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // False when the server has closed.
  bool Send(std::string_view bytes);
  // Sends nothing more; goes on reading.
  void FinishSending();
  void Close();

  // The next answer. `to_head`: it answers a HEAD, so no body follows.
  HttpAnswer Read(bool to_head = false);
  // Only the lines before the body: for streams.
  HttpAnswer ReadHead();
  // The next chunk of a stream; empty: its end, or a cut.
  std::string ReadChunk();
  // Whether the server closes without another byte.
  bool ReadsEnd();

  // Send and Read.
  HttpAnswer Get(std::string_view path, std::string_view more_headers = "");
  HttpAnswer Request(std::string_view method, std::string_view path, std::string_view more_headers,
                     std::string_view body);

 private:
  struct Tls;
  bool Fill();  // false at the end
  std::string Line();
  std::string Bytes(std::size_t count, bool* whole);

  int socket_ = -1;
  std::unique_ptr<Tls> tls_;
  std::string buffer_;
};

// What gzip bytes hold; "(damaged)" if they are none.
std::string Gunzip(std::string_view bytes);

}  // namespace zhenhui::testing
