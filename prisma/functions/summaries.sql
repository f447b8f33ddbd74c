-- What a list shows of a case: its line, with the names that are not in it. It stands in the row of each of its viewers, where a list finds it.

-- null for what is no case. What it looks up, it looks up by key; in this language it is planned once a connection.
CREATE OR REPLACE FUNCTION summary_of_case(the_reference text) RETURNS json LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT json_build_object('student', cases.name, 'schoolName', coalesce(home.name, cases.school), 'hostName', host.name,
      'line', cases.line)
    FROM cases LEFT JOIN organisations home ON home.code = cases.school
      LEFT JOIN organisations host ON host.code = split_part(cases.host, ':', 2)
    WHERE cases.reference = the_reference);
END $$;

-- An organisation has another name: so it has in the lists. A step that is writing its viewers ends before this; one that comes to them later waits
-- here, and then reads the new name.
CREATE OR REPLACE FUNCTION rename_in_summaries() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  LOCK TABLE case_viewers IN SHARE ROW EXCLUSIVE MODE;
  WITH its AS MATERIALIZED (
    SELECT reference, summary_of_case(reference) AS summary FROM cases WHERE school = NEW.code OR split_part(host, ':', 2) = NEW.code)
  UPDATE case_viewers SET summary = its.summary FROM its WHERE case_viewers.reference = its.reference;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER renamed AFTER UPDATE OF name ON organisations
  FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION rename_in_summaries();
