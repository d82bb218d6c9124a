#pragma once
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/auth/policy.h"
#include "common/rpc/call.h"
#include "common/rpc/page_token.h"
#include "common/status/status_macros.h"
#include "services/townships/domain/checks.h"
#include "services/townships/domain/register.h"
#include "services/townships/rpc/requests.h"
#include "services/townships/wire/names.h"

// The four steps of get, list, create, update and import, written once for the four record types of the feed.
namespace zhenhui::townships {

// What differs between the types. `kCollection` is empty for townships themselves.
template <typename Message>
struct Traits;

template <>
struct Traits<v1::Township> {
  static constexpr RecordType kType = RecordType::kTownship;
  static constexpr char kCollection[] = "";
  static inline const std::vector<std::string> kSettable = {"display_name_zh", "display_name_en", "type",
                                                            "valid_from", "valid_to"};
};
template <>
struct Traits<v1::Village> {
  static constexpr RecordType kType = RecordType::kVillage;
  static constexpr char kCollection[] = "villages";
  static inline const std::vector<std::string> kSettable = {"display_name_zh", "display_name_en", "type",
                                                            "valid_from", "valid_to"};
};
template <>
struct Traits<v1::Population> {
  static constexpr RecordType kType = RecordType::kPopulation;
  static constexpr char kCollection[] = "populations";
  static inline const std::vector<std::string> kSettable = {"residents"};
};
template <>
struct Traits<v1::RosterEntry> {
  static constexpr RecordType kType = RecordType::kRosterEntry;
  static constexpr char kCollection[] = "rosterEntries";
  static inline const std::vector<std::string> kSettable = {"role", "villages", "display_name", "valid_from",
                                                            "valid_to"};
};

template <typename Message>
absl::StatusOr<ChildName> ParseRecordName(const std::string& name) {
  if constexpr (Traits<Message>::kType == RecordType::kTownship) {
    if (auto code = ParseTownshipName(name)) return ChildName{*code, *code};
  } else {
    if (auto child = ParseChildName(name, Traits<Message>::kCollection)) return *std::move(child);
  }
  return InvalidFields({{"name", "NAME_INVALID", absl::StrCat("it is no name of such a record: ", name)}});
}

template <typename Message>
absl::StatusOr<Stored> GetRecord(Repository& repository, const rpc::Call& call, const std::string& name) {
  ASSIGN_OR_RETURN(const ChildName child, ParseRecordName<Message>(name));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, child.township));
  return repository.Get(child.township, Traits<Message>::kType, child.id, call.deadline);
}

// Lists one page. `query` has its filters; `place` is what the scope must cover; `add` makes a new element of
// the answer. Returns the next page's token.
template <typename Request, typename Add>
absl::StatusOr<std::string> ListRecords(Repository& repository, const rpc::Call& call, const Request& request,
                                        const std::string& place, ListQuery query, Add add) {
  RETURN_IF_ERROR(auth::RequireScope(call.claims, place));
  Request filter = request;
  filter.clear_page_token();
  filter.clear_page_size();
  const std::string filter_text = filter.SerializeAsString();
  ASSIGN_OR_RETURN(const auto fields, rpc::DecodePageToken(filter_text, request.page_token()));
  ASSIGN_OR_RETURN(const size_t size, rpc::PageSize(request.page_size()));
  query.township = place;
  query.after = fields.empty() ? "" : fields[0];
  query.limit = size + 1;  // one more tells whether there is a next page
  ASSIGN_OR_RETURN(auto page, repository.List(query, call.deadline));
  const bool more = page.size() > size;
  if (more) page.pop_back();
  for (const Stored& stored : page) ToProto(stored, add());
  return more ? rpc::EncodePageToken(filter_text, {IdOf(page.back().record)}) : std::string();
}

template <typename Message, typename Response>
absl::Status CreateRecord(Register& reg, const rpc::Call& call, const Message& message, Message* out,
                          Response* response) {
  auto read = FromProto(message);
  RETURN_IF_ERROR(InvalidFields(std::move(read.violations)));
  const std::string township = TownshipOf(Record(read.value));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, township));
  ASSIGN_OR_RETURN(const Stored stored,
                   reg.Create(std::move(read.value), {call.claims.subject, "", call.deadline}));
  ToProto(stored, out);
  *response->mutable_position() = Position(township, stored.revision);
  return absl::OkStatus();
}

template <typename Message, typename Response>
absl::Status UpdateRecord(Register& reg, const rpc::Call& call, const Message& message,
                          const google::protobuf::FieldMask& mask, const std::string& reason,
                          bool allow_missing, Message* out, Response* response) {
  ASSIGN_OR_RETURN(const ChildName child, ParseRecordName<Message>(message.name()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, child.township));
  const auto change = [&](const Record& existing) -> absl::StatusOr<Record> {
    Message merged;
    ToProto(Stored{.record = existing, .reason = "", .by = ""}, &merged);
    RETURN_IF_ERROR(MergeFields(message, mask, Traits<Message>::kSettable, &merged));
    auto read = FromProto(merged);
    RETURN_IF_ERROR(InvalidFields(std::move(read.violations)));
    return Record(std::move(read.value));
  };
  auto wanted = FromProto(message);
  if (allow_missing) RETURN_IF_ERROR(InvalidFields(std::move(wanted.violations)));
  const Record create(std::move(wanted.value));
  ASSIGN_OR_RETURN(
      const Stored stored,
      reg.Update(child.township, Traits<Message>::kType, child.id, message.etag(), change,
                 {call.claims.subject, reason, call.deadline}, allow_missing ? &create : nullptr));
  ToProto(stored, out);
  *response->mutable_position() = Position(child.township, stored.revision);
  return absl::OkStatus();
}

template <typename Messages, typename Request, typename Response>
absl::Status ImportRecords(Register& reg, const rpc::Call& call, const Request& request,
                           const Messages& messages, Response* response) {
  ASSIGN_OR_RETURN(const std::string district, RequireDistrictName("parent", request.parent()));
  if (messages.empty() || messages.size() > static_cast<int>(kMaxImport)) {
    return Error(absl::StatusCode::kInvalidArgument, "BATCH_TOO_LARGE", "an import has 1 to 1000 records");
  }
  std::vector<ImportItem> items;
  items.reserve(messages.size());
  for (const auto& message : messages) {
    auto read = FromProto(message);
    items.push_back({std::move(read.value), message.etag(), std::move(read.violations)});
  }
  CheckImportScope(call.claims, district, items);
  ASSIGN_OR_RETURN(const ImportReport report,
                   reg.Import(std::move(items), request.validate_only(),
                              {call.claims.subject, request.reason(), call.deadline}));
  ToProto(report, response->mutable_results(), response->mutable_positions());
  return absl::OkStatus();
}

}  // namespace zhenhui::townships
