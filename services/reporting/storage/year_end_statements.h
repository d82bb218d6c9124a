#pragma once
#include "common/db/statement.h"

// The SQL of year ends, each with its name.
namespace zhenhui::reporting::sql {

inline constexpr db::Statement kReadYearEvents = {
    "reporting.read_year_events",
    "SELECT year, number, type, township_code, digest, text, by, extract(epoch FROM at)::bigint, "
    "activities_revision,"
    " townships_revision, CASE WHEN $3 AND year = $2 THEN content ELSE '' END"
    " FROM year_end_event WHERE district_code = $1 AND year IN ($2, $2 - 1) ORDER BY year, number"};
inline constexpr db::Statement kDatabaseTime = {
    "reporting.database_time", "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint"};
inline constexpr db::Statement kReadYears = {
    "reporting.read_years",
    "SELECT DISTINCT year FROM year_end_event WHERE district_code = $1 ORDER BY year DESC"};
// The last event that opens or closes says which.
inline constexpr db::Statement kReadClosedYears = {
    "reporting.read_closed_years",
    "SELECT district_code, year FROM (SELECT DISTINCT ON (district_code, year) district_code, year, type"
    " FROM year_end_event WHERE type IN ('CLOSED', 'REOPENED') ORDER BY district_code, year, number DESC) AS "
    "last"
    " WHERE type = 'CLOSED' ORDER BY district_code, year"};

inline constexpr db::Statement kOpenYearBook = {
    "reporting.open_year_book",
    "INSERT INTO year_end_book (district_code, appends) VALUES ($1, 1)"
    " ON CONFLICT (district_code) DO UPDATE SET appends = year_end_book.appends + 1"};
inline constexpr db::Statement kLastYearEvent = {
    "reporting.last_year_event",
    "SELECT coalesce(max(number), 0) FROM year_end_event WHERE district_code = $1 AND year = $2"};
inline constexpr db::Statement kPutYearEvent = {
    "reporting.put_year_event",
    "INSERT INTO year_end_event (district_code, year, number, type, township_code, digest, text, by, at,"
    " activities_revision, townships_revision, content)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::bigint), $10, $11, $12)"};
inline constexpr db::Statement kPutCertificate = {"reporting.put_certificate",
                                                  "INSERT INTO year_end_certificate (district_code, year, "
                                                  "generation, digest, text) VALUES ($1, $2, $3, $4, $5)"};
inline constexpr db::Statement kReadCertificate = {"reporting.read_certificate",
                                                   "SELECT generation, digest, text FROM year_end_certificate"
                                                   " WHERE district_code = $1 AND year = $2 AND ($3 = 0 OR "
                                                   "generation = $3) ORDER BY generation DESC LIMIT 1"};
inline constexpr db::Statement kPutSigned = {"reporting.put_signed",
                                             "INSERT INTO year_end_signed (district_code, year, "
                                             "township_code, digest, text) VALUES ($1, $2, $3, $4, $5)"
                                             " ON CONFLICT DO NOTHING"};
inline constexpr db::Statement kReadSigned = {"reporting.read_signed",
                                              "SELECT text FROM year_end_signed WHERE district_code = $1 AND "
                                              "year = $2 AND township_code = $3 AND digest = $4"};

}  // namespace zhenhui::reporting::sql
