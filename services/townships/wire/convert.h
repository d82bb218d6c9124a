#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/status/reason.h"
#include "services/townships/domain/records.h"
#include "zhenhui/townships/v1/change.pb.h"
#include "zhenhui/townships/v1/district.pb.h"
#include "zhenhui/townships/v1/roster_entry.pb.h"
#include "zhenhui/townships/v1/township.pb.h"
#include "zhenhui/townships/v1/village.pb.h"

// Between the domain's records and the public messages. Used at both borders: by rpc/ for requests and
// answers, by storage/ for the stored bytes (a serialised TownshipRecord without revision, etag and reason).
namespace zhenhui::townships {

// What a message says, with what could not be read (CODE_INVALID, NAME_INVALID, DATE_MALFORMED). A field with
// a violation keeps its default in `value`.
template <typename T>
struct Read {
  T value;
  std::vector<FieldViolation> violations;
};

Read<District> FromProto(const v1::District& message);
Read<Township> FromProto(const v1::Township& message);
Read<Village> FromProto(const v1::Village& message);
Read<Population> FromProto(const v1::Population& message);
Read<RosterEntry> FromProto(const v1::RosterEntry& message);

v1::District ToProto(const StoredDistrict& stored);

// Fills one of Township, Village, Population, RosterEntry from a record of that type, with etag and revision.
void ToProto(const Stored& stored, v1::Township* out);
void ToProto(const Stored& stored, v1::Village* out);
void ToProto(const Stored& stored, v1::Population* out);
void ToProto(const Stored& stored, v1::RosterEntry* out);

std::string EncodeRecord(const Record& record);
// INTERNAL, reason RECORD_DAMAGED, for bytes that EncodeRecord did not make.
absl::StatusOr<Record> DecodeRecord(const std::string& bytes);

}  // namespace zhenhui::townships
