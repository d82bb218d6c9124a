#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "samples/sample_district.h"

// Writes the sample district as CSV files.
int main(int argc, char** argv) {
  CLI::App app("写出示例区县的 CSV 文件 / Writes the sample district (invented figures) as CSV files",
               "zhenhui-sample");
  std::string directory;
  app.add_option("--out", directory, "目标文件夹 / the folder to write into, made if it is not there")
      ->required();
  CLI11_PARSE(app, argc, argv);

  const auto files = zhenhui::samples::SampleFiles(zhenhui::samples::MakeSampleDistrict());
  const absl::Status status = zhenhui::samples::WriteFiles(files, directory);
  if (!status.ok()) {
    std::cerr << "写入失败 / " << status.message() << "\n";
    return 1;
  }
  for (const auto& [name, content] : files) std::cout << directory << "/" << name << "\n";
  return 0;
}
