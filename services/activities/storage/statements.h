#pragma once
#include "common/db/statement.h"

// The SQL of the activities storage; the feed's own is in common/feed/log.cc.
namespace zhenhui::activities::sql {

// What ReadStored (rows.h) reads, from `activity a` and `revision r`.
#define ZH_STORED                                                                                  \
  "a.id, r.revision, r.record, COALESCE(r.reason, ''), r.by_subject, (extract(epoch FROM r.at) * " \
  "1000000)::bigint"

// Only numbers, so that the usual case, that the ids are new, touches one index.
inline constexpr db::Statement kFindRevisions = {
    "activities.find_revisions",
    "SELECT id, revision FROM activity WHERE township_code = $1 AND id = ANY($2::text[])"};

inline constexpr db::Statement kGet = {
    "activities.get",
    "SELECT " ZH_STORED
    " FROM activity a JOIN revision r ON r.township_code = a.township_code AND r.revision = a.revision "
    "WHERE a.township_code = $1 AND a.id = $2"};

// $2, $3: the place after which to go on; $4: the last day on the way; $5: any of these kinds, or null; $6:
// village, or null; $7: deleted, or null; $8: title pattern, or null; $9: the revision that is read; $10:
// rows. Both ways along activity_by_date: one statement with a direction could use it only one way.
#define ZH_LIST(After, Until, Way)                                                                         \
  "SELECT " ZH_STORED                                                                                      \
  " FROM (SELECT * FROM activity WHERE township_code = $1 AND (activity_date, id) " After                  \
  " ($2::date, $3) AND activity_date " Until                                                               \
  " $4::date AND ($5::text[] IS NULL OR kind = ANY($5::text[])) AND ($6::text IS NULL OR village = $6) "   \
  "AND ($7::boolean IS NULL OR deleted = $7) AND ($8::text IS NULL OR title ILIKE $8) AND revision <= $9 " \
  "ORDER BY activity_date" Way ", id" Way                                                                  \
  " LIMIT $10) a JOIN revision r ON r.township_code = $1 AND r.revision = a.revision "                     \
  "ORDER BY a.activity_date" Way ", a.id" Way
inline constexpr db::Statement kList = {"activities.list", ZH_LIST(">", "<=", "")};
inline constexpr db::Statement kListNewestFirst = {"activities.list_newest_first",
                                                   ZH_LIST("<", ">=", " DESC")};
#undef ZH_LIST

inline constexpr db::Statement kReplaceRows = {
    "activities.replace_rows",
    "UPDATE activity a SET revision = n.revision, kind = n.kind, activity_date = n.activity_date, "
    "village = n.village, title = n.title, deleted = n.deleted "
    "FROM unnest($2::text[], $3::bigint[], $4::text[], $5::date[], $6::text[], $7::text[], $8::boolean[]) "
    "AS n(id, revision, kind, activity_date, village, title, deleted) WHERE a.township_code = $1 AND a.id = "
    "n.id"};

inline constexpr db::Statement kFindMonth = {
    "activities.find_month",
    "SELECT revision FROM month_confirmation WHERE township_code = $1 AND month = $2::date"};

inline constexpr db::Statement kAddMonth = {
    "activities.add_month",
    "INSERT INTO month_confirmation (township_code, month, revision) VALUES ($1, $2::date, $3)"};

inline constexpr db::Statement kConfirmedMonths = {
    "activities.confirmed_months", "SELECT month FROM month_confirmation WHERE township_code = $1"};

// $1: a prefix of codes, a range of the key (see feed.read_heads); $2, $3: first and last day. Villages
// first, so that a month's villages are counted without sorting its rows.
inline constexpr db::Statement kSummariseMonths = {
    "activities.summarise_months",
    "SELECT v.township_code, v.month, sum(v.activities)::bigint, sum(v.changed)::bigint, "
    "count(*) FILTER (WHERE v.village <> '')::integer FROM ("
    "SELECT a.township_code, date_trunc('month', a.activity_date)::date AS month, a.village, count(*) AS "
    "activities, "
    "count(*) FILTER (WHERE a.revision > c.revision) AS changed FROM activity a "
    "LEFT JOIN month_confirmation c ON c.township_code = a.township_code "
    "AND c.month = date_trunc('month', a.activity_date)::date "
    "WHERE a.township_code >= $1 AND a.township_code < $1 || ':' AND a.activity_date BETWEEN $2::date AND "
    "$3::date "
    "AND NOT a.deleted GROUP BY 1, 2, 3) v GROUP BY 1, 2"};

// Of the same prefix and days.
inline constexpr db::Statement kConfirmationsUnder = {
    "activities.confirmations_under",
    "SELECT r.revision, r.record, r.by_subject, (extract(epoch FROM r.at) * 1000000)::bigint, "
    "c.township_code "
    "FROM month_confirmation c JOIN revision r ON r.township_code = c.township_code AND r.revision = "
    "c.revision "
    "WHERE c.township_code >= $1 AND c.township_code < $1 || ':' AND c.month BETWEEN $2::date AND $3::date"};

// Targets.
inline constexpr db::Statement kFindTargets = {
    "activities.find_targets",
    "SELECT revision FROM target WHERE township_code = $1 AND year || '.' || metric = ANY($2::text[])"};

inline constexpr db::Statement kPutTargets = {
    "activities.put_targets",
    "INSERT INTO target (township_code, year, metric, revision, withdrawn) "
    "SELECT $1, * FROM unnest($2::integer[], $3::text[], $4::bigint[], $5::boolean[]) "
    "ON CONFLICT (township_code, year, metric) DO UPDATE SET revision = EXCLUDED.revision, withdrawn = "
    "EXCLUDED.withdrawn"};

inline constexpr db::Statement kListTargets = {
    "activities.list_targets",
    "SELECT t.township_code, r.revision, r.record, r.by_subject, (extract(epoch FROM r.at) * "
    "1000000)::bigint "
    "FROM target t JOIN revision r ON r.township_code = t.township_code AND r.revision = t.revision "
    "WHERE t.township_code >= $1 AND t.township_code < $1 || ':' AND t.year = $2 AND NOT t.withdrawn "
    "ORDER BY t.township_code, t.metric"};

inline constexpr db::Statement kListMonths = {
    "activities.list_months",
    "SELECT r.revision, r.record, r.by_subject, (extract(epoch FROM r.at) * 1000000)::bigint "
    "FROM month_confirmation c JOIN revision r ON r.township_code = c.township_code AND r.revision = "
    "c.revision "
    "WHERE c.township_code = $1 AND c.month BETWEEN $2::date AND $3::date ORDER BY c.month"};

#undef ZH_STORED

}  // namespace zhenhui::activities::sql
