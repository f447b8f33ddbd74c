-- The numbers of a year are read from a few rows, however many schools there are: what is shown by school as well is counted in rows of its own.
CREATE TABLE "school_counts" (
    "academic_year" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "of" TEXT NOT NULL,
    "school" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "school_counts_pkey" PRIMARY KEY ("academic_year","what","of","school")
);

ALTER TABLE school_counts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY overseers_read ON school_counts FOR SELECT TO cap_api
  USING ((SELECT my_parties() && ARRAY['cap', 'panel:multi-agency', 'member:multi-agency']));
GRANT SELECT ON school_counts TO cap_api;
CREATE POLICY worker_counts ON school_counts TO cap_worker USING (true);
GRANT SELECT, INSERT, UPDATE (count) ON school_counts TO cap_worker;
DO $$ BEGIN
  EXECUTE format('CREATE POLICY owner_counts ON school_counts TO %I USING (true)', current_user);
END $$;

ALTER TABLE counts NO FORCE ROW LEVEL SECURITY;
INSERT INTO school_counts (academic_year, what, of, school, count)
  SELECT academic_year, what, programme, school, count FROM counts WHERE what IN ('submitted', 'suspension', 'permanent-exclusion');
-- Of an application its programme is shown, of nothing else.
INSERT INTO counts (academic_year, what, of, programme, school, count)
  SELECT academic_year, what, CASE WHEN what = 'submitted' THEN programme ELSE of END, '', 'all', sum(count)::int FROM counts GROUP BY 1, 2, 3;
DELETE FROM counts WHERE school <> 'all';
ALTER TABLE counts DROP CONSTRAINT counts_pkey, DROP COLUMN school, DROP COLUMN programme,
  ADD CONSTRAINT counts_pkey PRIMARY KEY (academic_year, what, of);
ALTER TABLE school_counts ADD CHECK (what IN ('submitted', 'suspension', 'permanent-exclusion'));
ALTER TABLE counts FORCE ROW LEVEL SECURITY;

-- Marks are shown for a year, and counted for one.
ALTER TABLE attendance_counts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE attendance_counts DROP CONSTRAINT attendance_counts_pkey, ADD COLUMN academic_year TEXT;
INSERT INTO attendance_counts (day, academic_year, mark, count)
  -- An academic year begins on 1 September.
  SELECT min(day), to_char(day - interval '8 months', 'YYYY-') || to_char(day + interval '4 months', 'YY') AS year, mark, sum(count)::int
  FROM attendance_counts GROUP BY year, mark;
DELETE FROM attendance_counts WHERE academic_year IS NULL;
ALTER TABLE attendance_counts DROP COLUMN day, ALTER COLUMN academic_year SET NOT NULL,
  ADD CONSTRAINT attendance_counts_pkey PRIMARY KEY (academic_year, mark);
ALTER TABLE attendance_counts FORCE ROW LEVEL SECURITY;

-- Who may read them is asked once a statement.
ALTER POLICY overseers_read ON exclusion_counts USING ((SELECT my_parties() && ARRAY['cap', 'panel:multi-agency', 'member:multi-agency']));
DROP FUNCTION IF EXISTS count_marks(date, jsonb);
