-- The courses of a provider follow its sites when these have other names, in every year: the provider keeps its sites and no directory. All at once, so
-- that two names may change places. A course at a site of which no new name is given stays as it is.
CREATE OR REPLACE FUNCTION rename_sites(the_provider text, names jsonb) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE courses SET site = names->>site WHERE provider = the_provider AND names->>site IS NOT NULL
    AND my_parties() && ARRAY['cap', 'provider:' || the_provider]
$$;

REVOKE EXECUTE ON FUNCTION rename_sites FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rename_sites TO cap_api;
