-- Where a case stands when a record step begins: locks, then reads, in one round trip.

-- A draft, or a returned pack, with what a rule must know to submit it, and the pack as it was sent last.
CREATE OR REPLACE FUNCTION draft_to_submit(the_reference text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('programme', programme, 'school', school, 'student', student, 'answers', answers, 'follows', follows, 'saved', instant(saved),
    'course', course, 'files', file_facts(the_reference),
    'offered', (SELECT coalesce(jsonb_object_agg(academic_year, jsonb_build_object('code', code, 'title', title, 'programme', courses.programme,
      'provider', provider, 'schoolWeeks', school_weeks)), '{}') FROM courses WHERE code = drafts.course),
    'pack', (SELECT pack FROM applications WHERE applications.reference = the_reference ORDER BY step DESC LIMIT 1),
    'slas', (SELECT coalesce(jsonb_agg(academic_year), '[]') FROM slas WHERE slas.school = drafts.school))
  FROM drafts WHERE reference = the_reference
$$;

-- Locks always in this order: the case (before there is one, its draft), then the meeting that it is before. What is read afterwards is
-- read as it stands once the locks are held. What it looks up, it looks up by key, so its statements are planned once a connection and not
-- each time.
CREATE OR REPLACE FUNCTION begin_case(the_reference text, the_command text, entered_by text) RETURNS jsonb
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  the_case cases;
  the_meeting meetings;
  draft jsonb;
BEGIN
  SELECT * INTO the_case FROM cases WHERE reference = the_reference FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM FROM drafts WHERE reference = the_reference FOR UPDATE;
    SELECT * INTO the_case FROM cases WHERE reference = the_reference FOR UPDATE;
    IF NOT FOUND THEN
      draft := draft_to_submit(the_reference);
    END IF;
  ELSE
    PERFORM FROM drafts WHERE reference = the_reference AND returned FOR UPDATE; -- no file comes or goes meanwhile
    IF FOUND THEN
      draft := draft_to_submit(the_reference);
    END IF;
  END IF;
  IF the_case.meeting IS NOT NULL THEN
    SELECT * INTO the_meeting FROM meetings WHERE id = the_case.meeting FOR SHARE;
  END IF;
  RETURN begin_step(the_reference, the_command, entered_by) || jsonb_build_object(
    'state', the_case.state,
    'submitted', instant(the_case.submitted),
    'waits', the_case.waits,
    'meeting', CASE WHEN the_meeting.id IS NOT NULL THEN jsonb_build_object('id', the_meeting.id, 'day', the_meeting.day) END,
    'sitting', (SELECT meeting_states.state FROM meeting_states WHERE reference = the_case.meeting),
    'ofItsSides', (SELECT coalesce(jsonb_agg(person), '[]') FROM grants
      WHERE the_case.meeting IS NOT NULL AND party IN ('school:' || the_case.school, the_case.host)),
    'draft', draft);
END $$;
