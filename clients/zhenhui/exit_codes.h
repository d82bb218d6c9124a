#pragma once
namespace zhenhui::cli {

// What the program returns; scripts and jobs rely on these numbers. Documented in --help and README.md.
enum ExitCode : int {
  kExitOk = 0,
  kExitSomeRefused = 1,  // some records were refused; the rest is stored
  kExitUsage = 2,        // wrong options, or a file that cannot be read or written
  kExitRefused = 3,      // the server refused: permission, bad request, not found
  kExitUnavailable = 4,  // no connection or out of time: safe to run again
  kExitDifferences = 5,  // a verification or the check of a report found differences
  kExitBlocked = 6,      // a year cannot be closed yet; what is missing was listed
};

}  // namespace zhenhui::cli
