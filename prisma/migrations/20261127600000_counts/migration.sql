-- What the numbers are made of, counted as it happens (A20), so that a page of them costs like a key read. Who oversees the model reads them (R69).
CREATE TABLE "counts" (
    "academic_year" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "of" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "school" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "counts_pkey" PRIMARY KEY ("academic_year","what","of","programme","school")
);

ALTER TABLE counts ADD CHECK (what IN ('submitted', 'outcome', 'start', 'closed')), ADD CHECK (count > 0);
ALTER TABLE counts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY overseers_read ON counts FOR SELECT TO cap_api
  USING (my_parties() && ARRAY['cap', 'panel:multi-agency', 'member:multi-agency']);
GRANT SELECT ON counts TO cap_api;
CREATE POLICY worker_counts ON counts TO cap_worker USING (true);
GRANT SELECT, INSERT, UPDATE (count) ON counts TO cap_worker;

-- Marks are counted with each register, and no longer when a case is erased alone.
DROP POLICY cap_reads ON attendance_counts;
CREATE POLICY overseers_read ON attendance_counts FOR SELECT TO cap_api
  USING (my_parties() && ARRAY['cap', 'panel:multi-agency', 'member:multi-agency']);
CREATE POLICY owner_counts ON attendance_counts TO cap_owner USING (true);
ALTER TABLE attendance_counts DROP CONSTRAINT attendance_counts_count_check;

-- What is there already. The owner of the tables sees no case but here.
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;
ALTER TABLE timeline NO FORCE ROW LEVEL SECURITY;
ALTER TABLE attendance_marks NO FORCE ROW LEVEL SECURITY;
ALTER TABLE counts NO FORCE ROW LEVEL SECURITY;
INSERT INTO counts (academic_year, what, of, programme, school, count)
  -- An academic year begins on 1 September.
  SELECT to_char((at AT TIME ZONE 'Europe/London') - interval '8 months', 'YYYY-') || to_char((at AT TIME ZONE 'Europe/London') + interval '4 months', 'YY'),
    CASE kind WHEN 'submitted' THEN 'submitted' WHEN 'outcomeIssued' THEN 'outcome' WHEN 'startConfirmed' THEN 'start' ELSE 'closed' END,
    CASE kind WHEN 'submitted' THEN ''
      WHEN 'outcomeIssued' THEN CASE WHEN at <= (event->'outcome'->>'due')::timestamptz THEN 'in-time' ELSE 'late' END
      WHEN 'startConfirmed' THEN ((event->>'start')::date - (cases.submitted AT TIME ZONE 'Europe/London')::date)::text
      WHEN 'exited' THEN event->>'destination' WHEN 'withdrawn' THEN 'withdrawn' ELSE 'closed-by-cap' END,
    cases.programme, cases.school, count(*)::int
  FROM timeline JOIN cases USING (reference)
  WHERE kind IN ('submitted', 'outcomeIssued', 'startConfirmed', 'exited', 'withdrawn', 'closedByCap') GROUP BY 1, 2, 3, 4, 5;
INSERT INTO attendance_counts AS counted (day, mark, count)
  SELECT day, mark, count(*)::int FROM attendance_marks GROUP BY day, mark
  ON CONFLICT (day, mark) DO UPDATE SET count = counted.count + excluded.count;
ALTER TABLE counts FORCE ROW LEVEL SECURITY;
ALTER TABLE attendance_marks FORCE ROW LEVEL SECURITY;
ALTER TABLE timeline FORCE ROW LEVEL SECURITY;
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
