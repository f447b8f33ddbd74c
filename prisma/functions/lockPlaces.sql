-- Places left of a programme, its ledger locked: two approvals of the last place come one after the other, and the second counts the first.

CREATE OR REPLACE FUNCTION lock_places(the_programme text) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM capacities WHERE programme = the_programme ORDER BY academic_year, term FOR UPDATE;
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object('academicYear', academic_year, 'term', term, 'inTerm', in_term, 'inYear', in_year)), '[]')
    FROM places_left WHERE programme = the_programme);
END $$;
