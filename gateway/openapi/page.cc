#include "gateway/openapi/page.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/text/html.h"

namespace zhenhui::gateway::openapi {
namespace {

constexpr char kSchemaPrefix[] = "#/components/schemas/";

std::string TextOf(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// Paragraphs, lists and `code` of a comment.
std::string Paragraphs(const std::string& text) {
  std::string html;
  for (const absl::string_view paragraph : absl::StrSplit(text, "\n\n", absl::SkipEmpty())) {
    std::string inner;
    bool code = false;
    for (const char c : paragraph) {
      if (c == '`') {
        inner += (code = !code) ? "<code>" : "</code>";
      } else if (c == '\n') {
        inner += "<br>";
      } else {
        inner += HtmlText(std::string_view(&c, 1));
      }
    }
    absl::StrAppend(&html, "<p>", inner, code ? "</code>" : "", "</p>");
  }
  return html;
}

// "list of <a>reporting.v1.Figure</a>".
std::string TypeOf(const Json& schema) {
  if (const std::string reference = TextOf(schema, "$ref"); !reference.empty()) {
    const std::string name = HtmlText(reference.substr(sizeof(kSchemaPrefix) - 1));
    return absl::StrCat("<a href=\"#schema-", name, "\">", name, "</a>");
  }
  const std::string type = TextOf(schema, "type");
  if (type == "array") return absl::StrCat("列表 list: ", TypeOf(schema["items"]));
  if (const auto values = schema.find("additionalProperties");
      values != schema.end() && values->is_object()) {
    return absl::StrCat("映射 map: ", TypeOf(*values));
  }
  const std::string format = TextOf(schema, "format");
  return HtmlText(format.empty() ? type : absl::StrCat(type, " (", format, ")"));
}

std::string Row(const std::string& name, const Json& schema, const std::string& description, bool required) {
  return absl::StrCat("<tr><th scope=\"row\"><code>", HtmlText(name), "</code>",
                      required ? "<span class=\"required\">必填 required</span>" : "", "</th><td>",
                      TypeOf(schema), "</td><td>", Paragraphs(description), "</td></tr>");
}

constexpr char kTableHead[] =
    "<table><thead><tr><th scope=\"col\">名称 name</th><th scope=\"col\">类型 type</th><th "
    "scope=\"col\">说明 "
    "description</th></tr></thead><tbody>";

std::string Properties(const Json& schema) {
  if (!schema.contains("properties") || schema["properties"].empty()) return "";
  std::string html = kTableHead;
  for (const auto& [name, property] : schema["properties"].items()) {
    bool required = false;
    if (schema.contains("required")) {
      for (const Json& other : schema["required"]) required |= other == name;
    }
    html += Row(name, property, TextOf(property, "description"), required);
  }
  return html + "</tbody></table>";
}

std::string ParametersHtml(const Json& parameters) {
  std::string html;
  for (const Json& parameter : parameters) {
    if (parameter.contains("$ref")) continue;  // the time limit, which every operation has
    html += Row(TextOf(parameter, "name"), parameter["schema"], TextOf(parameter, "description"),
                parameter["required"]);
  }
  return html.empty() ? "" : absl::StrCat("<h4>参数 parameters</h4>", kTableHead, html, "</tbody></table>");
}

std::string Contents(const Json& content) {
  std::string html = "<ul>";
  for (const auto& [type, media] : content.items()) {
    const Json& schema = media["schema"];
    absl::StrAppend(&html, "<li><code>", HtmlText(type), "</code> ",
                    schema.contains("properties") ? "" : TypeOf(schema), Properties(schema), "</li>");
  }
  return html + "</ul>";
}

std::string OperationHtml(const std::string& path, const std::string& method, const Json& operation) {
  std::string html = absl::StrCat(
      "<article id=\"", HtmlText(TextOf(operation, "operationId")), "\"><h3><span class=\"method ", method,
      "\">", absl::AsciiStrToUpper(method), "</span> <code>", HtmlText(path), "</code></h3>",
      Paragraphs(TextOf(operation, "description")), ParametersHtml(operation["parameters"]));
  if (operation.contains("requestBody")) {
    absl::StrAppend(&html, "<h4>请求体 body</h4>", Contents(operation["requestBody"]["content"]));
  }
  const Json& answer = operation["responses"]["200"];
  absl::StrAppend(&html, "<h4>应答 answer</h4>", Paragraphs(TextOf(answer, "description")),
                  Contents(answer["content"]), "</article>");
  return html;
}

// Calls back with path, method and operation of each operation with the tag.
template <typename Callback>
void EachOperation(const Json& document, const std::string& tag, Callback callback) {
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      if (operation["tags"][0] == tag) callback(path, method, operation);
    }
  }
}

std::string Navigation(const Json& document) {
  std::string html = "<nav aria-label=\"目录 contents\">";
  for (const Json& tag : document["tags"]) {
    const std::string name = TextOf(tag, "name");
    absl::StrAppend(&html, "<h2><a href=\"#tag-", name, "\">", HtmlText(name), "</a></h2><ul>");
    EachOperation(document, name, [&](const std::string&, const std::string& method, const Json& operation) {
      absl::StrAppend(&html, "<li><a href=\"#", TextOf(operation, "operationId"), "\"><span class=\"method ",
                      method, "\">", absl::AsciiStrToUpper(method), "</span> ",
                      HtmlText(TextOf(operation, "summary")), "</a></li>");
    });
    html += "</ul>";
  }
  return html + "<h2><a href=\"#schemas\">类型 types</a></h2></nav>";
}

}  // namespace

std::string MakePage(const Json& document) {
  std::string html = absl::StrCat(
      "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\"><title>镇汇接口说明 Zhenhui API</title><link "
      "rel=\"stylesheet\" "
      "href=\"/api/style.css\"></head><body><header><h1>镇汇接口说明 <span lang=\"en\">Zhenhui "
      "API</span></h1><p>本页由接口定义自动"
      "生成，机器可读版本见 <a href=\"/openapi.json\">/openapi.json</a>。 <span lang=\"en\">Generated from "
      "the interface definitions; "
      "for programs there is <a href=\"/openapi.json\">/openapi.json</a>.</span></p></header>",
      Navigation(document), "<main>", Paragraphs(TextOf(document["info"], "description")));
  for (const Json& tag : document["tags"]) {
    const std::string name = TextOf(tag, "name");
    absl::StrAppend(&html, "<section id=\"tag-", name, "\"><h2>", HtmlText(name), "</h2>",
                    Paragraphs(TextOf(tag, "description")));
    EachOperation(document, name,
                  [&](const std::string& path, const std::string& method, const Json& operation) {
                    html += OperationHtml(path, method, operation);
                  });
    html += "</section>";
  }
  html += "<section id=\"schemas\"><h2>类型 types</h2>";
  for (const auto& [name, schema] : document["components"]["schemas"].items()) {
    absl::StrAppend(&html, "<article id=\"schema-", HtmlText(name), "\"><h3><code>", HtmlText(name),
                    "</code></h3>", Paragraphs(TextOf(schema, "description")), Properties(schema),
                    "</article>");
  }
  return html + "</section></main></body></html>\n";
}

std::string_view PageStyle() {
  return R"(:root { color-scheme: light dark; --line: #8886; --accent: #1f6f50; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; display: grid;
  grid-template: "header header" auto "nav main" 1fr / 20rem minmax(0, 1fr); }
header { grid-area: header; padding: 1rem 2rem; border-bottom: 1px solid var(--line); }
header h1 { margin: 0; font-size: 1.5rem; }
header p { margin: .25rem 0 0; }
nav { grid-area: nav; padding: 1rem; border-right: 1px solid var(--line); max-height: 100vh; overflow: auto; position: sticky; top: 0; }
nav h2 { font-size: 1rem; margin: 1rem 0 .25rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { margin: .15rem 0; line-height: 1.35; }
nav a { text-decoration: none; color: inherit; }
nav a:hover, nav a:focus { text-decoration: underline; }
main { grid-area: main; padding: 1rem 2rem; max-width: 72rem; }
article { border-top: 1px solid var(--line); padding: .5rem 0 1.5rem; }
h3 { overflow-wrap: anywhere; }
code { font-family: ui-monospace, Consolas, monospace; font-size: .93em; }
.method { display: inline-block; min-width: 3.4rem; padding: 0 .35rem; border-radius: .25rem; border: 1px solid currentColor;
  font: 600 .72rem/1.5 ui-monospace, monospace; text-align: center; }
.get { color: #1f6f50; } .post { color: #1d5fa8; } .patch, .put { color: #8a5a00; } .delete { color: #b3261e; }
@media (prefers-color-scheme: dark) { .get { color: #7fd1ae; } .post { color: #8ec1ff; } .patch, .put { color: #ffc966; } .delete { color: #ff9d94; } }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td p { margin: 0; }
.required { display: block; font-size: .75rem; font-weight: 400; }
:target { scroll-margin-top: 1rem; outline: 2px solid var(--accent); outline-offset: .5rem; }
@media (max-width: 60rem) { body { display: block; } nav { position: static; max-height: 14rem; border-right: 0; border-bottom: 1px solid var(--line); } main { padding: 1rem; } }
@media print { body { display: block; } nav { display: none; } }
)";
}

}  // namespace zhenhui::gateway::openapi
