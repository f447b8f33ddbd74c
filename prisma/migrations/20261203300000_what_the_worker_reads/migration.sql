-- The worker reads what its steps and nights ask for. Who read what it only adds to; of the notes of a week it asks whose they are, to erase them; of an
-- exclusion of whom and when it is, to count it beside a placement. Marks are counted in the owner's name as they are made.
DROP POLICY worker_reads ON access_log;
REVOKE SELECT ON access_log FROM cap_worker;

REVOKE SELECT ON progress_notes FROM cap_worker;
GRANT SELECT (reference) ON progress_notes TO cap_worker;

REVOKE SELECT ON exclusions FROM cap_worker;
GRANT SELECT (student, day) ON exclusions TO cap_worker;

DROP POLICY worker_counts ON attendance_counts;
REVOKE SELECT, INSERT, UPDATE (count) ON attendance_counts FROM cap_worker;
