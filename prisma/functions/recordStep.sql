-- The second half of the record step, in one round trip with what the machine keeps of its own: what was decided, as rows.

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

-- Rows as their table has them: their keys are looked up once for all of them.
CREATE OR REPLACE FUNCTION typed_rows(of_type anyelement, given jsonb) RETURNS SETOF anyelement LANGUAGE plpgsql STABLE AS $$
DECLARE
  known text[] := ARRAY(SELECT jsonb_object_keys(to_jsonb(jsonb_populate_record(of_type, '{}'))));
BEGIN
  PERFORM refuse_unknown_keys(pg_typeof(of_type)::text, one, known) FROM jsonb_array_elements(given) AS one;
  RETURN QUERY SELECT * FROM jsonb_populate_recordset(of_type, given);
END $$;

-- What every machine leaves: its command, its timeline, its waits, its viewers, its e-mails. A key that is missing or empty changes nothing.
-- What it looks up, it looks up by key, so its statements are planned once a connection and not each time.
CREATE OR REPLACE FUNCTION record_step(rows_of_step jsonb) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  the_reference text := rows_of_step->>'reference';
  the_step integer := (rows_of_step->>'step')::int;
  its_summary json;
BEGIN
  PERFORM refuse_unknown_keys('record_step', rows_of_step,
    '{reference, step, at, received, entered, entries, waits, viewers, emails, undelivered}');
  IF rows_of_step ? 'received' THEN -- it moves from what was received to what was recorded
    INSERT INTO commands (id, reference, kind, person, body, digest, received, based, source, step)
      SELECT id, reference, kind, person, body, digest, received, based, 'api', the_step
      FROM received_commands WHERE id = rows_of_step->>'received';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'The command was taken back' USING ERRCODE = 'serialization_failure';
    END IF;
    INSERT INTO command_texts (command, salt, texts)
      SELECT id, salt, texts FROM received_commands WHERE id = rows_of_step->>'received' AND texts <> '{}';
    DELETE FROM received_commands WHERE id = rows_of_step->>'received';
  END IF;
  IF rows_of_step ? 'entered' THEN
    INSERT INTO commands SELECT * FROM typed_row(NULL::commands, rows_of_step->'entered');
  END IF;
  INSERT INTO timeline SELECT * FROM typed_rows(NULL::timeline, rows_of_step->'entries') ORDER BY seq;
  DELETE FROM case_waits WHERE reference = the_reference;
  INSERT INTO case_waits SELECT * FROM typed_rows(NULL::case_waits, rows_of_step->'waits');
  IF rows_of_step ? 'viewers' THEN -- whoever may see it from now on, and nobody else; who saw it before sees it since the same step
    DELETE FROM case_viewers WHERE reference = the_reference
      AND party NOT IN (SELECT given->>'party' FROM jsonb_array_elements(rows_of_step->'viewers') AS given);
    its_summary := summary_of_case(the_reference); -- once its viewers are being written: an organisation that gets another name waits for these
    INSERT INTO case_viewers (reference, party, from_step, updated, until, opens, summary)
      SELECT reference, party, from_step, updated, until, opens, its_summary FROM typed_rows(NULL::case_viewers, rows_of_step->'viewers')
      ON CONFLICT (reference, party) DO UPDATE SET updated = excluded.updated, until = excluded.until, opens = excluded.opens,
        summary = excluded.summary;
  END IF;
  IF rows_of_step->'emails' <> '[]' THEN
    INSERT INTO emails SELECT * FROM typed_rows(NULL::emails, rows_of_step->'emails');
  END IF;
  IF rows_of_step->'undelivered' <> '[]' THEN
    UPDATE emails SET status = 'undelivered', settled = (rows_of_step->>'at')::timestamptz
      WHERE reference = the_reference AND rows_of_step->'undelivered' ? id AND status = 'due';
  END IF;
END $$;
