-- Reports of closed years, rendered once and the same bytes ever after. A later closing of the same year has its own.
CREATE TABLE report (
  district_code text COLLATE "C",
  year int,
  generation int CHECK (generation >= 1),
  township_code text COLLATE "C",  -- '' is the district's
  format text COLLATE "C" CHECK (format IN ('docx', 'xlsx', 'csv', 'md', 'json')),
  file_name text NOT NULL,
  content bytea NOT NULL,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  rendered_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (district_code, year, generation, township_code, format)
);
-- Word and Excel files are compressed already.
ALTER TABLE report ALTER COLUMN content SET STORAGE EXTERNAL;
