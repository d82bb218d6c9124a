#include "tests/faults/stored.h"

#include <pqxx/pqxx>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "zhenhui/townships/v1/change.pb.h"

namespace zhenhui::faults {
namespace {

template <typename Message>
Message Parse(const std::string& bytes) {
  Message message;
  if (!message.ParseFromString(bytes)) throw std::runtime_error("a stored record cannot be read");
  return message;
}

constexpr char kActivities[] = "activities";
constexpr char kTownships[] = "townships";

// `type` is the number in the log; a deletion (3) is a revision of the activity.
StoredRevision ReadActivityRecord(const std::string& town, int type, const std::string& id,
                                  const std::string& bytes) {
  StoredRevision row;
  if (type == 2) {
    const auto month = Parse<activities::v1::MonthConfirmation>(bytes);
    row.key = {kActivities, town, "month/" + month.month() + "-01"};
    row.content = ContentOf(town, month);
  } else {
    row.key = {kActivities, town, "activity/" + id};
    row.content = ContentOf(town, Parse<activities::v1::Activity>(bytes));
  }
  return row;
}

StoredRevision ReadTownshipRecord(const std::string& town, int, const std::string& id,
                                  const std::string& bytes) {
  const auto record = Parse<townships::v1::TownshipRecord>(bytes);
  StoredRevision row;
  const auto take = [&](const char* type, const auto& message) {
    row.key = {kTownships, town, absl::StrCat(type, "/", id)};
    row.content = ContentOf(town, message);
  };
  switch (record.record_case()) {
    case townships::v1::TownshipRecord::kTownship:
      take("township", record.township());
      break;
    case townships::v1::TownshipRecord::kVillage:
      take("village", record.village());
      break;
    case townships::v1::TownshipRecord::kPopulation:
      take("population", record.population());
      break;
    case townships::v1::TownshipRecord::kRosterEntry:
      take("roster", record.roster_entry());
      break;
    default:
      throw std::runtime_error("a stored record of no type");
  }
  return row;
}

template <typename ReadRecord>
void ReadFeed(pqxx::transaction_base& tx, const std::string& feed, const ReadRecord& read, Stored& stored) {
  for (const pqxx::row& row : tx.exec("SELECT township_code, last_revision FROM " + feed + ".feed")) {
    stored.heads[{feed, row[0].as<std::string>()}] = row[1].as<int64_t>();
  }
  for (const pqxx::row& row :
       tx.exec("SELECT township_code, revision, previous_revision, record_type, record_id, record FROM " +
               feed + ".revision ORDER BY township_code, revision")) {
    const auto town = row[0].as<std::string>();
    const std::string bytes = pqxx::binarystring(row[5]).str();
    StoredRevision revision = read(town, row[3].as<int>(), row[4].as<std::string>(), bytes);
    revision.revision = row[1].as<int64_t>();
    revision.previous = row[2].as<int64_t>();
    stored.logs[{feed, town}].push_back(std::move(revision));
  }
}

void ReadCurrent(pqxx::transaction_base& tx, Stored& stored) {
  for (const pqxx::row& row :
       tx.exec("SELECT township_code, id, revision, kind || ' ' || activity_date || ' ' || village"
               " || ' ''' || title || '''' FROM activities.activity")) {
    const RecordKey key{kActivities, row[0].as<std::string>(), "activity/" + row[1].as<std::string>()};
    stored.current[key] = row[2].as<int64_t>();
    stored.activity_rows[key] = row[3].as<std::string>();
  }
  for (const pqxx::row& row :
       tx.exec("SELECT township_code, month, revision FROM activities.month_confirmation")) {
    stored.current[{kActivities, row[0].as<std::string>(), "month/" + row[1].as<std::string>()}] =
        row[2].as<int64_t>();
  }
  static const std::map<int, std::string> kTypes = {
      {1, "township/"}, {2, "village/"}, {3, "population/"}, {4, "roster/"}};
  for (const pqxx::row& row :
       tx.exec("SELECT township_code, record_type, record_id, revision FROM townships.current_record")) {
    const std::string id = kTypes.at(row[1].as<int>()) + row[2].as<std::string>();
    stored.current[{kTownships, row[0].as<std::string>(), id}] = row[3].as<int64_t>();
  }
}

void ReadReporting(pqxx::transaction_base& tx, Stored& stored) {
  for (const pqxx::row& row : tx.exec("SELECT township_code, source, revision FROM reporting.applied")) {
    stored.applied[{row[1].as<int>() == 0 ? kActivities : kTownships, row[0].as<std::string>()}] =
        row[2].as<int64_t>();
  }
  for (const pqxx::row& row :
       tx.exec("SELECT township_code, series, grain, member, bucket, value FROM reporting.cell")) {
    stored.cells[{row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<int>(),
                  row[3].as<std::string>(), row[4].as<std::string>()}] = row[5].as<int64_t>();
  }
}

}  // namespace

Stored ReadStored(const std::string& owner_dsn) {
  pqxx::connection connection(owner_dsn);
  pqxx::transaction<pqxx::repeatable_read, pqxx::read_only> tx(connection);
  Stored stored;
  ReadFeed(tx, kActivities, ReadActivityRecord, stored);
  ReadFeed(tx, kTownships, ReadTownshipRecord, stored);
  ReadCurrent(tx, stored);
  ReadReporting(tx, stored);
  return stored;
}

}  // namespace zhenhui::faults
