-- A person with their grants, for the door that does not know yet who is there; null when there is none or they have left.

CREATE OR REPLACE FUNCTION active_person(the_person text) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object('person', id, 'name', name,
    'parties', (SELECT coalesce(jsonb_agg(party ORDER BY party), '[]') FROM grants WHERE person = id))
  FROM people WHERE id = the_person AND active
$$;

-- The person who signs in so, with their grants; null when there is none or they have left. For the API alone: the worker knows people by id.

CREATE OR REPLACE FUNCTION person_signed_in(the_issuer text, the_subject text) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT active_person(person) FROM sign_ins WHERE issuer = the_issuer AND subject = the_subject
$$;

REVOKE EXECUTE ON FUNCTION person_signed_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION person_signed_in TO cap_api;
