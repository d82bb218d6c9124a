#pragma once
#include "common/db/statement.h"

// The SQL of explained alarms.
namespace zhenhui::reporting::sql {

inline constexpr db::Statement kAddExplanation = {
    "reporting.add_explanation",
    "INSERT INTO alarm_explanation (township_code, year, alarm, fingerprint, explanation, by_subject, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, to_timestamp($7::numeric / 1000000))"};

// $1: nine digits each, so the array needs no quotes.
inline constexpr db::Statement kNewestExplanations = {
    "reporting.newest_explanations",
    "SELECT DISTINCT ON (township_code, alarm) township_code, alarm, fingerprint, explanation, by_subject,"
    " (extract(epoch FROM at) * 1000000)::bigint FROM alarm_explanation"
    " WHERE township_code = ANY ($1::text[]) AND year = $2 AND at <= to_timestamp($3::numeric / 1000000)"
    " ORDER BY township_code, alarm, number DESC"};

}  // namespace zhenhui::reporting::sql
