#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace zhenhui::bench {

// PostgreSQL at its plainest: COPY of ready-made lines through libpq, with nothing else done. All functions
// throw.

void Execute(const std::string& dsn, const std::string& sql);
// The first field of the first row.
std::string Ask(const std::string& dsn, const std::string& sql);
// The same again and again over one connection: making one costs the server more than most answers.
std::function<std::string()> Asking(const std::string& dsn, const std::string& sql);

// The lines of `COPY (query) TO STDOUT`, each with its newline.
std::vector<std::string> ReadLines(const std::string& dsn, const std::string& query);

// Runs `COPY (query) TO STDOUT` over one connection and forgets what comes. Returns rows a second.
double CopyOut(const std::string& dsn, const std::string& query);

// `COPY target FROM STDIN` of all lines, `per_transaction` of them in each transaction, over so many
// connections at once. Returns rows a second.
double CopyIn(const std::string& dsn, const std::string& target, const std::vector<std::string>& lines,
              size_t per_transaction, size_t connections);

}  // namespace zhenhui::bench
