-- Every organisation with its mailbox: for CAP and auditors, whoever else asks gets nothing. The API reads no mailbox otherwise.
CREATE OR REPLACE FUNCTION organisations_kept() RETURNS TABLE (code text, kind text, sector text, name text, email text, urn text, ukprn text,
    address text, slas jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT organisations.code, kind, sector, name, email, urn, ukprn, address,
    (SELECT coalesce(jsonb_agg(academic_year ORDER BY academic_year), '[]') FROM slas WHERE school = organisations.code)
  FROM organisations WHERE my_parties() && ARRAY['cap', 'audit'] ORDER BY name, organisations.code
$$;

REVOKE EXECUTE ON FUNCTION organisations_kept FROM PUBLIC;
GRANT EXECUTE ON FUNCTION organisations_kept TO cap_api;
