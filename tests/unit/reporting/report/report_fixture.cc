#include "tests/unit/reporting/report/report_fixture.h"

#include <gtest/gtest.h>
#include <zip.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "services/reporting/catalogue/shipped_metrics.h"
#include "services/reporting/report/report.h"

namespace zhenhui::testing {
namespace {

using nlohmann::json;
using reporting::DistrictYear;
using reporting::Figure;
using reporting::FigureState;
using reporting::MetricType;
using reporting::YearMetric;

MetricType TypeOf(const std::string& name) {
  for (const MetricType type : {MetricType::kFlow, MetricType::kStock, MetricType::kRatio}) {
    if (name == reporting::MetricTypeName(type)) return type;
  }
  return MetricType::kDistinct;
}

YearMetric ReadMetric(const json& from) {
  YearMetric metric;
  metric.code = from.at("code");
  metric.version = from.at("version");
  metric.core = from.at("tier") == "core";
  metric.section = from.at("section");
  metric.name = {from.at("name_zh"), from.at("name_en")};
  metric.unit = {from.at("unit_zh"), from.at("unit_en")};
  metric.definition = {from.at("definition_zh"), from.at("definition_en")};
  metric.type = TypeOf(from.at("type"));
  metric.ratio_scale = from.value("ratio_scale", 1);
  metric.decimal_shift = from.value("decimal_shift", 0);
  return metric;
}

std::vector<YearMetric> ShippedYearMetrics() {
  std::vector<YearMetric> metrics;
  const json catalogue = json::parse(reporting::ShippedMetrics());
  for (const json& metric : catalogue.at("metrics")) metrics.push_back(ReadMetric(metric));
  std::sort(metrics.begin(), metrics.end(),
            [](const YearMetric& a, const YearMetric& b) { return a.code < b.code; });
  return metrics;
}

void Append(pugi::xml_node node, std::string* text) {
  for (const pugi::xpath_node& run : node.select_nodes(".//w:t")) *text += run.node().text().get();
}

}  // namespace

DistrictYear InventedYear(int year) {
  DistrictYear invented;
  invented.district = "630106";
  invented.name_zh = "湟中区";
  invented.year = year;
  invented.catalogue_version = 1;
  invented.metrics = ShippedYearMetrics();
  int64_t next = 1000;
  for (const auto& [code, name] : {std::pair("630106101", "上新庄镇"), std::pair("630106102", "鲁沙尔镇"),
                                   std::pair("630106200", "群加藏族乡")}) {
    reporting::TownYear town;
    town.code = code;
    town.name_zh = name;
    town.revisions[reporting::Feed::kActivities] = 120;
    town.revisions[reporting::Feed::kTownships] = 45;
    town.villages = 34;
    town.residents = 20'000;
    for (const YearMetric& metric : invented.metrics) {
      reporting::YearFigures& figures = town.figures.emplace_back();
      // Two places of a quotient still tell neighbours apart.
      const int64_t denominator = metric.ratio_scale == 100 ? 9973 : 97;
      for (Figure& figure : figures)
        figure = Value(next++, metric.type == MetricType::kRatio ? denominator : 0);
    }
    invented.towns.push_back(std::move(town));
  }
  return invented;
}

void SetFigure(DistrictYear* year, size_t town, std::string_view metric, const Figure& figure) {
  year->towns[town].figures[reporting::FindMetric(*year, metric).value()][0] = figure;
}

const Figure& FigureOf(const DistrictYear& year, size_t town, std::string_view metric) {
  return year.towns[town].figures[reporting::FindMetric(year, metric).value()][0];
}

const YearMetric& MetricOf(const DistrictYear& year, std::string_view metric) {
  return year.metrics[reporting::FindMetric(year, metric).value()];
}

reporting::report::ReportInput TownInput(const DistrictYear& year) {
  reporting::report::ReportInput input = DistrictInput(year);
  input.township = year.towns.front().code;
  return input;
}

reporting::report::ReportInput DistrictInput(const DistrictYear& year) {
  reporting::report::ReportInput input;
  input.year = &year;
  input.cut_off = Date(2025, 1, 8);
  input.generation = 1;
  input.certificate_digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  return input;
}

const reporting::report::Templates& BuiltInTemplates() {
  static const std::unique_ptr<reporting::report::Templates> templates = [] {
    std::vector<std::string> codes;
    for (const YearMetric& metric : ShippedYearMetrics()) codes.push_back(metric.code);
    auto loaded = reporting::report::Templates::Load({}, codes);
    if (!loaded.ok()) {
      ADD_FAILURE() << loaded.status().ToString();
      std::abort();
    }
    return *std::move(loaded);
  }();
  return *templates;
}

std::string Rendered(reporting::report::Format format, const reporting::report::ReportInput& input) {
  auto report = reporting::report::Render(format, input, BuiltInTemplates());
  EXPECT_TRUE(report.ok()) << report.status().ToString();
  return report.ok() ? std::move(report->content) : "";
}

std::string ZipPart(const std::string& archive, const char* name) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(archive.data(), archive.size(), 0, &error);
  zip_t* zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip == nullptr) {
    zip_source_free(source);
    return "";
  }
  std::string content;
  zip_stat_t stat;
  if (zip_file_t* file = zip_fopen(zip, name, 0); file != nullptr && zip_stat(zip, name, 0, &stat) == 0) {
    content.resize(stat.size);
    EXPECT_EQ(zip_fread(file, content.data(), content.size()), static_cast<zip_int64_t>(content.size()));
    zip_fclose(file);
  }
  zip_discard(zip);
  return content;
}

std::string DocxText(const std::string& docx) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(ZipPart(docx, "word/document.xml").c_str()));
  std::string text;
  for (const pugi::xpath_node& paragraph : document.select_nodes("/w:document/w:body/w:p")) {
    Append(paragraph.node(), &text);
    text += '\n';
  }
  return text;
}

std::string DocxTables(const std::string& docx) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(ZipPart(docx, "word/document.xml").c_str()));
  std::string text;
  for (const pugi::xpath_node& row : document.select_nodes("//w:tr")) {
    for (pugi::xml_node cell : row.node().children("w:tc")) {
      Append(cell, &text);
      text += '|';
    }
    text += '\n';
  }
  return text;
}

int Count(std::string_view whole, std::string_view part) {
  int count = 0;
  for (size_t at = whole.find(part); at != std::string_view::npos; at = whole.find(part, at + part.size()))
    ++count;
  return count;
}

int CountNumber(std::string_view whole, std::string_view number) {
  const auto digit = [&](size_t at) {
    return at < whole.size() &&
           (std::isdigit(static_cast<unsigned char>(whole[at])) != 0 || whole[at] == '.');
  };
  int count = 0;
  for (size_t at = whole.find(number); at != std::string_view::npos; at = whole.find(number, at + 1)) {
    const bool longer = (at > 0 && digit(at - 1)) || digit(at + number.size());
    count += longer ? 0 : 1;
  }
  return count;
}

}  // namespace zhenhui::testing
