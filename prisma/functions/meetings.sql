-- Who may sit on a panel: those who lead it, and its members. The API sees nobody's grants; of these it may know that they are of the panel.
CREATE OR REPLACE FUNCTION people_of_panel(the_panel text) RETURNS TABLE (person text, name text, leads boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id, people.name, EXISTS (SELECT FROM grants WHERE grants.person = id AND party = 'panel:' || the_panel) FROM people WHERE active
    AND EXISTS (SELECT FROM grants WHERE grants.person = id AND party IN ('panel:' || the_panel, 'member:' || the_panel)) ORDER BY people.name, id
$$;

REVOKE EXECUTE ON FUNCTION people_of_panel FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_of_panel TO cap_api, cap_worker;

-- Where a panel meeting stands when a record step begins: its row of the calendar locked against being moved, then what its rules may know.
CREATE OR REPLACE FUNCTION begin_meeting(the_reference text, the_command text, entered_by text) RETURNS jsonb
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  planned meetings;
  had meeting_states;
BEGIN
  SELECT * INTO planned FROM meetings WHERE id = the_reference FOR UPDATE;
  SELECT * INTO had FROM meeting_states WHERE reference = the_reference;
  RETURN begin_step(the_reference, the_command, entered_by) || jsonb_build_object(
    'state', had.state,
    'waits', had.waits,
    'planned', CASE WHEN planned.id IS NOT NULL THEN jsonb_build_object('reference', planned.id, 'panel', planned.panel, 'day', planned.day,
      'deadline', (SELECT deadline FROM cycles WHERE id = planned.cycle)) END,
    'quorum', coalesce((SELECT quorum FROM panel_quorums WHERE panel = planned.panel), 0),
    'standing', (SELECT coalesce(jsonb_agg(jsonb_build_object('seat', seat, 'holder', holder, 'deputy', deputy, 'away',
        EXISTS (SELECT FROM absences WHERE person = holder AND planned.day BETWEEN first AND last)) ORDER BY seat), '[]')
      FROM panel_seats WHERE panel = planned.panel),
    'members', (SELECT coalesce(jsonb_agg(person), '[]') FROM people_of_panel(planned.panel)),
    'leaders', (SELECT coalesce(jsonb_agg(person), '[]') FROM people_of_panel(planned.panel) WHERE leads),
    'agenda', (SELECT coalesce(jsonb_agg(reference), '[]') FROM cases WHERE the_reference = ANY (ahead)),
    'undecided', (SELECT count(*) FROM cases WHERE meeting = the_reference),
    'decided', (SELECT count(*) FROM meeting_decisions WHERE meeting = the_reference AND NOT taken_back));
END $$;

-- What the record step keeps of a meeting alone: its row, and who takes no part in which case.
CREATE OR REPLACE FUNCTION keep_meeting(given jsonb) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  after meeting_states := typed_row(NULL::meeting_states, given);
BEGIN
  INSERT INTO meeting_states SELECT after.*
    ON CONFLICT (reference) DO UPDATE SET step = excluded.step, state = excluded.state, waits = excluded.waits, closed = excluded.closed;
  DELETE FROM interests WHERE meeting = after.reference;
  INSERT INTO interests (person, reference, meeting)
    SELECT each->>'person', each->>'case', after.reference FROM jsonb_array_elements(after.state->'interests') AS each;
END $$;

-- What is on its way to a meeting of the asker's panel, whose agenda is open: who sits on it knows of the case, and reads it when the agenda closes.
-- Nothing of the child; and nothing of a case that they may read in another way, or have an interest in.
CREATE OR REPLACE FUNCTION agenda_unopened() RETURNS TABLE (meeting text, reference text, programme text, year text, school text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT cases.meeting, cases.reference, cases.programme, cases.year, coalesce(home.name, cases.school)
  FROM (SELECT nullif(current_setting('cap.now', true), '')::timestamptz AS now) the
  CROSS JOIN unnest(my_parties()) AS mine(party)
  JOIN case_viewers soon ON soon.party = mine.party AND soon.opens > the.now
  JOIN cases ON cases.reference = soon.reference AND cases.meeting IS NOT NULL
  LEFT JOIN organisations home ON home.code = cases.school
  WHERE NOT EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = soon.reference AND seen.party = ANY (my_parties())
      AND (seen.until IS NULL OR seen.until > the.now OR seen.opens <= the.now) OFFSET 0)
    AND NOT EXISTS (SELECT FROM interests WHERE interests.reference = soon.reference AND person = me())
$$;

REVOKE EXECUTE ON FUNCTION agenda_unopened FROM PUBLIC;
GRANT EXECUTE ON FUNCTION agenda_unopened TO cap_api, cap_worker;

-- Which of these people act for the home school of these cases, or for their host while they are before the meeting: they are not counted for them (A7).
-- For whoever may see the case now; of the grants of others nothing else is told.
CREATE OR REPLACE FUNCTION of_its_sides(the_meeting text, the_cases text[], the_people text[]) RETURNS TABLE (reference text, person text, side text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT cases.reference, grants.person, CASE WHEN bool_or(grants.party = 'school:' || cases.school) THEN 'school' ELSE 'host' END
  FROM cases JOIN grants ON grants.party = 'school:' || cases.school OR cases.meeting = the_meeting AND grants.party = cases.host
  WHERE cases.reference = ANY (the_cases) AND grants.person = ANY (the_people)
    AND EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = cases.reference AND seen.party = ANY (my_parties()))
  GROUP BY cases.reference, grants.person
$$;

REVOKE EXECUTE ON FUNCTION of_its_sides FROM PUBLIC;
GRANT EXECUTE ON FUNCTION of_its_sides TO cap_api;
