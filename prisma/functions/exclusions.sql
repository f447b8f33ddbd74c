-- Exclusions of one student are edited, and their placements end, one after the other: so each exclusion counts once in each span that it is in.
CREATE OR REPLACE FUNCTION lock_exclusions(the_student text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('exclusions of ' || the_student, 0))
$$;

-- Counts an exclusion that was recorded (1) or removed (-1), in its year, for its school, and in the spans of the student's placements that have ended.
CREATE OR REPLACE FUNCTION count_exclusion(the_student text, the_school text, the_year text, the_kind text, the_day date, change int) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO counts AS kept (academic_year, what, of, count) VALUES (the_year, the_kind, '', change)
    ON CONFLICT (academic_year, what, of) DO UPDATE SET count = kept.count + change;
  INSERT INTO school_counts AS kept (academic_year, what, of, school, count) VALUES (the_year, the_kind, '', the_school, change)
    ON CONFLICT (academic_year, what, of, school) DO UPDATE SET count = kept.count + change;
  INSERT INTO exclusion_counts AS kept (day, placements, before, during, after)
    SELECT until, 0, change * count(*) FILTER (WHERE the_day < start), change * count(*) FILTER (WHERE the_day BETWEEN start AND exit),
      change * count(*) FILTER (WHERE the_day > exit)
    FROM placement_spans WHERE student = the_student AND the_day BETWEEN before_from AND until GROUP BY until ORDER BY until
    ON CONFLICT (day) DO UPDATE SET before = kept.before + excluded.before, during = kept.during + excluded.during, after = kept.after + excluded.after
$$;

REVOKE EXECUTE ON FUNCTION count_exclusion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_exclusion TO cap_api;

-- A placement has ended: its span, and the exclusions that are known of it.
CREATE OR REPLACE FUNCTION keep_span(the_reference text, the_student text, span jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  kept_span placement_spans := typed_row(NULL::placement_spans, span || jsonb_build_object('reference', the_reference, 'student', the_student));
BEGIN
  PERFORM lock_exclusions(the_student);
  INSERT INTO placement_spans SELECT kept_span.*;
  INSERT INTO exclusion_counts AS kept (day, placements, before, during, after)
    SELECT kept_span.until, 1, count(*) FILTER (WHERE day < kept_span.start), count(*) FILTER (WHERE day BETWEEN kept_span.start AND kept_span.exit),
      count(*) FILTER (WHERE day > kept_span.exit)
    FROM exclusions WHERE student = the_student AND day BETWEEN kept_span.before_from AND kept_span.until
    ON CONFLICT (day) DO UPDATE SET placements = kept.placements + 1, before = kept.before + excluded.before, during = kept.during + excluded.during,
      after = kept.after + excluded.after;
END $$;
