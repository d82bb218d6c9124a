#include "services/activities/rpc/batch_parser.h"

#include <google/protobuf/unknown_field_set.h>
#include <grpcpp/support/proto_buffer_reader.h>

#include "common/rpc/errors.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"
#include "services/activities/wire/content.h"
#include "services/activities/wire/names.h"

namespace zhenhui::activities {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

// The path of the first text of a message that is no UTF-8; the message's own name if the fault lies
// elsewhere.
std::string FindMalformedText(const Descriptor& type, const std::string& bytes) {
  UnknownFieldSet fields;
  if (!fields.ParseFromString(bytes)) return "";
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    const FieldDescriptor* declared = type.FindFieldByNumber(field.number());
    if (declared == nullptr || field.type() != UnknownField::TYPE_LENGTH_DELIMITED) continue;
    if (declared->type() == FieldDescriptor::TYPE_STRING && !IsValidUtf8(field.length_delimited())) {
      return declared->name();
    }
    if (declared->type() == FieldDescriptor::TYPE_MESSAGE) {
      const std::string inner = FindMalformedText(*declared->message_type(), field.length_delimited());
      if (!inner.empty()) return declared->name() + "." + inner;
    }
  }
  return "";
}

// The name of a record that is otherwise unreadable, so that its result can say which it was.
std::string NameOf(const std::string& bytes) {
  UnknownFieldSet fields;
  if (!fields.ParseFromString(bytes)) return "";
  std::string name;
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    if (field.number() == v1::Activity::kNameFieldNumber &&
        field.type() == UnknownField::TYPE_LENGTH_DELIMITED) {
      name = field.length_delimited();
    }
  }
  return IsValidUtf8(name) ? name : "";
}

absl::Status MessageMalformed() {
  return Error(absl::StatusCode::kInvalidArgument, "MESSAGE_MALFORMED",
               "the message cannot be read: it is not of this type, or a text in it is no valid UTF-8");
}

std::string BytesOf(const grpc::ByteBuffer& bytes) {
  std::string all;
  std::vector<grpc::Slice> slices;
  if (!bytes.Dump(&slices).ok()) return all;
  for (const grpc::Slice& slice : slices)
    all.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return all;
}

// The slow way, for messages with a fault: record by record.
template <typename Request>
absl::StatusOr<ParsedBatch<Request>> ParseRecordByRecord(const std::string& bytes) {
  UnknownFieldSet fields;
  if (!fields.ParseFromString(bytes)) return MessageMalformed();
  std::vector<std::string> records;
  UnknownFieldSet rest;
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    if (field.number() == Request::kActivitiesFieldNumber &&
        field.type() == UnknownField::TYPE_LENGTH_DELIMITED) {
      records.push_back(field.length_delimited());
    } else {
      rest.AddField(field);
    }
  }
  ParsedBatch<Request> parsed;
  std::string rest_bytes;
  if (!rest.SerializeToString(&rest_bytes) || !parsed.request.ParseFromString(rest_bytes))
    return MessageMalformed();
  for (const std::string& record : records) {
    const int index = parsed.request.activities_size();
    v1::Activity* activity = parsed.request.add_activities();
    if (activity->ParseFromString(record)) continue;
    const std::string field = FindMalformedText(*v1::Activity::descriptor(), record);
    if (field.empty()) return MessageMalformed();
    activity->Clear();
    activity->set_name(NameOf(record));
    parsed.malformed[index] = field;
  }
  return parsed;
}

}  // namespace

template <typename Request>
absl::StatusOr<ParsedBatch<Request>> ParseBatch(const grpc::ByteBuffer& bytes) {
  ParsedBatch<Request> parsed;
  grpc::ByteBuffer copy = bytes;  // shares the slices; the reader wants a buffer that it may change
  grpc::ProtoBufferReader reader(&copy);
  if (reader.status().ok() && parsed.request.ParseFromZeroCopyStream(&reader)) return parsed;
  return ParseRecordByRecord<Request>(BytesOf(bytes));
}

template <typename Request>
absl::StatusOr<PushBatch> TakeBatch(ParsedBatch<Request>& parsed) {
  Request& request = parsed.request;
  PushBatch batch;
  ASSIGN_OR_RETURN(batch.township, ParseTownshipName("parent", request.parent()));
  batch.records.reserve(static_cast<size_t>(request.activities_size()));
  for (v1::Activity& activity : *request.mutable_activities()) {
    batch.records.push_back(TakeDraft(batch.township, activity));
  }
  for (auto& [index, field] : parsed.malformed)
    batch.records[static_cast<size_t>(index)].malformed_field = field;
  batch.all_or_nothing = request.all_or_nothing();
  batch.validate_only = request.validate_only();
  batch.reason = std::move(*request.mutable_reason());
  return batch;
}

template absl::StatusOr<ParsedBatch<v1::PushActivitiesRequest>> ParseBatch(const grpc::ByteBuffer&);
template absl::StatusOr<ParsedBatch<v1::BatchPushActivitiesRequest>> ParseBatch(const grpc::ByteBuffer&);
template absl::StatusOr<PushBatch> TakeBatch(ParsedBatch<v1::PushActivitiesRequest>&);
template absl::StatusOr<PushBatch> TakeBatch(ParsedBatch<v1::BatchPushActivitiesRequest>&);

}  // namespace zhenhui::activities
