#include "services/townships/rpc/township_service.h"

#include "common/rpc/stream.h"
#include "common/rpc/timestamp.h"
#include "common/rpc/unary.h"
#include "services/townships/rpc/access.h"
#include "services/townships/rpc/record_calls.h"

namespace zhenhui::townships {

using rpc::Call;

// One handler: authenticate, run BODY on the executor with `call`, `*request` and `*response`, finish.
#define ZH_HANDLER(Name, ...)                                                                               \
  grpc::ServerUnaryReactor* TownshipServiceImpl::Name(grpc::CallbackServerContext* context,                 \
                                                      const v1::Name##Request* request,                     \
                                                      v1::Name##Response* response) {                       \
    return rpc::Unary(context, *deps_.authenticator, ZH_TOWNSHIPS_METHOD(#Name), *deps_.executor, response, \
                      [ this, request, response ](const Call& call) -> absl::Status __VA_ARGS__);           \
  }

ZH_HANDLER(GetDistrict, {
  ASSIGN_OR_RETURN(const std::string code, RequireDistrictName("name", request->name()));
  if (!auth::Covers(code, call.claims.scope)) RETURN_IF_ERROR(auth::RequireScope(call.claims, code));
  ASSIGN_OR_RETURN(const StoredDistrict stored, deps_.repository->GetDistrict(code, call.deadline));
  *response->mutable_district() = ToProto(stored);
  return absl::OkStatus();
})

ZH_HANDLER(ListDistricts, {
  const std::string prefix = call.claims.scope == auth::kWholeCountry ? "" : call.claims.scope;
  ASSIGN_OR_RETURN(const auto fields, rpc::DecodePageToken(prefix, request->page_token()));
  ASSIGN_OR_RETURN(const size_t size, rpc::PageSize(request->page_size()));
  ASSIGN_OR_RETURN(auto page, deps_.repository->ListDistricts(prefix, fields.empty() ? "" : fields[0],
                                                              size + 1, call.deadline));
  if (page.size() > size) {
    page.pop_back();
    response->set_next_page_token(rpc::EncodePageToken(prefix, {page.back().district.code}));
  }
  for (const StoredDistrict& stored : page) *response->add_districts() = ToProto(stored);
  return absl::OkStatus();
})

ZH_HANDLER(CreateDistrict, {
  auto read = FromProto(request->district());
  RETURN_IF_ERROR(InvalidFields(std::move(read.violations)));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, read.value.code));
  ASSIGN_OR_RETURN(const StoredDistrict stored, register_.CreateDistrict(read.value, call.deadline));
  *response->mutable_district() = ToProto(stored);
  return absl::OkStatus();
})

ZH_HANDLER(UpdateDistrict, {
  const v1::District& wanted = request->district();
  ASSIGN_OR_RETURN(const std::string code, RequireDistrictName("district.name", wanted.name()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, code));
  const auto change = [&](const District& existing) -> absl::StatusOr<District> {
    v1::District merged = ToProto(StoredDistrict{existing, 0});
    RETURN_IF_ERROR(MergeFields(
        wanted, request->update_mask(),
        {"display_name_zh", "display_name_en", "valid_from", "valid_to", "confirmation_due_day"}, &merged));
    auto read = FromProto(merged);
    RETURN_IF_ERROR(InvalidFields(std::move(read.violations)));
    return std::move(read.value);
  };
  ASSIGN_OR_RETURN(const StoredDistrict stored,
                   register_.UpdateDistrict(code, wanted.etag(), change, call.deadline));
  *response->mutable_district() = ToProto(stored);
  return absl::OkStatus();
})

// The same handlers for the four record types; `field` is the message's field name in requests and answers.
#define ZH_GET_UPDATE_IMPORT(Type, field, Plural, plural, GET_REASON, ALLOW_MISSING)                      \
  ZH_HANDLER(Get##Type, {                                                                                 \
    ASSIGN_OR_RETURN(const Stored stored, GetRecord<v1::Type>(*deps_.repository, call, request->name())); \
    ToProto(stored, response->mutable_##field());                                                         \
    return absl::OkStatus();                                                                              \
  })                                                                                                      \
  ZH_HANDLER(Update##Type, {                                                                              \
    return UpdateRecord(register_, call, request->field(), request->update_mask(), GET_REASON,            \
                        ALLOW_MISSING, response->mutable_##field(), response);                            \
  })                                                                                                      \
  ZH_HANDLER(Import##Plural,                                                                              \
             { return ImportRecords(register_, call, *request, request->plural(), response); })

ZH_GET_UPDATE_IMPORT(Township, township, Townships, townships, "", false)
ZH_GET_UPDATE_IMPORT(Village, village, Villages, villages, "", false)
ZH_GET_UPDATE_IMPORT(Population, population, Populations, populations, "", true)

ZH_HANDLER(GetRosterEntry, {
  ASSIGN_OR_RETURN(const Stored stored, GetRecord<v1::RosterEntry>(*deps_.repository, call, request->name()));
  ToProto(stored, response->mutable_roster_entry());
  return absl::OkStatus();
})

ZH_HANDLER(UpdateRosterEntry, {
  RETURN_IF_ERROR(InvalidFields(CheckReason(request->reason())));
  return UpdateRecord(register_, call, request->roster_entry(), request->update_mask(), request->reason(),
                      false, response->mutable_roster_entry(), response);
})

ZH_HANDLER(ImportRosterEntries,
           { return ImportRecords(register_, call, *request, request->roster_entries(), response); })

ZH_HANDLER(CreateTownship, {
  return CreateRecord(register_, call, request->township(), response->mutable_township(), response);
})
ZH_HANDLER(CreateVillage, {
  return CreateRecord(register_, call, request->village(), response->mutable_village(), response);
})
ZH_HANDLER(CreateRosterEntry, {
  return CreateRecord(register_, call, request->roster_entry(), response->mutable_roster_entry(), response);
})

ZH_HANDLER(EndRosterEntry, {
  v1::RosterEntry wanted;
  wanted.set_name(request->name());
  wanted.set_etag(request->etag());
  wanted.set_valid_to(request->valid_to());
  RETURN_IF_ERROR(InvalidFields(CheckReason(request->reason())));
  ASSIGN_OR_RETURN(const auto last_day, OptionalDate("valid_to", request->valid_to()));
  if (!last_day) return InvalidFields({{"valid_to", "DATE_MISSING", "say the last day on which it stands"}});
  google::protobuf::FieldMask mask;
  mask.add_paths("valid_to");
  return UpdateRecord(register_, call, wanted, mask, request->reason(), false,
                      response->mutable_roster_entry(), response);
})

ZH_HANDLER(ListTownships, {
  ASSIGN_OR_RETURN(const std::string district, RequireDistrictName("parent", request->parent()));
  // A caller below the district sees his own township of it.
  const bool below = auth::Covers(district, call.claims.scope) && call.claims.scope.size() >= 9;
  ListQuery query;
  ASSIGN_OR_RETURN(query.as_of, OptionalDate("as_of", request->as_of()));
  ASSIGN_OR_RETURN(std::string next, ListRecords(*deps_.repository, call, *request,
                                                 below ? call.claims.scope.substr(0, 9) : district, query,
                                                 [response] { return response->add_townships(); }));
  response->set_next_page_token(std::move(next));
  return absl::OkStatus();
})

ZH_HANDLER(ResolveRevision, {
  ASSIGN_OR_RETURN(const std::string township, RequireTownshipName("parent", request->parent()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, township));
  ASSIGN_OR_RETURN(const absl::Time time, rpc::ReadTimestamp("time", request->time()));
  ASSIGN_OR_RETURN(const int64_t revision, deps_.repository->RevisionAt(township, time, call.deadline));
  response->mutable_position()->set_feed(common::v1::FEED_TOWNSHIPS);
  response->mutable_position()->set_township(TownshipName(township));
  response->mutable_position()->set_revision(revision);
  return absl::OkStatus();
})

ZH_HANDLER(ListVillages, {
  ASSIGN_OR_RETURN(const std::string township, RequireTownshipName("parent", request->parent()));
  ListQuery query;
  query.type = RecordType::kVillage;
  ASSIGN_OR_RETURN(query.as_of, OptionalDate("as_of", request->as_of()));
  ASSIGN_OR_RETURN(std::string next, ListRecords(*deps_.repository, call, *request, township, query,
                                                 [response] { return response->add_villages(); }));
  response->set_next_page_token(std::move(next));
  return absl::OkStatus();
})

ZH_HANDLER(ListPopulations, {
  ASSIGN_OR_RETURN(const std::string township, RequireTownshipName("parent", request->parent()));
  ListQuery query;
  query.type = RecordType::kPopulation;
  ASSIGN_OR_RETURN(std::string next, ListRecords(*deps_.repository, call, *request, township, query,
                                                 [response] { return response->add_populations(); }));
  response->set_next_page_token(std::move(next));
  return absl::OkStatus();
})

ZH_HANDLER(ListRosterEntries, {
  ASSIGN_OR_RETURN(const std::string township, RequireTownshipName("parent", request->parent()));
  ListQuery query;
  query.type = RecordType::kRosterEntry;
  query.role = static_cast<RosterRole>(request->role());
  query.village = request->village();
  query.read_revision = request->read_revision();
  ASSIGN_OR_RETURN(query.as_of, OptionalDate("as_of", request->as_of()));
  ASSIGN_OR_RETURN(std::string next, ListRecords(*deps_.repository, call, *request, township, query,
                                                 [response] { return response->add_roster_entries(); }));
  response->set_next_page_token(std::move(next));
  return absl::OkStatus();
})

}  // namespace zhenhui::townships
