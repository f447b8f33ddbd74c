-- Who reads what happened, where that is not everybody who sees the case: a complaint is between its school and CAP (R121). The command that led to
-- it and its words are read with the timeline, so they follow.

-- AlterTable
ALTER TABLE "timeline" ADD COLUMN     "readers" TEXT[];

ALTER POLICY api_reads ON timeline USING ((readers IS NULL OR readers && (SELECT my_parties())::text[])
  AND EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = timeline.reference AND seen.from_step <= timeline.step OFFSET 0));

-- What is there already. The owner of the tables sees no case but here, and nothing that is chained changes.
ALTER TABLE timeline NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;
ALTER TABLE timeline DISABLE TRIGGER never_changed;
UPDATE timeline SET readers = ARRAY['school:' || cases.school, 'cap', 'audit']
  FROM cases WHERE cases.reference = timeline.reference AND timeline.kind IN ('complaintMade', 'complaintAnswered');
ALTER TABLE timeline ENABLE TRIGGER never_changed;
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
ALTER TABLE timeline FORCE ROW LEVEL SECURITY;
