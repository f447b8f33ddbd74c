-- Content in the store of files: which of it is kept, and how much nobody has looked at.

-- Content comes off the list of what is deleted with its row, and on it again when the row goes, or will never be read.
CREATE OR REPLACE FUNCTION keep_content() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    DELETE FROM unkept_contents WHERE id = NEW.id;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'The content of % is deleted, or was never announced', NEW.id USING ERRCODE = 'foreign_key_violation';
    END IF;
  ELSE
    INSERT INTO unkept_contents (id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

-- How many files are in quarantine, and since when. For CAP alone: drafts, which it does not see, are counted too.
CREATE OR REPLACE FUNCTION files_in_quarantine() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object('files', count(*)::int, 'since', instant(min(added))) FROM files
  WHERE state = 'quarantined' AND 'cap' = ANY (my_parties())
$$;

-- What was uploaded for an application and its case. For CAP alone when it answers what is held of a student: drafts' too.
CREATE OR REPLACE FUNCTION files_for_cap(the_reference text) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'name', name, 'added', instant(added), 'addedBy', added_by, 'state', state)
    ORDER BY added, id), '[]')
  FROM files WHERE reference = the_reference AND 'cap' = ANY (my_parties())
$$;

-- The files of an application as domain knows them.
CREATE OR REPLACE FUNCTION file_facts(the_reference text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'name', name, 'digest', digest, 'state', state, 'addedBy', added_by, 'step', step,
    'replaces', replaces, 'replaced', replaced) ORDER BY added, id), '[]')
  FROM files WHERE reference = the_reference
$$;

-- The files of a pack belong to the case from the step at which it is sent; those whose place they take, up to that step.
CREATE OR REPLACE FUNCTION send_files(the_reference text, the_step int) RETURNS void LANGUAGE sql AS $$
  UPDATE files SET replaced = the_step WHERE reference = the_reference AND replaced IS NULL
    AND id IN (SELECT replaces FROM files WHERE reference = the_reference AND step IS NULL);
  UPDATE files SET step = the_step WHERE reference = the_reference AND step IS NULL
$$;

REVOKE EXECUTE ON FUNCTION files_in_quarantine, files_for_cap FROM PUBLIC;
GRANT EXECUTE ON FUNCTION files_in_quarantine, files_for_cap TO cap_api;
