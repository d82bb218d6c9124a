-- What yearly plans promise: one row for each target, withdrawn ones too; its content is at its revision.
CREATE TABLE target (
  township_code text COLLATE "C",
  year integer,
  metric text COLLATE "C",
  revision bigint NOT NULL,
  withdrawn boolean NOT NULL,
  PRIMARY KEY (township_code, year, metric)
);
