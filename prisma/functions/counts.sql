-- Counts what a register changed: each mark that was made counts one more, one that it took the place of one less. In the order of the key, so that two
-- registers at once wait for each other and never for both.
CREATE OR REPLACE FUNCTION count_marks(the_year text, changes jsonb) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO attendance_counts AS kept (academic_year, mark, count)
    SELECT the_year, mark, sum(change)::int FROM jsonb_to_recordset(changes) AS each (mark text, change int)
    GROUP BY mark HAVING sum(change) <> 0 ORDER BY mark
    ON CONFLICT (academic_year, mark) DO UPDATE SET count = kept.count + excluded.count
$$;

REVOKE EXECUTE ON FUNCTION count_marks FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_marks TO cap_api;
