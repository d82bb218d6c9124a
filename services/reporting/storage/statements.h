#pragma once
#include "common/db/statement.h"

// The SQL of the cells, each with its name. Loading uses COPY and is in cell_rows.cc.
namespace zhenhui::reporting::sql {

// A session keeps the lock until its connection ends. Processes that follow different scopes lead side by
// side.
inline constexpr db::Statement kTryLead = {"reporting.try_lead",
                                           "SELECT pg_try_advisory_lock(hashtext('zhenhui.flush.' || "
                                           "current_schema()), hashtext($1)), pg_backend_pid()"};

// Whether this is still the session that took the lock: a lost connection is made anew without it.
inline constexpr db::Statement kBackendPid = {"reporting.backend_pid", "SELECT pg_backend_pid()"};

inline constexpr db::Statement kReadApplied = {"reporting.read_applied",
                                               "SELECT township_code, source, revision FROM applied"};

inline constexpr db::Statement kMoveApplied = {
    "reporting.move_applied",
    "UPDATE applied SET revision = $4 WHERE township_code = $1 AND source = $2 AND revision = $3"};
inline constexpr db::Statement kBeginApplied = {
    "reporting.begin_applied",
    "INSERT INTO applied (township_code, source, revision) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"};
inline constexpr db::Statement kSetApplied = {
    "reporting.set_applied",
    "INSERT INTO applied (township_code, source, revision) VALUES ($1, $2, $3)"
    " ON CONFLICT (township_code, source) DO UPDATE SET revision = $3"};

inline constexpr db::Statement kPutCells = {
    "reporting.put_cells",
    "INSERT INTO cell (township_code, series, grain, member, bucket, value)"
    " SELECT $1, * FROM unnest($2::text[], $3::smallint[], $4::text[], $5::date[], $6::bigint[])"
    " ON CONFLICT (township_code, series, grain, member, bucket) DO UPDATE SET value = EXCLUDED.value"};
inline constexpr db::Statement kDropCells = {
    "reporting.drop_cells",
    "DELETE FROM cell c USING unnest($2::text[], $3::smallint[], $4::text[], $5::date[])"
    " AS d (series, grain, member, bucket) WHERE c.township_code = $1 AND c.series = d.series AND c.grain = "
    "d.grain"
    " AND c.member = d.member AND c.bucket = d.bucket"};
inline constexpr db::Statement kDropAllCells = {"reporting.drop_all_cells",
                                                "DELETE FROM cell WHERE township_code = $1"};

inline constexpr db::Statement kDropPlaces = {"reporting.drop_places",
                                              "DELETE FROM place WHERE township_code = $1"};
inline constexpr db::Statement kPutPlace = {
    "reporting.put_place",
    "INSERT INTO place (township_code, place_code, name_zh, type, valid_from, valid_to)"
    " VALUES ($1, $2, $3, $4, $5::date, $6::date)"};

inline constexpr db::Statement kReadRebuilds = {"reporting.read_rebuilds",
                                                "SELECT township_code, requested, done FROM rebuild"};
inline constexpr db::Statement kRequestRebuilds = {
    "reporting.request_rebuilds",
    "INSERT INTO rebuild (township_code, requested)"
    " SELECT DISTINCT township_code, 1 FROM applied WHERE starts_with(township_code, $1)"
    " ON CONFLICT (township_code) DO UPDATE SET requested = rebuild.requested + 1"};
inline constexpr db::Statement kRebuildDone = {
    "reporting.rebuild_done", "UPDATE rebuild SET done = $2 WHERE township_code = $1 AND done < $2"};

}  // namespace zhenhui::reporting::sql
