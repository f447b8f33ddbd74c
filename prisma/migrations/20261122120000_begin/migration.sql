-- The first migration: the tables as schema.prisma has them, then what Prisma does not know: checks, triggers, functions, and row-level
-- security with its grants. The roles cap_api and cap_worker must exist; whoever runs this owns everything and sees no case by it.

-- CreateTable
CREATE TABLE "organisations" (
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,

    CONSTRAINT "organisations_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "slas" (
    "school" TEXT NOT NULL,
    "academic_year" TEXT NOT NULL,

    CONSTRAINT "slas_pkey" PRIMARY KEY ("school","academic_year")
);

-- CreateTable
CREATE TABLE "team_mailboxes" (
    "party" TEXT NOT NULL,
    "email" TEXT NOT NULL,

    CONSTRAINT "team_mailboxes_pkey" PRIMARY KEY ("party")
);

-- CreateTable
CREATE TABLE "people" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grants" (
    "person" TEXT NOT NULL,
    "party" TEXT NOT NULL,

    CONSTRAINT "grants_pkey" PRIMARY KEY ("person","party")
);

-- CreateTable
CREATE TABLE "half_terms" (
    "academic_year" TEXT NOT NULL,
    "term" TEXT NOT NULL,
    "half" INTEGER NOT NULL,
    "first_day" DATE NOT NULL,
    "last_day" DATE NOT NULL,

    CONSTRAINT "half_terms_pkey" PRIMARY KEY ("academic_year","term","half")
);

-- CreateTable
CREATE TABLE "closures" (
    "day" DATE NOT NULL,

    CONSTRAINT "closures_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "cycles" (
    "id" TEXT NOT NULL,
    "academic_year" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "deadline" DATE NOT NULL,

    CONSTRAINT "cycles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cycle_items" (
    "cycle" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "programme" TEXT NOT NULL,
    "cohort_start" DATE,
    "panels" JSONB,

    CONSTRAINT "cycle_items_pkey" PRIMARY KEY ("cycle","position")
);

-- CreateTable
CREATE TABLE "cohorts" (
    "programme" TEXT NOT NULL,
    "start" DATE NOT NULL,
    "academic_year" TEXT NOT NULL,
    "cycle" TEXT,

    CONSTRAINT "cohorts_pkey" PRIMARY KEY ("programme","start")
);

-- CreateTable
CREATE TABLE "meetings" (
    "id" TEXT NOT NULL,
    "cycle" TEXT NOT NULL,
    "panel" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "meetings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_version" (
    "id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "calendar_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "untold_edits" (
    "change" TEXT NOT NULL,

    CONSTRAINT "untold_edits_pkey" PRIMARY KEY ("change")
);

-- CreateTable
CREATE TABLE "courses" (
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "school_weeks" INTEGER NOT NULL,

    CONSTRAINT "courses_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "capacities" (
    "programme" TEXT NOT NULL,
    "academic_year" TEXT NOT NULL,
    "term" TEXT NOT NULL,
    "places" INTEGER NOT NULL,

    CONSTRAINT "capacities_pkey" PRIMARY KEY ("programme","academic_year","term")
);

-- CreateTable
CREATE TABLE "drafts" (
    "reference" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "school" TEXT NOT NULL,
    "course" TEXT,
    "answers" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "begun_by" TEXT NOT NULL,
    "begun" TIMESTAMPTZ(3) NOT NULL,
    "saved" TIMESTAMPTZ(3) NOT NULL,
    "submitted" BOOLEAN NOT NULL,

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "commands" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "received" TIMESTAMPTZ(3) NOT NULL,
    "based" INTEGER NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "commands_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "command_texts" (
    "command" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "texts" JSONB NOT NULL,

    CONSTRAINT "command_texts_pkey" PRIMARY KEY ("command")
);

-- CreateTable
CREATE TABLE "cases" (
    "reference" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "year" TEXT NOT NULL,
    "school" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "wait" JSONB,
    "waiting_for" TEXT,
    "due" TIMESTAMPTZ(3),
    "next" TIMESTAMPTZ(3),
    "cycle" TEXT,
    "meeting" TEXT,
    "submitted" TIMESTAMPTZ(3) NOT NULL,
    "updated" TIMESTAMPTZ(3) NOT NULL,
    "closed" BOOLEAN NOT NULL,

    CONSTRAINT "cases_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "timeline" (
    "reference" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "command" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "event" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "meeting_day" DATE,
    "text_digest" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "timeline_pkey" PRIMARY KEY ("reference","step","seq")
);

-- CreateTable
CREATE TABLE "case_viewers" (
    "reference" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "from_step" INTEGER NOT NULL,

    CONSTRAINT "case_viewers_pkey" PRIMARY KEY ("reference","party")
);

-- CreateTable
CREATE TABLE "applications" (
    "reference" TEXT NOT NULL,
    "pack" JSONB NOT NULL,
    "salt" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "submitted" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "applications_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "emails" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "template" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "about" TEXT,
    "of" TEXT,
    "status" TEXT NOT NULL,
    "written" TIMESTAMPTZ(3) NOT NULL,
    "settled" TIMESTAMPTZ(3),

    CONSTRAINT "emails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "places" (
    "reference" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "academic_year" TEXT NOT NULL,
    "term" TEXT NOT NULL,

    CONSTRAINT "places_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "access_log" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "reference" TEXT,
    "detail" JSONB NOT NULL,

    CONSTRAINT "access_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "cycles_academic_year_number_key" ON "cycles"("academic_year", "number");

-- CreateIndex
CREATE UNIQUE INDEX "meetings_cycle_panel_key" ON "meetings"("cycle", "panel");

-- CreateIndex
CREATE INDEX "drafts_school_saved_idx" ON "drafts"("school", "saved");

-- CreateIndex
CREATE INDEX "commands_reference_idx" ON "commands"("reference");

-- CreateIndex
CREATE INDEX "cases_updated_reference_idx" ON "cases"("updated" DESC, "reference");

-- CreateIndex
CREATE INDEX "cases_due_reference_idx" ON "cases"("due", "reference");

-- CreateIndex
CREATE INDEX "cases_meeting_idx" ON "cases"("meeting");

-- CreateIndex
CREATE INDEX "timeline_command_idx" ON "timeline"("command");

-- CreateIndex
CREATE INDEX "case_viewers_party_reference_idx" ON "case_viewers"("party", "reference");

-- CreateIndex
CREATE INDEX "emails_reference_step_idx" ON "emails"("reference", "step");

-- CreateIndex
CREATE INDEX "places_programme_academic_year_term_idx" ON "places"("programme", "academic_year", "term");

-- AddForeignKey
ALTER TABLE "slas" ADD CONSTRAINT "slas_school_fkey" FOREIGN KEY ("school") REFERENCES "organisations"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_person_fkey" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cycle_items" ADD CONSTRAINT "cycle_items_cycle_fkey" FOREIGN KEY ("cycle") REFERENCES "cycles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_cycle_fkey" FOREIGN KEY ("cycle") REFERENCES "cycles"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_cycle_fkey" FOREIGN KEY ("cycle") REFERENCES "cycles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "courses" ADD CONSTRAINT "courses_provider_fkey" FOREIGN KEY ("provider") REFERENCES "organisations"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "command_texts" ADD CONSTRAINT "command_texts_command_fkey" FOREIGN KEY ("command") REFERENCES "commands"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timeline" ADD CONSTRAINT "timeline_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timeline" ADD CONSTRAINT "timeline_command_fkey" FOREIGN KEY ("command") REFERENCES "commands"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_viewers" ADD CONSTRAINT "case_viewers_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "applications" ADD CONSTRAINT "applications_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emails" ADD CONSTRAINT "emails_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "places" ADD CONSTRAINT "places_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the columns may hold.

ALTER TABLE organisations ADD CHECK (kind IN ('school', 'provider'));
ALTER TABLE grants ADD CHECK (party ~ '^(cap|audit|ops|(school|provider|panel):[A-Za-z0-9._-]+)$');
ALTER TABLE half_terms ADD CHECK (term IN ('autumn', 'spring', 'summer') AND half IN (1, 2) AND first_day <= last_day);
ALTER TABLE capacities ADD CHECK (term IN ('autumn', 'spring', 'summer', 'year') AND places >= 0);
ALTER TABLE calendar_version ADD CHECK (id = 1);
ALTER TABLE commands ADD CHECK (source IN ('api', 'temporal', 'system'));
ALTER TABLE emails ADD CHECK (status IN ('due', 'sent', 'undelivered'));

-- An instant as the rest of the project writes it, 2024-12-19T10:00:00.000Z.
CREATE FUNCTION instant(at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- Who asks: set for one transaction by records/database.ts; nobody when that was forgotten.

CREATE FUNCTION me() RETURNS text LANGUAGE sql STABLE
  RETURN nullif(current_setting('cap.person', true), '');

CREATE FUNCTION my_parties() RETURNS text[] LANGUAGE sql STABLE
  RETURN string_to_array(nullif(current_setting('cap.parties', true), ''), chr(31));

-- The calendar's version rises with every change, whoever makes it.

CREATE FUNCTION calendar_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE calendar_version SET version = version + 1;
  RETURN NULL;
END $$;

CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON half_terms EXECUTE FUNCTION calendar_changed();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON closures EXECUTE FUNCTION calendar_changed();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cycles EXECUTE FUNCTION calendar_changed();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON cycle_items EXECUTE FUNCTION calendar_changed();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON meetings EXECUTE FUNCTION calendar_changed();

INSERT INTO calendar_version (id, version) VALUES (1, 1);

-- Commands and the timeline are never changed, by nobody. What was given and what happened are chained by hashes, case by case.

CREATE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON commands FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON commands EXECUTE FUNCTION never_changed();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON timeline FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON timeline EXECUTE FUNCTION never_changed();

CREATE FUNCTION timeline_hash(entry timeline, given commands) RETURNS text LANGUAGE sql STABLE
  RETURN encode(sha256(convert_to(jsonb_build_array(
    entry.previous, entry.reference, entry.step, entry.seq, entry.kind, entry.event, instant(entry.at), entry.meeting_day, entry.text_digest,
    given.id, given.reference, given.kind, given.person, given.body, given.digest, instant(given.received), given.based, given.source
  )::text, 'UTF8')), 'hex');

CREATE FUNCTION chain_timeline() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  latest timeline;
  given commands;
BEGIN
  SELECT * INTO latest FROM timeline WHERE reference = NEW.reference ORDER BY step DESC, seq DESC LIMIT 1;
  IF (NEW.step, NEW.seq) <= (latest.step, latest.seq) THEN
    RAISE EXCEPTION 'The timeline of % goes on after step %', NEW.reference, latest.step USING ERRCODE = 'unique_violation';
  END IF;
  SELECT * INTO given FROM commands WHERE id = NEW.command;
  NEW.text_digest := given.digest;
  NEW.previous := coalesce(latest.hash, '');
  NEW.hash := timeline_hash(NEW, given);
  RETURN NEW;
END $$;

CREATE TRIGGER chain BEFORE INSERT ON timeline FOR EACH ROW EXECUTE FUNCTION chain_timeline();

-- A person with their grants, for the door that does not know yet who is there; null when there is none or they have left.
CREATE FUNCTION active_person(the_person text) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object('person', id, 'name', name,
    'parties', (SELECT coalesce(jsonb_agg(party ORDER BY party), '[]') FROM grants WHERE person = id))
  FROM people WHERE id = the_person AND active
$$;

-- receive_command, begin_step and record_step are called for every command. What they look up they look up by key, so their statements are
-- planned once a connection and not each time.

-- The way in of a command, in one round trip: scopes itself, writes the row unless it is there, and answers with the case as the actor
-- sees it. Null when the actor sees neither a case nor a draft of that reference.
CREATE FUNCTION receive_command(the_person text, the_parties text, given jsonb) RETURNS jsonb
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  seen jsonb;
  had commands;
  result text := 'new';
BEGIN
  PERFORM set_config('cap.person', the_person, true), set_config('cap.parties', the_parties, true);
  SELECT state INTO seen FROM cases WHERE reference = given->>'reference';
  SELECT * INTO had FROM commands WHERE id = given->>'id' AND person = the_person;
  IF had.id IS NULL THEN
    IF seen IS NULL AND NOT EXISTS (SELECT FROM drafts WHERE reference = given->>'reference') THEN
      RETURN NULL;
    END IF;
    INSERT INTO commands (id, reference, kind, person, body, digest, received, based, source)
      VALUES (given->>'id', given->>'reference', given->>'kind', the_person, given->'body', given->>'digest',
        (given->>'received')::timestamptz, (given->>'based')::int, 'api')
      ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN -- the same command at the same instant, through another door; or somebody else's
      SELECT * INTO had FROM commands WHERE id = given->>'id' AND person = the_person;
      IF had.id IS NULL THEN
        RETURN jsonb_build_object('result', 'other-body', 'state', seen);
      END IF;
    ELSIF given->'texts' <> '{}' THEN
      INSERT INTO command_texts (command, salt, texts) VALUES (given->>'id', given->>'salt', given->'texts');
    END IF;
  END IF;
  IF had.id IS NOT NULL THEN
    result := CASE
      WHEN had.reference <> given->>'reference' OR had.kind <> given->>'kind' OR had.body <> given->'body'
        OR coalesce((SELECT texts FROM command_texts WHERE command = had.id), given->'texts') <> given->'texts' THEN 'other-body'
      WHEN EXISTS (SELECT FROM timeline WHERE command = had.id) THEN 'recorded'
      ELSE 'pending'
    END;
  END IF;
  RETURN jsonb_build_object('result', result, 'state', seen, 'step', (SELECT min(step) FROM timeline WHERE command = had.id));
END $$;

-- E-mails of a case that are still to be sent.
CREATE FUNCTION due_emails(the_reference text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'template', template, 'to', party, 'about', about) ORDER BY step, id), '[]')
  FROM emails WHERE reference = the_reference AND status = 'due'
$$;

-- A draft with what a rule must know to submit it.
CREATE FUNCTION draft_to_submit(the_reference text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('programme', programme, 'school', school, 'answers', answers, 'begun', instant(begun),
    'course', (SELECT jsonb_build_object('code', code, 'title', title, 'provider', provider, 'schoolWeeks', school_weeks)
      FROM courses WHERE code = drafts.course),
    'slas', (SELECT coalesce(jsonb_agg(academic_year), '[]') FROM slas WHERE slas.school = drafts.school))
  FROM drafts WHERE reference = the_reference
$$;

-- The first half of the record step, in one round trip. Locks always in this order: the case (before there is one, its draft), then the
-- meeting that it is before. What is read afterwards is read as it stands once the locks are held. A command that has no row yet is given
-- by `entered_by`, and its row is written when it is recorded.
CREATE FUNCTION begin_step(the_reference text, the_command text, entered_by text) RETURNS jsonb
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
    'wait', the_case.wait,
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

-- Places left of a programme, its ledger locked: two approvals of the last place come one after the other, and the second counts the first.
CREATE FUNCTION lock_places(the_programme text) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM capacities WHERE programme = the_programme ORDER BY academic_year, term FOR UPDATE;
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object('academicYear', academic_year, 'term', term, 'inTerm', in_term, 'inYear', in_year)), '[]')
    FROM places_left WHERE programme = the_programme);
END $$;

-- The second half of the record step, in one round trip: what was decided, as rows. A key that is missing or empty changes nothing.
CREATE FUNCTION record_step(rows_of_step jsonb) RETURNS void
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
    UPDATE cases SET stage = after.stage, step = after.step, state = after.state, wait = after.wait, waiting_for = after.waiting_for,
        due = after.due, next = after.next, meeting = after.meeting, cycle = after.cycle, updated = after.updated, closed = after.closed
      WHERE reference = after.reference AND cases.step = after.step - 1;
    IF NOT FOUND THEN
      RAISE EXCEPTION '% is not at step %', after.reference, after.step - 1 USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  INSERT INTO timeline SELECT * FROM jsonb_populate_recordset(NULL::timeline, rows_of_step->'entries') ORDER BY seq;
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

-- As the asker sees the places: the worker all, CAP and the deciding panel those of the cases that they see, which are all.
CREATE VIEW places_left WITH (security_invoker) AS
  SELECT term.programme, term.academic_year, term.term,
    term.places - (SELECT count(*) FROM places taken
      WHERE taken.programme = term.programme AND taken.academic_year = term.academic_year AND taken.term = term.term) AS in_term,
    coalesce(year.places, term.places) - (SELECT count(*) FROM places taken
      WHERE taken.programme = term.programme AND taken.academic_year = term.academic_year) AS in_year
  FROM capacities term
  LEFT JOIN capacities year ON year.programme = term.programme AND year.academic_year = term.academic_year AND year.term = 'year'
  WHERE term.term <> 'year';

-- Row-level security. Forced, so that the owner is under it too.

DO $$
DECLARE
  each record;
BEGIN
  FOR each IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', each.name);
  END LOOP;
END $$;

-- The owner seeds the rows that staff edit afterwards. It has no policy on drafts, commands, cases or what belongs to them.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['organisations', 'slas', 'team_mailboxes', 'people', 'grants', 'half_terms', 'closures', 'cycles', 'cycle_items',
    'cohorts', 'meetings', 'calendar_version', 'courses', 'capacities'] LOOP
    EXECUTE format('CREATE POLICY owner ON %I TO %I USING (true)', name, current_user);
  END LOOP;
END $$;

-- The API: every transaction acts for a person.

GRANT USAGE ON SCHEMA public TO cap_api, cap_worker;

DO $$
DECLARE
  name text;
BEGIN
  -- What everybody with a role may read, and of it what CAP may edit.
  FOREACH name IN ARRAY ARRAY['organisations', 'slas', 'team_mailboxes', 'people', 'courses', 'capacities', 'half_terms', 'closures', 'cycles',
    'cycle_items', 'cohorts', 'meetings', 'calendar_version'] LOOP
    EXECUTE format('CREATE POLICY api_reads ON %I FOR SELECT TO cap_api USING ((SELECT my_parties()) IS NOT NULL)', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['half_terms', 'closures', 'cycles', 'cycle_items', 'cohorts', 'meetings', 'untold_edits'] LOOP
    EXECUTE format('CREATE POLICY cap_edits ON %I TO cap_api USING (''cap'' = ANY ((SELECT my_parties())::text[]))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO cap_api', name);
  END LOOP;
END $$;

GRANT SELECT (code, kind, name) ON organisations TO cap_api;
GRANT SELECT (id, name) ON people TO cap_api;
GRANT SELECT ON slas, team_mailboxes, courses, capacities, calendar_version, places_left TO cap_api;

-- The one place that says which cases are whose: what follows asks case_viewers, and case_viewers shows only one's own parties.
CREATE POLICY api_reads ON case_viewers FOR SELECT TO cap_api USING (party = ANY ((SELECT my_parties())::text[]));
CREATE POLICY api_reads ON cases FOR SELECT TO cap_api
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = cases.reference));
CREATE POLICY api_reads ON applications FOR SELECT TO cap_api
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = applications.reference));
CREATE POLICY api_reads ON places FOR SELECT TO cap_api
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = places.reference));
CREATE POLICY api_reads ON timeline FOR SELECT TO cap_api
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = timeline.reference AND seen.from_step <= timeline.step));
CREATE POLICY api_reads ON emails FOR SELECT TO cap_api
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = emails.reference AND seen.from_step <= emails.step));
GRANT SELECT ON case_viewers, cases, applications, places, timeline, emails TO cap_api;

-- A command is written by whoever gives it, and read with the timeline that it led to.
CREATE POLICY api_gives ON commands FOR INSERT TO cap_api WITH CHECK (person = me() AND source = 'api');
CREATE POLICY api_reads ON commands FOR SELECT TO cap_api
  USING (person = (SELECT me()) OR EXISTS (SELECT FROM timeline WHERE timeline.command = commands.id));
CREATE POLICY api_gives ON command_texts FOR INSERT TO cap_api
  WITH CHECK (EXISTS (SELECT FROM commands WHERE commands.id = command AND commands.person = me()));
CREATE POLICY api_reads ON command_texts FOR SELECT TO cap_api
  USING (EXISTS (SELECT FROM commands WHERE commands.id = command));
GRANT SELECT, INSERT ON commands, command_texts TO cap_api;

-- A draft is its school's, until it is submitted.
CREATE POLICY school_reads ON drafts FOR SELECT TO cap_api USING ('school:' || school = ANY ((SELECT my_parties())::text[]));
CREATE POLICY school_begins ON drafts FOR INSERT TO cap_api
  WITH CHECK ('school:' || school = ANY ((SELECT my_parties())::text[]) AND begun_by = me() AND NOT submitted);
CREATE POLICY school_saves ON drafts FOR UPDATE TO cap_api
  USING ('school:' || school = ANY ((SELECT my_parties())::text[]) AND NOT submitted) WITH CHECK (NOT submitted);
GRANT SELECT, INSERT, UPDATE (course, answers, version, saved) ON drafts TO cap_api;

CREATE POLICY api_adds ON access_log FOR INSERT TO cap_api WITH CHECK (person = coalesce(me(), person));
CREATE POLICY audit_reads ON access_log FOR SELECT TO cap_api USING ('audit' = ANY ((SELECT my_parties())::text[]));
GRANT SELECT, INSERT ON access_log TO cap_api;
GRANT USAGE ON SEQUENCE access_log_id_seq TO cap_api, cap_worker;

-- The worker: it records what happened. It adds to the timeline and to the commands and changes neither.

DO $$
DECLARE
  each record;
BEGIN
  FOR each IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' LOOP
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO cap_worker USING (true)', each.name);
    EXECUTE format('GRANT SELECT ON %I TO cap_worker', each.name);
  END LOOP;
END $$;

CREATE POLICY worker_adds ON commands FOR INSERT TO cap_worker WITH CHECK (source <> 'api');
CREATE POLICY worker_adds ON timeline FOR INSERT TO cap_worker WITH CHECK (true);
CREATE POLICY worker_adds ON applications FOR INSERT TO cap_worker WITH CHECK (true);
CREATE POLICY worker_adds ON access_log FOR INSERT TO cap_worker WITH CHECK (true);
CREATE POLICY worker_adds ON cases FOR INSERT TO cap_worker WITH CHECK (true);
CREATE POLICY worker_updates ON cases FOR UPDATE TO cap_worker USING (true);
CREATE POLICY worker_adds ON emails FOR INSERT TO cap_worker WITH CHECK (true);
CREATE POLICY worker_updates ON emails FOR UPDATE TO cap_worker USING (true);
CREATE POLICY worker_writes ON case_viewers TO cap_worker USING (true);
CREATE POLICY worker_writes ON places TO cap_worker USING (true);
CREATE POLICY worker_submits ON drafts FOR UPDATE TO cap_worker USING (true) WITH CHECK (submitted);
CREATE POLICY worker_tells ON untold_edits FOR DELETE TO cap_worker USING (true);
CREATE POLICY worker_erases ON command_texts FOR DELETE TO cap_worker USING (true);
-- Postgres locks rows only for those who might change them: the worker may lock these, but no change passes the check.
CREATE POLICY worker_locks ON calendar_version FOR UPDATE TO cap_worker USING (true) WITH CHECK (false);
CREATE POLICY worker_locks ON meetings FOR UPDATE TO cap_worker USING (true) WITH CHECK (false);
CREATE POLICY worker_locks ON capacities FOR UPDATE TO cap_worker USING (true) WITH CHECK (false);

GRANT INSERT ON commands, timeline, applications, access_log, cases, emails, case_viewers, places TO cap_worker;
GRANT UPDATE ON cases TO cap_worker;
GRANT UPDATE (status, settled) ON emails TO cap_worker;
GRANT UPDATE (submitted) ON drafts TO cap_worker;
GRANT UPDATE (version) ON calendar_version, meetings TO cap_worker;
GRANT UPDATE (places) ON capacities TO cap_worker;
GRANT DELETE ON case_viewers, places, command_texts, untold_edits TO cap_worker;
GRANT SELECT ON places_left TO cap_worker;

REVOKE EXECUTE ON FUNCTION active_person, calendar_changed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION active_person TO cap_api, cap_worker;
