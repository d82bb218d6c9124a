-- What towns say about alarms. Rows are only added: the newest of an alarm holds, as long as its figures are those that it
-- explains (fingerprint).
CREATE TABLE alarm_explanation (
  township_code text COLLATE "C",
  number bigint GENERATED ALWAYS AS IDENTITY,
  year integer NOT NULL,
  alarm text COLLATE "C" NOT NULL,
  fingerprint text NOT NULL,
  explanation text NOT NULL,
  by_subject text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (township_code, number)
);
CREATE INDEX alarm_explanation_newest ON alarm_explanation (township_code, year, alarm, number DESC);

-- Cells have one grain more: 4, a roster entry by month, of "<kind>.occurrences" alone: what it took part in.
CREATE VIEW activity_by_roster_entry_month AS
SELECT c.township_code, c.member AS roster_entry, c.series, c.bucket AS month, c.value
FROM cell c
WHERE c.grain = 4;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'zhenhui_bi') THEN
    EXECUTE format('GRANT SELECT ON %I.activity_by_roster_entry_month TO zhenhui_bi', current_schema());
  END IF;
END
$$;
