-- What the rule of retention looks at (domain/retention.ts), and what is erased when it says so (A14).

-- What is known of a student: looked after, with a plan or adopted at any time counts. `settled` is when any of it was changed last, or a hold of
-- the student lifted.
CREATE OR REPLACE FUNCTION retention_of_student(the_student students) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('dateOfBirth', the_student.date_of_birth,
    'lookedAfter', the_student.looked_after OR coalesce(bool_or((edit.after->>'lookedAfter')::boolean), false),
    'ehcp', the_student.ehcp OR coalesce(bool_or((edit.after->>'ehcp')::boolean), false),
    'adopted', the_student.adopted OR coalesce(bool_or((edit.after->>'adopted')::boolean), false),
    'settled', instant(greatest(the_student.changed, (SELECT max(lifted) FROM legal_holds WHERE student = the_student.code))),
    'held', EXISTS (SELECT FROM legal_holds WHERE student = the_student.code AND lifted IS NULL))
  FROM student_edits edit WHERE edit.student = the_student.code
$$;

-- The same for a closed case of the student.
CREATE OR REPLACE FUNCTION retention_of_case(the_case cases, the_student students) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT of_student || jsonb_build_object(
    'settled', greatest(of_student->>'settled', the_case.state->>'since',
      instant((SELECT max(lifted) FROM legal_holds WHERE reference = the_case.reference))),
    'held', (of_student->>'held')::boolean OR EXISTS (SELECT FROM legal_holds WHERE reference = the_case.reference AND lifted IS NULL))
  FROM retention_of_student(the_student) AS of_student
$$;

-- A hold that is placed at the same time comes before an erasure, or after it.
CREATE OR REPLACE FUNCTION lock_holds() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtext('legal holds'))
$$;

-- Whether a hold stands on a case, or on a student. For the API, which then deletes nothing that somebody takes away by hand; why, and by whom, it is not told.
CREATE OR REPLACE FUNCTION is_held(the_reference text, the_student text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM legal_holds WHERE lifted IS NULL AND (reference = the_reference OR student = the_student))
$$;

REVOKE EXECUTE ON FUNCTION is_held FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_held TO cap_api;

-- All that was written of a case, and who it is of. What stays is what its chain is made of (codes, days, digests), and the counts.
CREATE OR REPLACE FUNCTION erase_case(the_reference text, the_words jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('cap.erasing', the_reference, true);
  DELETE FROM attendance_marks WHERE reference = the_reference;
  DELETE FROM progress_notes WHERE reference = the_reference;
  DELETE FROM placement_spans WHERE reference = the_reference;
  DELETE FROM edits WHERE what LIKE 'mark ' || the_reference || ' %' OR what LIKE 'progress ' || the_reference || ' %';
  DELETE FROM command_texts WHERE command IN (SELECT id FROM commands WHERE reference = the_reference
    UNION ALL SELECT id FROM commands WHERE reference IN (SELECT reference FROM meeting_states) AND body->>'case' = the_reference);
  DELETE FROM received_commands WHERE reference = the_reference;
  DELETE FROM applications WHERE reference = the_reference;
  DELETE FROM case_words WHERE reference = the_reference AND NOT the_words ? word;
  DELETE FROM drafts WHERE reference = the_reference;
  DELETE FROM made WHERE what = 'application' AND id = the_reference;
  DELETE FROM made WHERE what = 'hold' AND id IN (SELECT id FROM legal_holds WHERE reference = the_reference);
  DELETE FROM legal_holds WHERE reference = the_reference;
  UPDATE cases SET name = NULL, student = NULL WHERE reference = the_reference;
END $$;

-- A student of whom there is no case and no draft any more.
CREATE OR REPLACE FUNCTION erase_student(the_student text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('cap.erasing', the_student, true);
  DELETE FROM student_edits WHERE student = the_student;
  DELETE FROM exclusions WHERE student = the_student;
  DELETE FROM edits WHERE what LIKE 'exclusion ' || the_student || ' %';
  DELETE FROM made WHERE what = 'student' AND id = the_student;
  DELETE FROM made WHERE what = 'hold' AND id IN (SELECT id FROM legal_holds WHERE student = the_student);
  DELETE FROM legal_holds WHERE student = the_student;
  DELETE FROM students WHERE code = the_student;
END $$;

-- The drafts that name a student: a school's own until they are submitted, and for CAP alone when it answers what is held of the student.
CREATE OR REPLACE FUNCTION drafts_of_student(the_student text) RETURNS SETOF drafts
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT drafts.* FROM drafts WHERE 'cap' = ANY (my_parties()) AND student = the_student
$$;

-- Who read some cases, or the row of a student, how often and when, by the access log. For CAP alone.
CREATE OR REPLACE FUNCTION reads_of(the_references text[]) RETURNS TABLE (reference text, person text, action text, count int, first timestamptz,
    last timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT access_log.reference, access_log.person, access_log.action, count(*)::int, min(at), max(at) FROM access_log
  WHERE 'cap' = ANY (my_parties()) AND access_log.reference = ANY (the_references) AND access_log.action LIKE 'GET %'
    AND detail->>'status' = '200'
  GROUP BY access_log.reference, access_log.person, access_log.action ORDER BY min(at), access_log.person, access_log.action
$$;

REVOKE EXECUTE ON FUNCTION drafts_of_student, reads_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drafts_of_student, reads_of TO cap_api;
