#pragma once
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Leaves the function with the error if `expr` (an absl::Status) is not OK.
#define RETURN_IF_ERROR(expr)                                 \
  do {                                                        \
    if (absl::Status zh_status_ = (expr); !zh_status_.ok()) { \
      return zh_status_;                                      \
    }                                                         \
  } while (false)

// Unwraps an absl::StatusOr into `lhs`, or leaves the function with its error:
//   ASSIGN_OR_RETURN(const Date date, ParseDate(text));
// It is several statements: not for the body of an `if` without braces.
#define ASSIGN_OR_RETURN(lhs, ...) \
  ZH_ASSIGN_OR_RETURN_(ZH_STATUS_CONCAT_(zh_statusor_, __LINE__), lhs, __VA_ARGS__)

#define ZH_ASSIGN_OR_RETURN_(tmp, lhs, ...)      \
  auto tmp = (__VA_ARGS__);                      \
  if (!tmp.ok()) return std::move(tmp).status(); \
  lhs = *std::move(tmp)
#define ZH_STATUS_CONCAT_(a, b) ZH_STATUS_CONCAT_IMPL_(a, b)
#define ZH_STATUS_CONCAT_IMPL_(a, b) a##b
