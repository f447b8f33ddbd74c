-- The way in of a command, in one round trip: scopes itself, writes the row unless it is there, and answers with the case, or the
-- panel meeting, as the actor sees it. Null when the actor sees none and no draft of that reference. A key is bound to its body while its command is on its way
-- and once it is recorded. What it looks up, it looks up by key, so its statements are planned once a connection and not each time.
--
-- The row may be lost with a crash of Postgres, for its commit is not waited for on the disk: the record step then finds none and says so,
-- and the same key begins afresh with another attempt. What is recorded is never lost: the step's own commit waits, for this row too.

CREATE OR REPLACE FUNCTION receive_command(the_person text, the_parties text, given jsonb) RETURNS jsonb
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  seen jsonb;
  is_draft boolean; -- null where the actor sees no such draft
  had commands;
  underway received_commands;
  is_new boolean := false;
  settings text[];
BEGIN
  -- Assigned, which costs no statement of its own.
  settings := ARRAY[set_config('cap.person', the_person, true), set_config('cap.parties', the_parties, true),
    set_config('cap.now', given->>'received', true), set_config('synchronous_commit', 'off', true)];
  SELECT state INTO seen FROM cases WHERE reference = given->>'reference';
  IF seen IS NULL THEN
    SELECT state INTO seen FROM meeting_states WHERE reference = given->>'reference';
  END IF;
  IF seen IS NULL THEN
    SELECT NOT submitted INTO is_draft FROM drafts WHERE reference = given->>'reference';
  END IF;
  IF seen IS NOT NULL OR is_draft IS NOT NULL THEN
    INSERT INTO received_commands (id, attempt, reference, kind, person, body, texts, salt, digest, received, based)
      VALUES (given->>'id', given->>'attempt', given->>'reference', given->>'kind', the_person, given->'body', given->'texts',
        given->>'salt', given->>'digest', (given->>'received')::timestamptz, (given->>'based')::int)
      ON CONFLICT DO NOTHING;
    is_new := FOUND;
  END IF;
  -- It was recorded before, or meanwhile, having come through another door at the same instant: then it is not on its way.
  SELECT * INTO had FROM commands WHERE id = given->>'id' AND person = the_person;
  IF is_new AND had.id IS NULL THEN
    RETURN jsonb_build_object('state', seen, 'draft', coalesce(is_draft, false), 'attempt', given->'attempt', 'result', 'new');
  END IF;
  IF had.id IS NOT NULL THEN
    DELETE FROM received_commands WHERE id = given->>'id' AND attempt = given->>'attempt';
  ELSE
    SELECT * INTO underway FROM received_commands WHERE id = given->>'id' AND person = the_person;
    IF underway.id IS NULL AND seen IS NULL AND is_draft IS NULL THEN
      RETURN NULL;
    END IF;
  END IF;
  RETURN jsonb_build_object('state', seen, 'draft', coalesce(is_draft AND had.id IS NULL, false), 'attempt', underway.attempt,
    'step', had.step, 'result', CASE
    WHEN had.id IS NOT NULL THEN
      CASE WHEN had.reference = given->>'reference' AND had.kind = given->>'kind' AND had.body = given->'body'
        AND coalesce((SELECT texts FROM command_texts WHERE command = had.id), given->'texts') = given->'texts' THEN 'recorded'
      ELSE 'other-body' END
    WHEN underway.reference = given->>'reference' AND underway.kind = given->>'kind' AND underway.body = given->'body'
      AND underway.texts = given->'texts' THEN 'pending'
    ELSE 'other-body' -- or somebody else's
  END);
END $$;
