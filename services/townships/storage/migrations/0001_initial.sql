-- The register: districts, the change feed of each township (common/feed/schema.h) and a narrow table of what is current.
CREATE TABLE district (
  code text COLLATE "C" PRIMARY KEY,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  valid_from date,
  valid_to date,
  version bigint NOT NULL
);

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

-- One row for each current record; its content is at its revision.
CREATE TABLE current_record (
  township_code text COLLATE "C",
  record_type smallint,
  record_id text COLLATE "C",
  revision bigint NOT NULL,
  valid_from date,
  valid_to date,
  role smallint,
  villages text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (township_code, record_type, record_id)
);
