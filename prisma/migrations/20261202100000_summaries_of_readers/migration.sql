-- What a list shows of a case stands in the rows of its viewers: a page begins at them, and reads neither the case nor the names of organisations.
ALTER TABLE "case_viewers" ADD COLUMN "summary" JSON;

-- The owner sees no case, and must fill the column of each.
ALTER TABLE "cases" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "case_viewers" NO FORCE ROW LEVEL SECURITY;
UPDATE "case_viewers" SET "summary" = json_build_object('student', cases.name, 'schoolName', coalesce(home.name, cases.school),
    'hostName', host.name, 'line', cases.line)
  FROM cases LEFT JOIN organisations home ON home.code = cases.school
    LEFT JOIN organisations host ON host.code = split_part(cases.host, ':', 2)
  WHERE cases.reference = case_viewers.reference;
ALTER TABLE "cases" FORCE ROW LEVEL SECURITY;
ALTER TABLE "case_viewers" FORCE ROW LEVEL SECURITY;

-- Panel meetings have viewers too, and no summary. The record step of an older version fails here until it is replaced, and is tried again.
ALTER TABLE "case_viewers" ADD CONSTRAINT "case_viewers_summary_check" CHECK ("summary" IS NOT NULL OR "reference" NOT LIKE 'CAP-%');

GRANT UPDATE ("summary") ON "case_viewers" TO cap_worker;

-- Summaries name organisations: a trigger writes them anew when one has another name. Nothing else that the owner does sees these rows.
CREATE POLICY owner_names ON "cases" FOR SELECT TO cap_owner USING (pg_trigger_depth() > 0);
CREATE POLICY owner_names ON "case_viewers" TO cap_owner USING (pg_trigger_depth() > 0);

-- A wait is read by whom it waits for, and by those who look over all cases; whoever else sees a case sees its waits in its row. It says of which case, what
-- and until when, and no more: a list shows it beside the row of the viewer, which an interest and a time to come hide.
ALTER POLICY api_reads ON "case_waits" USING (party = ANY ((SELECT my_parties())::text[]) OR (SELECT my_parties() && ARRAY['cap', 'audit']));

-- Few viewers see a case until a time: the others need no entry in this index, of which each step would write one anew.
DROP INDEX "case_viewers_until_idx";
CREATE INDEX "case_viewers_until_idx" ON "case_viewers" ("until") WHERE (until IS NOT NULL);
