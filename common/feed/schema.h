#pragma once

namespace zhenhui::feed {

// The two tables of a feed, without a schema name: the migration of each service copies this text, and
// search_path (in the DSN) says which schema is meant. Collation "C" lets a prefix of division codes be a
// range of the primary key; the fill factor keeps updates of a head inside its page.
inline constexpr char kFeedSchema[] = R"sql(
CREATE TABLE feed (
  township_code text COLLATE "C" PRIMARY KEY,
  last_revision bigint NOT NULL CHECK (last_revision >= 0),
  first_kept bigint NOT NULL DEFAULT 1 CHECK (first_kept >= 1)
) WITH (fillfactor = 50);

CREATE TABLE revision (
  township_code text COLLATE "C",
  revision bigint,
  record_type smallint NOT NULL,
  record_id text NOT NULL,
  previous_revision bigint NOT NULL DEFAULT 0,
  record bytea NOT NULL,
  reason text,
  by_subject text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (township_code, revision)
);
)sql";

}  // namespace zhenhui::feed
