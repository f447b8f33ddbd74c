-- What the record step keeps of a case alone: its row, its place, its pack. A key that is missing changes nothing. What it looks up, it looks
-- up by key, so its statements are planned once a connection and not each time.
CREATE OR REPLACE FUNCTION keep_case(rows_of_step jsonb) RETURNS void
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  after cases := typed_row(NULL::cases, rows_of_step->'case');
BEGIN
  PERFORM refuse_unknown_keys('keep_case', rows_of_step, '{calendar, case, place, application, words, returned, decision, takenBack, coursePlace, counts, span}');
  IF rows_of_step ? 'calendar' THEN
    -- The case lands on a meeting: whoever moves that one lists the cases to tell after this step, or this step reads the calendar again.
    PERFORM FROM calendar_version WHERE version = (rows_of_step->'calendar')::int FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'The calendar has changed' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  IF after.step = 1 THEN
    INSERT INTO cases SELECT after.*;
  ELSE
    UPDATE cases SET stage = after.stage, step = after.step, state = after.state, host = after.host, waits = after.waits,
        waiting_for = after.waiting_for, due = after.due, next = after.next, meeting = after.meeting, cycle = after.cycle,
        ahead = after.ahead, unplanned = after.unplanned, line = after.line, name = coalesce(after.name, cases.name),
        pack_step = coalesce(after.pack_step, cases.pack_step), case_worker = after.case_worker,
        monitoring_officer = after.monitoring_officer, updated = after.updated, closed = after.closed
      WHERE reference = after.reference AND cases.step = after.step - 1;
    IF NOT FOUND THEN
      RAISE EXCEPTION '% is not at step %', after.reference, after.step - 1 USING ERRCODE = 'serialization_failure';
    END IF;
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
    PERFORM send_files(after.reference, after.step);
    DELETE FROM case_words WHERE reference = after.reference AND NOT rows_of_step->'words' ? word;
    INSERT INTO case_words SELECT after.reference, word FROM jsonb_array_elements_text(rows_of_step->'words') AS word
      ON CONFLICT DO NOTHING;
  END IF;
  IF rows_of_step ? 'coursePlace' THEN
    DELETE FROM course_places WHERE reference = after.reference;
    IF rows_of_step->'coursePlace' <> 'null' THEN
      INSERT INTO course_places SELECT * FROM typed_row(NULL::course_places, rows_of_step->'coursePlace');
    END IF;
  END IF;
  IF rows_of_step ? 'decision' THEN
    INSERT INTO meeting_decisions SELECT * FROM typed_row(NULL::meeting_decisions, rows_of_step->'decision');
  END IF;
  IF rows_of_step ? 'takenBack' THEN
    UPDATE meeting_decisions SET taken_back = true WHERE command = rows_of_step->>'takenBack';
  END IF;
  IF rows_of_step ? 'counts' THEN -- in the order of the key, so that two steps at once wait for each other and never for both
    INSERT INTO counts AS kept (academic_year, what, of, count)
      SELECT each->>'year', each->>'what', each->>'of', count(*)::int
      FROM jsonb_array_elements(rows_of_step->'counts') AS each GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (academic_year, what, of) DO UPDATE SET count = kept.count + excluded.count;
    INSERT INTO school_counts AS kept (academic_year, what, of, school, count)
      SELECT each->>'year', each->>'what', each->>'of', after.school, count(*)::int
      FROM jsonb_array_elements(rows_of_step->'counts') AS each WHERE (each->'bySchool')::boolean GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (academic_year, what, of, school) DO UPDATE SET count = kept.count + excluded.count;
  END IF;
  IF rows_of_step ? 'span' THEN
    PERFORM keep_span(after.reference, after.student, rows_of_step->'span');
  END IF;
  IF rows_of_step ? 'returned' THEN
    UPDATE drafts SET returned = (rows_of_step->'returned')::boolean WHERE reference = after.reference;
  END IF;
END $$;
