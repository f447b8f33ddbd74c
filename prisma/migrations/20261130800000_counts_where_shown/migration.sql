-- Only applications, suspensions and exclusions are shown by school. What else is counted is counted for all schools together, so that the numbers of a
-- year are read from some hundred rows.
ALTER TABLE counts NO FORCE ROW LEVEL SECURITY;
INSERT INTO counts AS kept (academic_year, what, of, programme, school, count)
  SELECT academic_year, what, of, programme, '', sum(count)::int FROM counts
  WHERE what IN ('outcome', 'start', 'closed') AND school <> '' GROUP BY 1, 2, 3, 4
  ON CONFLICT (academic_year, what, of, programme, school) DO UPDATE SET count = kept.count + excluded.count;
DELETE FROM counts WHERE what IN ('outcome', 'start', 'closed') AND school <> '';
ALTER TABLE counts FORCE ROW LEVEL SECURITY;
