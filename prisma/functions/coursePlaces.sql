-- Places of a course, its lines in the directory locked: two that are accepted at once come one after the other. How many it has at once says the
-- directory of the year, or the last one in which it was. For a case in line, what those before it leave; for another, what all of them leave.
-- Null for a course without a limit, unless the case is in line from when it had one: then there is a place. Whether the school has an SLA is asked of
-- the year of the start, which in the summer holidays is the coming one.
DROP FUNCTION IF EXISTS lock_course(text, text, text, text);
CREATE OR REPLACE FUNCTION lock_course(the_course text, the_reference text, the_school text, the_year text, year_of_start text)
  RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  the_places int;
  mine course_places;
BEGIN
  PERFORM FROM courses WHERE code = the_course ORDER BY academic_year FOR NO KEY UPDATE;
  the_places := places_of_course(the_course, the_year);
  SELECT * INTO mine FROM course_places WHERE reference = the_reference AND course = the_course AND waiting;
  IF the_places IS NULL AND mine.reference IS NULL THEN
    RETURN NULL;
  END IF;
  RETURN jsonb_build_object('course', the_course,
    'hasSla', EXISTS (SELECT FROM slas WHERE school = the_school AND academic_year = year_of_start),
    'left', CASE WHEN the_places IS NULL THEN 1 ELSE the_places - (
      SELECT count(*) FROM course_places other WHERE other.course = the_course AND other.reference <> the_reference
        AND (NOT other.waiting OR mine.reference IS NULL
          OR (other.priority, other.since, other.reference) < (mine.priority, mine.since, mine.reference))) END);
END $$;

-- How many places a course has at once in a year: by the directory of that year, or the last one before it that has the course. Null: no limit.
CREATE OR REPLACE FUNCTION places_of_course(the_course text, the_year text) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT places FROM courses WHERE code = the_course AND academic_year <= the_year ORDER BY academic_year DESC LIMIT 1
$$;

-- How many of each course with a limit are taken, and how many cases wait for one.
CREATE OR REPLACE FUNCTION places_of_courses() RETURNS TABLE (course text, taken int, waiting int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT course, (count(*) FILTER (WHERE NOT waiting))::int, (count(*) FILTER (WHERE waiting))::int FROM course_places GROUP BY course
$$;

REVOKE EXECUTE ON FUNCTION places_of_courses FROM PUBLIC;
GRANT EXECUTE ON FUNCTION places_of_courses TO cap_api, cap_worker;
