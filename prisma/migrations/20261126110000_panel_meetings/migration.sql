-- The panel meeting as a machine of its own: who usually sits on a panel, what a meeting is at, who takes no part in which case, and which
-- cases it decided.

-- CreateTable
CREATE TABLE "panel_seats" (
    "panel" TEXT NOT NULL,
    "seat" TEXT NOT NULL,
    "holder" TEXT,
    "deputy" TEXT,

    CONSTRAINT "panel_seats_pkey" PRIMARY KEY ("panel","seat")
);

-- CreateTable
CREATE TABLE "panel_quorums" (
    "panel" TEXT NOT NULL,
    "quorum" INTEGER NOT NULL,

    CONSTRAINT "panel_quorums_pkey" PRIMARY KEY ("panel")
);

-- CreateTable
CREATE TABLE "absences" (
    "person" TEXT NOT NULL,
    "first" DATE NOT NULL,
    "last" DATE NOT NULL,

    CONSTRAINT "absences_pkey" PRIMARY KEY ("person","first")
);

-- CreateTable
CREATE TABLE "edits" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "edits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting_states" (
    "reference" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "waits" JSONB NOT NULL,
    "closed" BOOLEAN NOT NULL,

    CONSTRAINT "meeting_states_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "interests" (
    "person" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "meeting" TEXT NOT NULL,

    CONSTRAINT "interests_pkey" PRIMARY KEY ("person","reference","meeting")
);

-- CreateTable
CREATE TABLE "meeting_decisions" (
    "command" TEXT NOT NULL,
    "meeting" TEXT NOT NULL,
    "reference" TEXT NOT NULL,

    CONSTRAINT "meeting_decisions_pkey" PRIMARY KEY ("command")
);

-- CreateIndex
CREATE INDEX "interests_meeting_idx" ON "interests"("meeting");

-- CreateIndex
CREATE INDEX "meeting_decisions_meeting_idx" ON "meeting_decisions"("meeting");

-- AddForeignKey
ALTER TABLE "panel_seats" ADD CONSTRAINT "panel_seats_holder_fkey" FOREIGN KEY ("holder") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "panel_seats" ADD CONSTRAINT "panel_seats_deputy_fkey" FOREIGN KEY ("deputy") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absences" ADD CONSTRAINT "absences_person_fkey" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who leads a panel holds `panel:…`, who sits on it `member:…`.
ALTER TABLE grants DROP CONSTRAINT grants_party_check;
ALTER TABLE grants ADD CHECK (party ~ '^(cap|audit|ops|(school|provider|panel|member):[A-Za-z0-9._-]+)$');

ALTER TABLE panel_quorums ADD CHECK (quorum BETWEEN 0 AND 100);
ALTER TABLE absences ADD CHECK (first <= last);

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON edits FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON edits EXECUTE FUNCTION never_changed();

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['panel_seats', 'panel_quorums', 'absences', 'edits', 'meeting_states', 'interests', 'meeting_decisions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO cap_worker USING (true)', name);
    EXECUTE format('GRANT SELECT ON %I TO cap_worker', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['panel_seats', 'panel_quorums'] LOOP
    EXECUTE format('CREATE POLICY owner ON %I TO %I USING (true)', name, current_user);
    EXECUTE format('CREATE POLICY api_reads ON %I FOR SELECT TO cap_api USING ((SELECT my_parties()) IS NOT NULL)', name);
    EXECUTE format('CREATE POLICY cap_edits ON %I TO cap_api USING (''cap'' = ANY ((SELECT my_parties())::text[]))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO cap_api', name);
  END LOOP;
END $$;

-- When somebody is away, they say themselves, or CAP for them.
CREATE POLICY own ON absences TO cap_api USING (person = (SELECT me()) OR 'cap' = ANY ((SELECT my_parties())::text[]));
GRANT SELECT, INSERT, DELETE ON absences TO cap_api;

CREATE POLICY api_adds ON edits FOR INSERT TO cap_api WITH CHECK (person = me());
CREATE POLICY api_reads ON edits FOR SELECT TO cap_api USING (my_parties() && ARRAY['cap', 'audit']);
GRANT SELECT, INSERT ON edits TO cap_api;
GRANT USAGE ON SEQUENCE edits_id_seq TO cap_api;

-- What is of a meeting is seen by those who see the meeting.
CREATE POLICY api_reads ON meeting_states FOR SELECT TO cap_api
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = meeting_states.reference OFFSET 0));
CREATE POLICY api_reads ON meeting_decisions FOR SELECT TO cap_api
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = meeting_decisions.meeting OFFSET 0));
GRANT SELECT ON meeting_states, meeting_decisions TO cap_api;
CREATE POLICY own ON interests FOR SELECT TO cap_api USING (person = (SELECT me()));
GRANT SELECT ON interests TO cap_api;

CREATE POLICY worker_adds ON meeting_states FOR INSERT TO cap_worker WITH CHECK (true);
CREATE POLICY worker_updates ON meeting_states FOR UPDATE TO cap_worker USING (true);
CREATE POLICY worker_writes ON interests TO cap_worker USING (true);
CREATE POLICY worker_adds ON meeting_decisions FOR INSERT TO cap_worker WITH CHECK (true);
GRANT INSERT, UPDATE ON meeting_states TO cap_worker;
GRANT INSERT, DELETE ON interests TO cap_worker;
GRANT INSERT ON meeting_decisions TO cap_worker;

-- Who has an interest in a case does not see it as one of a panel. Whoever acts for its school or its host still sees it so.
ALTER POLICY api_reads ON case_viewers USING (party = ANY ((SELECT my_parties())::text[])
  AND (until IS NULL OR until > (SELECT nullif(current_setting('cap.now', true), '')::timestamptz))
  AND NOT ((party LIKE 'panel:%' OR party LIKE 'member:%') AND reference = ANY (ARRAY(SELECT interests.reference FROM interests WHERE person = (SELECT me())))));
ALTER POLICY api_reads ON case_waits
  USING ((party = ANY ((SELECT my_parties())::text[]) AND NOT ((party LIKE 'panel:%' OR party LIKE 'member:%')
      AND reference = ANY (ARRAY(SELECT interests.reference FROM interests WHERE person = (SELECT me())))))
    OR EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = case_waits.reference OFFSET 0));
