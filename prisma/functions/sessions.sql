-- The session of a cookie, by the digest of what the cookie holds: before it is read nobody knows whose it is. One that lives is used by this; one
-- that has run out is read all the same, for it says whose the words are that came too late (R25).
CREATE OR REPLACE FUNCTION session_used(the_digest text, at timestamptz, next_lapse timestamptz)
  RETURNS TABLE (id text, person text, issuer text, subject text, sealed text, lives boolean, unsent boolean)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH living AS (
    UPDATE sessions SET used = greatest(used, at), lapses = greatest(lapses, next_lapse)
      WHERE digest = the_digest AND lapses > at AND until > at RETURNING sessions.*)
  SELECT id, person, issuer, subject, sealed, lives, EXISTS (SELECT FROM unsent_forms WHERE unsent_forms.person = found.person AND until > at)
  FROM (SELECT *, true AS lives FROM living
    UNION ALL SELECT *, false FROM sessions WHERE digest = the_digest AND NOT EXISTS (SELECT FROM living)) AS found
$$;

-- Whoever has the cookie may end its session.
CREATE OR REPLACE FUNCTION session_ended(the_digest text) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM sessions WHERE digest = the_digest
$$;

REVOKE EXECUTE ON FUNCTION session_used, session_ended FROM PUBLIC;
GRANT EXECUTE ON FUNCTION session_used, session_ended TO cap_api;
