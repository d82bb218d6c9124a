-- Year ends: only ever appended to.

-- One row a district; a writer updates it first, so that appends of one district follow one another and a decision
-- that looked at two years cannot be overtaken.
CREATE TABLE year_end_book (
  district_code text COLLATE "C" PRIMARY KEY,
  appends bigint NOT NULL
);

-- What happened, by number without a gap. `content` belongs to restatements.
CREATE TABLE year_end_event (
  district_code text COLLATE "C",
  year int,
  number bigint CHECK (number >= 1),
  type text NOT NULL CHECK (type IN ('SIGNED', 'APPROVED', 'CLOSED', 'RESTATED', 'REOPEN_REQUESTED', 'REOPENED')),
  township_code text NOT NULL,
  digest text NOT NULL,
  text text NOT NULL,
  by text NOT NULL,
  at timestamptz NOT NULL,
  activities_revision bigint NOT NULL,
  townships_revision bigint NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (district_code, year, number)
);

-- The certificate of each closing, for ever.
CREATE TABLE year_end_certificate (
  district_code text COLLATE "C",
  year int,
  generation int CHECK (generation >= 1),
  digest text NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (district_code, year, generation)
);

-- The figures that a town signed, by their digest: shows what a later change has moved.
CREATE TABLE year_end_signed (
  district_code text COLLATE "C",
  year int,
  township_code text COLLATE "C",
  digest text COLLATE "C",
  text text NOT NULL,
  PRIMARY KEY (district_code, year, township_code, digest)
);
