-- Of a provider the newest check of each kind.
CREATE OR REPLACE FUNCTION checks_of(the_provider text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'passed', passed, 'expires', expires) ORDER BY kind), '[]')
  FROM (SELECT DISTINCT ON (kind) kind, passed, expires FROM provider_checks WHERE provider = the_provider ORDER BY kind, passed DESC) AS newest
$$;
