-- The first half of the record step, in one round trip: what every machine finds, once its process is locked.

-- E-mails of a process that are still to be sent.
CREATE OR REPLACE FUNCTION due_emails(the_reference text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'template', template, 'to', party) ORDER BY step, id), '[]')
  FROM emails WHERE reference = the_reference AND status = 'due'
$$;

-- The command that is asked, and who gives it: one that no door received is given by `entered_by`. What it looks up, it looks up by key, so its
-- statements are planned once a connection and not each time.
CREATE OR REPLACE FUNCTION begin_step(the_reference text, the_command text, entered_by text) RETURNS jsonb
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  given received_commands;
BEGIN
  SELECT * INTO given FROM received_commands
    WHERE id = the_command AND reference = the_reference AND entered_by IS NULL;
  RETURN jsonb_build_object(
    'isRecorded', EXISTS (SELECT FROM commands WHERE id = the_command AND reference = the_reference),
    'received', CASE WHEN given.id IS NOT NULL THEN jsonb_build_object('kind', given.kind, 'body', given.body, 'person', given.person,
      'received', instant(given.received), 'texts', (SELECT coalesce(jsonb_agg(key), '[]') FROM jsonb_each_text(given.texts)
        WHERE trim(value) <> '')) END,
    'parties', active_person(coalesce(given.person, entered_by))->'parties',
    'interested', EXISTS (SELECT FROM interests WHERE person = coalesce(given.person, entered_by) AND reference = the_reference),
    'calendar', (SELECT version FROM calendar_version),
    'emails', due_emails(the_reference));
END $$;
