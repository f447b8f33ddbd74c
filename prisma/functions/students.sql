-- A student as the rest of the project has them.

CREATE OR REPLACE FUNCTION student_of(the_student students) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('code', the_student.code, 'school', the_student.school, 'name', the_student.name,
    'dateOfBirth', the_student.date_of_birth, 'upn', the_student.upn, 'yearsAbove', the_student.years_above, 'ehcp', the_student.ehcp,
    'lookedAfter', the_student.looked_after, 'adopted', the_student.adopted)
$$;

-- A student with the states of their other open cases, the student's row locked: two applications of one student come one after the other,
-- and the second sees the first. This lock comes last: the case, its meeting, the places, the student.
CREATE OR REPLACE FUNCTION lock_student(the_student text, but_not text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  found students;
BEGIN
  SELECT * INTO found FROM students WHERE code = the_student FOR NO KEY UPDATE;
  RETURN jsonb_build_object('student', student_of(found), 'others',
    (SELECT coalesce(jsonb_agg(state ORDER BY reference), '[]') FROM cases
      WHERE student = the_student AND NOT closed AND reference <> but_not));
END $$;
