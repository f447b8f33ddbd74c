-- A case may wait for several things at once: all of them stand with it, and one row each begins the worklists. Who has the student is a
-- party, for a school may have one as well as a provider.

-- AlterTable
ALTER TABLE "cases" DROP COLUMN "wait",
ADD COLUMN     "host" TEXT,
ADD COLUMN     "waits" JSONB NOT NULL;

-- CreateTable
CREATE TABLE "case_waits" (
    "reference" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "due" TIMESTAMPTZ(3) NOT NULL,
    "next" TIMESTAMPTZ(3),

    CONSTRAINT "case_waits_pkey" PRIMARY KEY ("reference","what","subject")
);

-- CreateIndex
CREATE INDEX "case_waits_party_due_reference_idx" ON "case_waits"("party", "due", "reference");

-- AddForeignKey
ALTER TABLE "case_waits" ADD CONSTRAINT "case_waits_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE case_waits ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- A worklist begins at one's own waits; a case shows all of its waits to whoever sees the case.
CREATE POLICY api_reads ON case_waits FOR SELECT TO cap_api USING (party = ANY ((SELECT my_parties())::text[]));
CREATE POLICY worker_writes ON case_waits TO cap_worker USING (true);
GRANT SELECT ON case_waits TO cap_api, cap_worker;
GRANT INSERT, DELETE ON case_waits TO cap_worker;

CREATE OR REPLACE FUNCTION begin_step(the_reference text, the_command text, entered_by text) RETURNS jsonb
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  the_case cases;
  the_meeting meetings;
  given commands;
  draft jsonb;
BEGIN
  SELECT * INTO the_case FROM cases WHERE reference = the_reference FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM FROM drafts WHERE reference = the_reference FOR UPDATE;
    SELECT * INTO the_case FROM cases WHERE reference = the_reference FOR UPDATE;
    IF NOT FOUND THEN
      draft := draft_to_submit(the_reference);
    END IF;
  END IF;
  IF the_case.meeting IS NOT NULL THEN
    SELECT * INTO the_meeting FROM meetings WHERE id = the_case.meeting FOR SHARE;
  END IF;
  SELECT * INTO given FROM commands WHERE id = the_command AND reference = the_reference;
  RETURN jsonb_build_object(
    'state', the_case.state,
    'waits', the_case.waits,
    'meeting', CASE WHEN the_meeting.id IS NOT NULL THEN jsonb_build_object('id', the_meeting.id, 'day', the_meeting.day) END,
    'command', CASE WHEN given.id IS NOT NULL THEN jsonb_build_object('kind', given.kind, 'body', given.body, 'person', given.person,
      'source', given.source, 'received', instant(given.received), 'recorded', EXISTS (SELECT FROM timeline WHERE command = given.id),
      'texts', (SELECT coalesce(jsonb_agg(key), '[]') FROM command_texts, jsonb_each_text(texts)
        WHERE command = given.id AND trim(value) <> '')) END,
    'parties', active_person(coalesce(given.person, entered_by))->'parties',
    'calendar', (SELECT version FROM calendar_version),
    'emails', due_emails(the_reference),
    'draft', draft);
END $$;

CREATE OR REPLACE FUNCTION record_step(rows_of_step jsonb) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  after cases := jsonb_populate_record(NULL::cases, rows_of_step->'case');
BEGIN
  IF rows_of_step ? 'calendar' THEN
    -- The case lands on a meeting: whoever moves that one lists the cases to tell after this step, or this step reads the calendar again.
    PERFORM FROM calendar_version WHERE version = (rows_of_step->'calendar')::int FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'The calendar has changed' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  IF rows_of_step ? 'command' THEN
    INSERT INTO commands SELECT * FROM jsonb_populate_record(NULL::commands, rows_of_step->'command');
  END IF;
  IF after.step = 1 THEN
    INSERT INTO cases SELECT after.*;
  ELSE
    UPDATE cases SET stage = after.stage, step = after.step, state = after.state, host = after.host, waits = after.waits, waiting_for = after.waiting_for,
        due = after.due, next = after.next, meeting = after.meeting, cycle = after.cycle, updated = after.updated, closed = after.closed
      WHERE reference = after.reference AND cases.step = after.step - 1;
    IF NOT FOUND THEN
      RAISE EXCEPTION '% is not at step %', after.reference, after.step - 1 USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  INSERT INTO timeline SELECT * FROM jsonb_populate_recordset(NULL::timeline, rows_of_step->'entries') ORDER BY seq;
  DELETE FROM case_waits WHERE reference = after.reference;
  INSERT INTO case_waits SELECT * FROM jsonb_populate_recordset(NULL::case_waits, rows_of_step->'waits');
  IF rows_of_step->'gone' <> '[]' THEN
    DELETE FROM case_viewers WHERE reference = after.reference AND rows_of_step->'gone' ? party;
  END IF;
  IF rows_of_step->'come' <> '[]' THEN
    INSERT INTO case_viewers SELECT * FROM jsonb_populate_recordset(NULL::case_viewers, rows_of_step->'come');
  END IF;
  IF rows_of_step->'emails' <> '[]' THEN
    INSERT INTO emails SELECT * FROM jsonb_populate_recordset(NULL::emails, rows_of_step->'emails');
  END IF;
  IF rows_of_step->'undelivered' <> '[]' THEN
    UPDATE emails SET status = 'undelivered', settled = after.updated
      WHERE reference = after.reference AND rows_of_step->'undelivered' ? id AND status = 'due';
  END IF;
  IF rows_of_step ? 'place' THEN
    DELETE FROM places WHERE reference = after.reference;
    INSERT INTO places SELECT * FROM jsonb_populate_record(NULL::places, rows_of_step->'place') WHERE rows_of_step->'place' <> 'null';
  END IF;
  IF rows_of_step ? 'application' THEN
    INSERT INTO applications SELECT * FROM jsonb_populate_record(NULL::applications, rows_of_step->'application');
    UPDATE drafts SET submitted = true WHERE reference = after.reference;
  END IF;
END $$;
