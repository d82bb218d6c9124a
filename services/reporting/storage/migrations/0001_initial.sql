-- The rollup cells of each town, how much of its feeds they include, and what its places are called.

-- A base series summed in one bucket. grain 1: the town; 2: a village ('' is what belongs to none); 3: an audience.
-- Flows hold the sum in the bucket (town: a day; else a month, by its first day). Stocks (roster.*, register.villages)
-- hold how much the stock rose on that day. register.residents: by 1 January of its year; confirmed: 1 by month.
CREATE TABLE cell (
  township_code text COLLATE "C",
  series text COLLATE "C",
  grain smallint,
  member text COLLATE "C",
  bucket date,
  value bigint NOT NULL CHECK (value <> 0),
  PRIMARY KEY (township_code, series, grain, member, bucket)
);

-- The last revision that the cells include. source 0: activities; 1: townships.
CREATE TABLE applied (
  township_code text COLLATE "C",
  source smallint,
  revision bigint NOT NULL CHECK (revision >= 0),
  PRIMARY KEY (township_code, source)
);

-- The town itself (place_code = township_code) and its villages.
CREATE TABLE place (
  township_code text COLLATE "C",
  place_code text COLLATE "C",
  name_zh text NOT NULL,
  type smallint NOT NULL,
  valid_from date,
  valid_to date,
  PRIMARY KEY (township_code, place_code)
);

-- Numbered requests to compute a town's cells anew from its records.
CREATE TABLE rebuild (
  township_code text COLLATE "C" PRIMARY KEY,
  requested bigint NOT NULL,
  done bigint NOT NULL DEFAULT 0
);

-- Views for BI tools. They lag behind the service's answers by the flush interval.

-- Flows of each town by month: one row where something is recorded. ".zeros" series only mark reported zeros.
CREATE VIEW flow_by_town_month AS
SELECT c.township_code, t.name_zh AS township_name_zh, c.series, date_trunc('month', c.bucket)::date AS month,
       sum(c.value) AS value
FROM cell c
LEFT JOIN place t ON t.township_code = c.township_code AND t.place_code = c.township_code
WHERE c.grain = 1 AND c.series NOT LIKE 'roster.%' AND c.series NOT LIKE 'register.%' AND c.series <> 'confirmed'
  AND c.series NOT LIKE '%.zeros'
GROUP BY c.township_code, t.name_zh, c.series, date_trunc('month', c.bucket)::date;

-- Flows of each village by month; member '' is what belongs to no village.
CREATE VIEW flow_by_village_month AS
SELECT c.township_code, c.member AS village_code, v.name_zh AS village_name_zh, c.series, c.bucket AS month, c.value
FROM cell c
LEFT JOIN place v ON v.township_code = c.township_code AND v.place_code = c.member
WHERE c.grain = 2 AND c.series NOT LIKE 'roster.%' AND c.series NOT LIKE 'register.%' AND c.series NOT LIKE '%.zeros';

-- Flows of each audience by month. Audiences do not add up to the town.
CREATE VIEW flow_by_audience_month AS
SELECT c.township_code, c.member AS audience, c.series, c.bucket AS month, c.value
FROM cell c
WHERE c.grain = 3 AND c.series NOT LIKE '%.zeros';

-- What each stock of a town stands at from a day on, until the next row of the same series.
CREATE VIEW stock_by_town AS
SELECT c.township_code, c.series, c.bucket AS from_day,
       sum(c.value) OVER (PARTITION BY c.township_code, c.series ORDER BY c.bucket) AS stock
FROM cell c
WHERE c.grain = 1 AND (c.series LIKE 'roster.%' OR c.series = 'register.villages');

-- Months that a town has declared complete.
CREATE VIEW confirmed_month AS
SELECT c.township_code, c.bucket AS month FROM cell c WHERE c.grain = 1 AND c.series = 'confirmed';

-- A role without login that may read the views and nothing else, where the migrating role may make one:
-- GRANT zhenhui_bi TO some_bi_login.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'zhenhui_bi') THEN
    CREATE ROLE zhenhui_bi NOLOGIN;
  END IF;
EXCEPTION
  WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
    RAISE NOTICE 'role zhenhui_bi was not created';
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'zhenhui_bi') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO zhenhui_bi', current_schema());
    GRANT SELECT ON flow_by_town_month, flow_by_village_month, flow_by_audience_month, stock_by_town, confirmed_month
      TO zhenhui_bi;
  END IF;
END
$$;
