-- Everybody there is, with address and grants: for CAP and auditors, whoever else asks gets nothing. The API reads no address otherwise.
CREATE OR REPLACE FUNCTION people_kept() RETURNS TABLE (id text, name text, email text, active boolean, grants jsonb, sign_ins jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT people.id, people.name, people.email, people.active,
    (SELECT coalesce(jsonb_agg(party ORDER BY party), '[]') FROM grants WHERE person = people.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('issuer', issuer, 'subject', subject) ORDER BY issuer, subject), '[]')
      FROM sign_ins WHERE person = people.id)
  FROM people WHERE my_parties() && ARRAY['cap', 'audit'] ORDER BY people.name, people.id
$$;

REVOKE EXECUTE ON FUNCTION people_kept FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_kept TO cap_api;

-- Who else acts for the reader's school, provider or team: whom a case may name (R43, R96). Nobody reads the grants of another.
CREATE OR REPLACE FUNCTION colleagues() RETURNS TABLE (party text, person text, name text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT grants.party, people.id, people.name FROM grants JOIN people ON people.id = grants.person
  WHERE people.active AND grants.party = ANY (my_parties()) AND (grants.party = 'cap' OR grants.party ~ '^(school|provider):')
  ORDER BY grants.party, people.name, people.id
$$;

REVOKE EXECUTE ON FUNCTION colleagues FROM PUBLIC;
GRANT EXECUTE ON FUNCTION colleagues TO cap_api;

-- Whether somebody with this address acts for the reader's own organisation: the API reads no address itself.
CREATE OR REPLACE FUNCTION is_colleague(the_party text, the_email text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM grants JOIN people ON people.id = grants.person
    WHERE people.active AND grants.party = the_party AND the_party = ANY (my_parties()) AND lower(people.email) = lower(the_email))
$$;

REVOKE EXECUTE ON FUNCTION is_colleague FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_colleague TO cap_api;

-- Whether anybody acts for the local authority's SEND team; who it is, is not told.
CREATE OR REPLACE FUNCTION send_team_is_there() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM grants JOIN people ON people.id = grants.person WHERE grants.party = 'send' AND people.active)
$$;

REVOKE EXECUTE ON FUNCTION send_team_is_there FROM PUBLIC;
GRANT EXECUTE ON FUNCTION send_team_is_there TO cap_api;

-- Settles what one person of CAP asked for: given by another, neither who asked nor whose it is, it is there with that (A21); turned down it is not.
-- For CAP. Says whether it was settled.
CREATE OR REPLACE FUNCTION settle_person_request(the_id text, is_given boolean, the_time timestamptz) RETURNS boolean
  LANGUAGE sql VOLATILE STRICT SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH now_settled AS (
    UPDATE person_requests SET settled = the_time, settled_by = me(), given = is_given
      WHERE id = the_id AND settled IS NULL AND 'cap' = ANY (my_parties()) AND (NOT is_given OR asked_by <> me() AND person <> me())
      RETURNING person, party, issuer, subject, given),
  granted AS (INSERT INTO grants (person, party) SELECT person, party FROM now_settled WHERE given AND party IS NOT NULL),
  signs_in AS (INSERT INTO sign_ins (issuer, subject, person) SELECT issuer, subject, person FROM now_settled WHERE given AND issuer IS NOT NULL)
  SELECT EXISTS (SELECT FROM now_settled)
$$;

REVOKE EXECUTE ON FUNCTION settle_person_request FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_person_request TO cap_api;

-- Takes back how somebody signs in, and signs out who came in so: for CAP, and not for oneself. Says whether there was such a way.
CREATE OR REPLACE FUNCTION take_back_sign_in(the_person text, the_issuer text, the_subject text) RETURNS boolean
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM sign_ins WHERE person = the_person AND issuer = the_issuer AND subject = the_subject
      AND 'cap' = ANY (my_parties()) AND person <> me() RETURNING issuer, subject),
  signed_out AS (DELETE FROM sessions USING gone WHERE sessions.issuer = gone.issuer AND sessions.subject = gone.subject)
  SELECT EXISTS (SELECT FROM gone)
$$;

REVOKE EXECUTE ON FUNCTION take_back_sign_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_back_sign_in TO cap_api;
