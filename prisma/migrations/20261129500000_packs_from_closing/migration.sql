-- Who sits on a panel reads a pack from when the agenda closes on: a viewer may see a case from a time on, for the first time or again. The rows of
-- a case that runs are as before until its next step writes them anew.
ALTER TABLE "case_viewers" ADD COLUMN "opens" TIMESTAMPTZ(3);

GRANT UPDATE (opens) ON case_viewers TO cap_worker;

ALTER POLICY api_reads ON case_viewers USING (party = ANY ((SELECT my_parties())::text[])
  AND (until IS NULL OR until > (SELECT nullif(current_setting('cap.now', true), '')::timestamptz)
    OR opens <= (SELECT nullif(current_setting('cap.now', true), '')::timestamptz))
  AND NOT ((party LIKE 'panel:%' OR party LIKE 'member:%') AND reference = ANY (ARRAY(SELECT interests.reference FROM interests WHERE person = (SELECT me())))));

-- For agenda_unopened, which answers members of a panel alone: the owner by itself still sees none of them.
DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner_reads ON case_viewers FOR SELECT TO %I USING (party = ANY (my_parties()))', current_user);
  EXECUTE format('CREATE POLICY owner_reads ON cases FOR SELECT TO %I USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = cases.reference OFFSET 0))',
    current_user);
  EXECUTE format('CREATE POLICY owner_reads ON interests FOR SELECT TO %I USING (person = me())', current_user);
END $$;
