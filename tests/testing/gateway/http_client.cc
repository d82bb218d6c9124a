#include "tests/testing/gateway/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <stdexcept>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"

namespace zhenhui::testing {
namespace {

constexpr timeval kPatience = {.tv_sec = 30, .tv_usec = 0};

int Connect(int port, int receive_buffer_bytes) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  if (receive_buffer_bytes > 0) {
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
  }
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(fd);
    throw std::runtime_error("cannot connect to the server under test");
  }
  return fd;
}

}  // namespace

struct HttpClient::Tls {
  Tls(int socket, const std::string& ca) : context(SSL_CTX_new(TLS_client_method())), ssl(SSL_new(context)) {
    BIO* bio = BIO_new_mem_buf(ca.data(), static_cast<int>(ca.size()));
    X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate);
    X509_free(certificate);
    BIO_free(bio);
    SSL_set_verify(ssl, SSL_VERIFY_PEER, nullptr);
    SSL_set1_host(ssl, "localhost");
    SSL_set_fd(ssl, socket);
    if (SSL_connect(ssl) != 1) throw std::runtime_error("the TLS handshake failed");
  }
  ~Tls() {
    SSL_free(ssl);
    SSL_CTX_free(context);
  }
  SSL_CTX* context;
  SSL* ssl;
};

HttpClient::HttpClient(int port, const Options& options)
    : socket_(Connect(port, options.receive_buffer_bytes)) {
  if (!options.tls_ca.empty()) tls_ = std::make_unique<Tls>(socket_, options.tls_ca);
}

HttpClient::~HttpClient() { Close(); }

void HttpClient::Close() {
  tls_.reset();
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

bool HttpClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = tls_ ? SSL_write(tls_->ssl, bytes.data(), static_cast<int>(bytes.size()))
                              : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void HttpClient::FinishSending() { ::shutdown(socket_, SHUT_WR); }

bool HttpClient::Fill() {
  std::array<char, 16 << 10> room;
  const ssize_t got =
      tls_ ? SSL_read(tls_->ssl, room.data(), room.size()) : ::recv(socket_, room.data(), room.size(), 0);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    throw std::runtime_error("the server says nothing");
  if (got <= 0) return false;
  buffer_.append(room.data(), static_cast<std::size_t>(got));
  return true;
}

// Without its line break; what there is at the end.
std::string HttpClient::Line() {
  std::size_t end;
  while ((end = buffer_.find("\r\n")) == std::string::npos && Fill()) {
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end == std::string::npos ? end : end + 2);
  return line;
}

std::string HttpClient::Bytes(std::size_t count, bool* whole) {
  while (buffer_.size() < count && Fill()) {
  }
  *whole = buffer_.size() >= count;
  std::string bytes = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return bytes;
}

HttpAnswer HttpClient::ReadHead() {
  HttpAnswer answer;
  const std::string status = Line();
  if (!status.starts_with("HTTP/1.1 ") || !absl::SimpleAtoi(status.substr(9, 3), &answer.status))
    return answer;
  for (std::string line = Line(); !line.empty(); line = Line()) {
    const std::size_t colon = line.find(':');
    answer.headers.Add(line.substr(0, colon),
                       std::string(absl::StripAsciiWhitespace(line.substr(colon + 1))));
  }
  return answer;
}

std::string HttpClient::ReadChunk() {
  std::size_t size = 0;
  if (!absl::SimpleHexAtoi(Line(), &size)) return {};
  bool whole = false;
  std::string chunk = Bytes(size, &whole);
  Line();
  return chunk;
}

HttpAnswer HttpClient::Read(bool to_head) {
  HttpAnswer answer = ReadHead();
  if (to_head || answer.status == 0 || answer.status == 204 || answer.status == 304 || answer.status < 200) {
    answer.whole = answer.status != 0;
    return answer;
  }
  std::size_t length = 0;
  if (absl::SimpleAtoi(Absl(answer.headers.Find("content-length")), &length)) {
    answer.body = Bytes(length, &answer.whole);
  } else if (answer.headers.Find("transfer-encoding") == "chunked") {
    for (;;) {
      const std::string size_line = Line();
      if (!absl::SimpleHexAtoi(size_line, &length)) return answer;  // cut
      bool whole = false;
      answer.body += Bytes(length, &whole);
      if (!whole) return answer;
      Line();
      if (length == 0) break;
    }
    answer.whole = true;
  } else {
    while (Fill()) {
    }
    answer.body = std::exchange(buffer_, {});
    answer.whole = true;
  }
  return answer;
}

bool HttpClient::ReadsEnd() { return buffer_.empty() && !Fill(); }

HttpAnswer HttpClient::Get(std::string_view path, std::string_view more_headers) {
  return Request("GET", path, more_headers, "");
}

HttpAnswer HttpClient::Request(std::string_view method, std::string_view path, std::string_view more_headers,
                               std::string_view body) {
  std::string text =
      absl::StrCat(Absl(method), " ", Absl(path), " HTTP/1.1\r\nhost: localhost\r\n", Absl(more_headers));
  if (!body.empty()) absl::StrAppend(&text, "content-length: ", body.size(), "\r\n");
  absl::StrAppend(&text, "\r\n", Absl(body));
  Send(text);
  return Read(method == "HEAD");
}

std::string Gunzip(std::string_view bytes) {
  z_stream stream = {};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return "(damaged)";
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::array<char, 16 << 10> room;
  int result = Z_OK;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(room.data());
    stream.avail_out = room.size();
    result = inflate(&stream, Z_SYNC_FLUSH);
    out.append(room.data(), room.size() - stream.avail_out);
  } while (result == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0));
  inflateEnd(&stream);
  return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR ? out : "(damaged)";
}

}  // namespace zhenhui::testing
