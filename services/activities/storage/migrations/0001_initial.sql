-- Activities and month confirmations: the change feed of each township (common/feed/schema.h), which holds all contents,
-- and narrow tables of what is current.
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

-- One row for each activity, deleted ones too; its content is at its revision. Ids and codes sort by their bytes.
CREATE TABLE activity (
  township_code text COLLATE "C",
  id text COLLATE "C",
  revision bigint NOT NULL,
  kind text COLLATE "C" NOT NULL,
  activity_date date NOT NULL,
  village text COLLATE "C" NOT NULL,
  title text COLLATE "C" NOT NULL,
  deleted boolean NOT NULL,
  PRIMARY KEY (township_code, id)
);

-- The order of lists.
CREATE INDEX activity_by_date ON activity (township_code, activity_date, id);

CREATE TABLE month_confirmation (
  township_code text COLLATE "C",
  month date,
  revision bigint NOT NULL,
  PRIMARY KEY (township_code, month)
);
