#pragma once
#include "common/db/statement.h"

// The SQL of the register, each with its name.
namespace zhenhui::townships::sql {

inline constexpr db::Statement kGetDistrict = {"townships.get_district",
                                               "SELECT code, name_zh, name_en, valid_from, valid_to, "
                                               "version, confirmation_due_day FROM district WHERE code = $1"};

inline constexpr db::Statement kLockDistrict = {
    "townships.lock_district",
    "SELECT code, name_zh, name_en, valid_from, valid_to, version, confirmation_due_day FROM district WHERE "
    "code = $1 FOR UPDATE"};

inline constexpr db::Statement kListDistricts = {
    "townships.list_districts",
    "SELECT code, name_zh, name_en, valid_from, valid_to, version, confirmation_due_day FROM district"
    " WHERE (starts_with(code, $1) OR starts_with($1, code)) AND code > $2 ORDER BY code LIMIT $3"};

inline constexpr db::Statement kPutDistrict = {
    "townships.put_district",
    "INSERT INTO district (code, name_zh, name_en, valid_from, valid_to, version, confirmation_due_day)"
    " VALUES ($1, $2, $3, $4::date, $5::date, $6, $7)"
    " ON CONFLICT (code) DO UPDATE SET name_zh = $2, name_en = $3, valid_from = $4::date, valid_to = "
    "$5::date,"
    " version = $6, confirmation_due_day = $7 WHERE district.version = $6 - 1"};

// Two statements read whole records: one by ids, one as a page. `at` travels as microseconds since 1970.
#define ZH_TOWNSHIPS_RECORD_COLUMNS \
  "c.revision, r.record, r.reason, r.by_subject, (extract(epoch FROM r.at) * 1000000)::bigint"

inline constexpr db::Statement kGetRecords = {
    "townships.get_records",
    "SELECT " ZH_TOWNSHIPS_RECORD_COLUMNS
    " FROM current_record c JOIN revision r USING (township_code, revision)"
    " WHERE c.township_code = $1 AND c.record_type = $2 AND c.record_id = ANY ($3::text[])"};

// $1 <= township_code < $2: one township, or a district's prefix for the townships themselves, whose id is
// their code.
inline constexpr db::Statement kListRecords = {
    "townships.list_records",
    "SELECT " ZH_TOWNSHIPS_RECORD_COLUMNS
    " FROM current_record c JOIN revision r USING (township_code, revision)"
    " WHERE c.township_code >= $1 AND c.township_code < $2 AND c.record_type = $3 AND c.record_id > $4"
    "   AND ($5::date IS NULL OR ((c.valid_from IS NULL OR c.valid_from <= $5::date)"
    "                         AND (c.valid_to IS NULL OR c.valid_to >= $5::date)))"
    "   AND ($6::smallint = 0 OR c.role = $6::smallint) AND ($7::text = '' OR $7::text = ANY (c.villages))"
    " ORDER BY c.record_id LIMIT $8"};
#undef ZH_TOWNSHIPS_RECORD_COLUMNS

inline constexpr db::Statement kPutCurrent = {
    "townships.put_current",
    "INSERT INTO current_record (township_code, record_type, record_id, revision, valid_from, valid_to, "
    "role, villages)"
    " VALUES ($1, $2, $3, $4, $5::date, $6::date, $7, $8::text[])"
    " ON CONFLICT (township_code, record_type, record_id) DO UPDATE SET revision = $4, valid_from = $5::date,"
    " valid_to = $6::date, role = $7, villages = $8::text[]"};

}  // namespace zhenhui::townships::sql
