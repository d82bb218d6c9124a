#include "gateway/transcoding/well_known.h"

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/field_mask_util.h>
#include <google/protobuf/util/time_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "gateway/transcoding/json_text.h"

namespace zhenhui::gateway::transcoding {
namespace {

constexpr int kMaxStructLevels = 100;

template <typename Message>
bool ParseKnown(std::string_view bytes, Message* message) {
  return message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

// ".5", ".000001": as protobuf does, 0, 3, 6 or 9 digits.
void AppendNanos(int32_t nanos, std::string* out) {
  if (nanos == 0) return;
  if (nanos % 1'000'000 == 0) return absl::StrAppend(out, absl::StrFormat(".%03d", nanos / 1'000'000));
  if (nanos % 1'000 == 0) return absl::StrAppend(out, absl::StrFormat(".%06d", nanos / 1'000));
  absl::StrAppend(out, absl::StrFormat(".%09d", nanos));
}

bool AppendTimestamp(std::string_view bytes, std::string* out) {
  constexpr int64_t kMin = -62'135'596'800;  // 0001-01-01
  constexpr int64_t kMax = 253'402'300'799;  // the end of 9999
  pb::Timestamp time;
  if (!ParseKnown(bytes, &time)) return false;
  if (time.seconds() < kMin || time.seconds() > kMax || time.nanos() < 0 || time.nanos() > 999'999'999)
    return false;
  const absl::CivilSecond civil = absl::CivilSecond(1970, 1, 1) + time.seconds();
  absl::StrAppend(out, "\"",
                  absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02d", civil.year(), civil.month(), civil.day(),
                                  civil.hour(), civil.minute(), civil.second()));
  AppendNanos(time.nanos(), out);
  absl::StrAppend(out, "Z\"");
  return true;
}

bool AppendDuration(std::string_view bytes, std::string* out) {
  constexpr int64_t kMax = 315'576'000'000;
  pb::Duration duration;
  if (!ParseKnown(bytes, &duration)) return false;
  const int64_t seconds = duration.seconds();
  const int32_t nanos = duration.nanos();
  if (seconds < -kMax || seconds > kMax || nanos < -999'999'999 || nanos > 999'999'999) return false;
  if ((seconds < 0 && nanos > 0) || (seconds > 0 && nanos < 0)) return false;
  absl::StrAppend(out, seconds < 0 || nanos < 0 ? "\"-" : "\"", seconds < 0 ? -seconds : seconds);
  AppendNanos(nanos < 0 ? -nanos : nanos, out);
  absl::StrAppend(out, "s\"");
  return true;
}

bool AppendFieldMask(std::string_view bytes, std::string* out) {
  pb::FieldMask mask;
  std::string text;
  if (!ParseKnown(bytes, &mask) || !pb::util::FieldMaskUtil::ToJsonString(mask, &text)) return false;
  return AppendJsonString(text, out);
}

bool AppendValue(const pb::Value& value, int levels, std::string* out);

bool AppendStruct(const pb::Struct& structure, int levels, std::string* out) {
  out->push_back('{');
  bool comma = false;
  for (const auto& [key, value] : structure.fields()) {
    if (comma) out->push_back(',');
    comma = true;
    if (!AppendJsonString(key, out)) return false;
    out->push_back(':');
    if (!AppendValue(value, levels - 1, out)) return false;
  }
  out->push_back('}');
  return true;
}

bool AppendList(const pb::ListValue& list, int levels, std::string* out) {
  out->push_back('[');
  bool comma = false;
  for (const pb::Value& value : list.values()) {
    if (comma) out->push_back(',');
    comma = true;
    if (!AppendValue(value, levels - 1, out)) return false;
  }
  out->push_back(']');
  return true;
}

bool AppendValue(const pb::Value& value, int levels, std::string* out) {
  if (levels < 0) return false;
  switch (value.kind_case()) {
    case pb::Value::kNumberValue:
      AppendDouble(value.number_value(), out);
      return true;
    case pb::Value::kStringValue:
      return AppendJsonString(value.string_value(), out);
    case pb::Value::kBoolValue:
      out->append(value.bool_value() ? "true" : "false");
      return true;
    case pb::Value::kStructValue:
      return AppendStruct(value.struct_value(), levels, out);
    case pb::Value::kListValue:
      return AppendList(value.list_value(), levels, out);
    default:
      out->append("null");
      return true;
  }
}

}  // namespace

bool AppendWellKnown(Shape shape, std::string_view bytes, std::string* out) {
  switch (shape) {
    case Shape::kTimestamp:
      return AppendTimestamp(bytes, out);
    case Shape::kDuration:
      return AppendDuration(bytes, out);
    case Shape::kFieldMask:
      return AppendFieldMask(bytes, out);
    case Shape::kStruct: {
      pb::Struct structure;
      return ParseKnown(bytes, &structure) && AppendStruct(structure, kMaxStructLevels, out);
    }
    case Shape::kListValue: {
      pb::ListValue list;
      return ParseKnown(bytes, &list) && AppendList(list, kMaxStructLevels, out);
    }
    case Shape::kValue: {
      pb::Value value;
      return ParseKnown(bytes, &value) && AppendValue(value, kMaxStructLevels, out);
    }
    default:
      return false;
  }
}

std::optional<std::string> WellKnownFromText(Shape shape, std::string_view text) {
  const std::string copy(text);
  if (shape == Shape::kTimestamp) {
    pb::Timestamp time;
    if (!pb::util::TimeUtil::FromString(copy, &time)) return std::nullopt;
    return time.SerializeAsString();
  }
  if (shape == Shape::kDuration) {
    pb::Duration duration;
    if (!pb::util::TimeUtil::FromString(copy, &duration)) return std::nullopt;
    return duration.SerializeAsString();
  }
  if (shape != Shape::kFieldMask) return std::nullopt;
  pb::FieldMask mask;
  if (copy.find('_') != std::string::npos) {
    pb::util::FieldMaskUtil::FromString(copy, &mask);
  } else if (!pb::util::FieldMaskUtil::FromJsonString(copy, &mask)) {
    return std::nullopt;
  }
  return mask.SerializeAsString();
}

}  // namespace zhenhui::gateway::transcoding
