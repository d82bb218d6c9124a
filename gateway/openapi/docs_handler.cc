#include "gateway/openapi/docs_handler.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/digest/sha256.h"
#include "gateway/http/content.h"
#include "gateway/http/errors.h"
#include "gateway/openapi/document.h"
#include "gateway/openapi/page.h"

namespace zhenhui::gateway::openapi {
namespace {

struct Doc {
  std::string content_type;
  std::shared_ptr<const std::string> text;
  std::string etag;
};

using Docs = std::map<std::string, Doc, std::less<>>;

Doc MakeDoc(std::string content_type, std::string text) {
  // Weak: the same text may come compressed.
  const std::string etag = absl::StrCat("W/\"", Sha256Hex(text).substr(0, 32), "\"");
  return {std::move(content_type), std::make_shared<const std::string>(std::move(text)), etag};
}

http::Response Answer(const Docs& docs, const http::Request& request) {
  const auto doc = docs.find(request.path);
  if (doc == docs.end()) {
    return http::ErrorAnswer({404, "NOT_FOUND", "ROUTE_NOT_FOUND", "这里没有文件；接口说明在 /api。",
                              "Nothing is here; the API is described at /api."});
  }
  if (request.method != "GET" && request.method != "HEAD") {
    http::Response response = http::ErrorAnswer(
        {405, "UNIMPLEMENTED", "METHOD_NOT_ALLOWED", "此处只接受 GET。", "Only GET is taken here."});
    response.headers.Add("allow", "GET, HEAD");
    return response;
  }
  http::Response response;
  response.headers = {{"etag", doc->second.etag}, {"cache-control", "no-cache"}};
  if (http::ETagMatches(request.headers, doc->second.etag)) {
    response.status = 304;
    return response;
  }
  response.headers.Add("content-type", doc->second.content_type);
  response.stored = doc->second.text;
  return response;
}

http::asio::awaitable<void> Serve(std::shared_ptr<const Docs> docs, http::Exchange& exchange) {
  http::Response response = Answer(*docs, exchange.request());
  co_await exchange.Send(std::move(response));
}

}  // namespace

http::Handler MakeDocsHandler(const transcoding::Transcoder& transcoder) {
  const Json document = MakeDocument(transcoder);
  auto docs = std::make_shared<Docs>();
  (*docs)["/openapi.json"] = MakeDoc("application/json", document.dump(1) + "\n");
  (*docs)["/api"] = MakeDoc("text/html; charset=utf-8", MakePage(document));
  (*docs)["/api/style.css"] = MakeDoc("text/css; charset=utf-8", std::string(PageStyle()));
  return [docs = std::shared_ptr<const Docs>(std::move(docs))](http::Exchange& exchange) {
    return Serve(docs, exchange);
  };
}

}  // namespace zhenhui::gateway::openapi
