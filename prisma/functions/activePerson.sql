-- A person with their grants, for the door that does not know yet who is there; null when there is none or they have left.

CREATE OR REPLACE FUNCTION active_person(the_person text) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object('person', id, 'name', name,
    'parties', (SELECT coalesce(jsonb_agg(party ORDER BY party), '[]') FROM grants WHERE person = id))
  FROM people WHERE id = the_person AND active
$$;
