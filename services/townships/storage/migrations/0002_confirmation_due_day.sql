-- The day of the next month up to which a month is confirmed in time, by each district's rule.
ALTER TABLE district ADD COLUMN confirmation_due_day integer NOT NULL DEFAULT 5
  CHECK (confirmation_due_day BETWEEN 1 AND 28);
