-- The second half of the record step, in one round trip: what was decided, as rows.

-- A key that nobody reads is refused: what is not kept must not look kept.
CREATE OR REPLACE FUNCTION refuse_unknown_keys(what text, given jsonb, known text[]) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF given - known <> '{}' THEN
    RAISE EXCEPTION '% does not know: %', what, (SELECT string_agg(key, ', ') FROM jsonb_object_keys(given - known) AS key)
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
END $$;

-- A row as its table has it; a key that is no column is refused.
CREATE OR REPLACE FUNCTION typed_row(of_type anyelement, given jsonb) RETURNS anyelement LANGUAGE plpgsql STABLE AS $$
BEGIN
  of_type := jsonb_populate_record(of_type, given);
  PERFORM refuse_unknown_keys(pg_typeof(of_type)::text, given, ARRAY(SELECT jsonb_object_keys(to_jsonb(of_type))));
  RETURN of_type;
END $$;

-- A key that is missing or empty changes nothing. What it looks up, it looks up by key, so its statements are planned once a connection
-- and not each time.
CREATE OR REPLACE FUNCTION record_step(rows_of_step jsonb) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  after cases := typed_row(NULL::cases, rows_of_step->'case');
BEGIN
  PERFORM refuse_unknown_keys('record_step', rows_of_step,
    '{calendar, received, command, case, entries, waits, viewers, emails, undelivered, place, application, name, words, returned}');
  IF rows_of_step ? 'calendar' THEN
    -- The case lands on a meeting: whoever moves that one lists the cases to tell after this step, or this step reads the calendar again.
    PERFORM FROM calendar_version WHERE version = (rows_of_step->'calendar')::int FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'The calendar has changed' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  IF rows_of_step ? 'received' THEN -- it moves from what was received to what was recorded
    INSERT INTO commands (id, reference, kind, person, body, digest, received, based, source, step)
      SELECT id, reference, kind, person, body, digest, received, based, 'api', after.step
      FROM received_commands WHERE id = rows_of_step->>'received';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'The command was taken back' USING ERRCODE = 'serialization_failure';
    END IF;
    INSERT INTO command_texts (command, salt, texts)
      SELECT id, salt, texts FROM received_commands WHERE id = rows_of_step->>'received' AND texts <> '{}';
    DELETE FROM received_commands WHERE id = rows_of_step->>'received';
  END IF;
  IF rows_of_step ? 'command' THEN
    INSERT INTO commands SELECT * FROM typed_row(NULL::commands, rows_of_step->'command');
  END IF;
  IF after.step = 1 THEN
    INSERT INTO cases SELECT after.*;
  ELSE
    UPDATE cases SET stage = after.stage, step = after.step, state = after.state, host = after.host, waits = after.waits,
        waiting_for = after.waiting_for, due = after.due, next = after.next, meeting = after.meeting, cycle = after.cycle,
        ahead = after.ahead, unplanned = after.unplanned, updated = after.updated, closed = after.closed
      WHERE reference = after.reference AND cases.step = after.step - 1;
    IF NOT FOUND THEN
      RAISE EXCEPTION '% is not at step %', after.reference, after.step - 1 USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  INSERT INTO timeline SELECT entry.*
    FROM jsonb_array_elements(rows_of_step->'entries') AS given, typed_row(NULL::timeline, given) AS entry ORDER BY entry.seq;
  DELETE FROM case_waits WHERE reference = after.reference;
  INSERT INTO case_waits SELECT each.*
    FROM jsonb_array_elements(rows_of_step->'waits') AS given, typed_row(NULL::case_waits, given) AS each;
  IF rows_of_step ? 'viewers' THEN -- whoever may see it from now on, and nobody else; who saw it before sees it since the same step
    DELETE FROM case_viewers WHERE reference = after.reference
      AND party NOT IN (SELECT given->>'party' FROM jsonb_array_elements(rows_of_step->'viewers') AS given);
    INSERT INTO case_viewers SELECT each.*
      FROM jsonb_array_elements(rows_of_step->'viewers') AS given, typed_row(NULL::case_viewers, given) AS each
      ON CONFLICT (reference, party) DO UPDATE SET updated = excluded.updated, until = excluded.until;
  END IF;
  IF rows_of_step->'emails' <> '[]' THEN
    INSERT INTO emails SELECT each.*
      FROM jsonb_array_elements(rows_of_step->'emails') AS given, typed_row(NULL::emails, given) AS each;
  END IF;
  IF rows_of_step->'undelivered' <> '[]' THEN
    UPDATE emails SET status = 'undelivered', settled = after.updated
      WHERE reference = after.reference AND rows_of_step->'undelivered' ? id AND status = 'due';
  END IF;
  IF rows_of_step ? 'place' THEN
    DELETE FROM places WHERE reference = after.reference;
    IF rows_of_step->'place' <> 'null' THEN
      INSERT INTO places SELECT * FROM typed_row(NULL::places, rows_of_step->'place');
    END IF;
  END IF;
  IF rows_of_step ? 'application' THEN
    INSERT INTO applications SELECT * FROM typed_row(NULL::applications, rows_of_step->'application');
    UPDATE drafts SET submitted = true WHERE reference = after.reference AND NOT submitted;
    UPDATE cases SET name = rows_of_step->>'name' WHERE reference = after.reference;
    INSERT INTO case_words SELECT after.reference, word FROM jsonb_array_elements_text(rows_of_step->'words') AS word
      ON CONFLICT DO NOTHING;
  END IF;
  IF rows_of_step ? 'returned' THEN
    UPDATE drafts SET returned = (rows_of_step->'returned')::boolean WHERE reference = after.reference;
  END IF;
END $$;
