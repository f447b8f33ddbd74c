-- The way in of a command, in one round trip: scopes itself, writes the row unless it is there, and answers with the case as the actor
-- sees it. Null when the actor sees neither a case nor a draft of that reference. What it looks up, it looks up by key, so its statements
-- are planned once a connection and not each time.

CREATE OR REPLACE FUNCTION receive_command(the_person text, the_parties text, given jsonb) RETURNS jsonb
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  seen jsonb;
  had commands;
  result text := 'new';
BEGIN
  PERFORM set_config('cap.person', the_person, true), set_config('cap.parties', the_parties, true);
  SELECT state INTO seen FROM cases WHERE reference = given->>'reference';
  SELECT * INTO had FROM commands WHERE id = given->>'id' AND person = the_person;
  IF had.id IS NULL THEN
    IF seen IS NULL AND NOT EXISTS (SELECT FROM drafts WHERE reference = given->>'reference') THEN
      RETURN NULL;
    END IF;
    INSERT INTO commands (id, reference, kind, person, body, digest, received, based, source)
      VALUES (given->>'id', given->>'reference', given->>'kind', the_person, given->'body', given->>'digest',
        (given->>'received')::timestamptz, (given->>'based')::int, 'api')
      ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN -- the same command at the same instant, through another door; or somebody else's
      SELECT * INTO had FROM commands WHERE id = given->>'id' AND person = the_person;
      IF had.id IS NULL THEN
        RETURN jsonb_build_object('result', 'other-body', 'state', seen);
      END IF;
    ELSIF given->'texts' <> '{}' THEN
      INSERT INTO command_texts (command, salt, texts) VALUES (given->>'id', given->>'salt', given->'texts');
    END IF;
  END IF;
  IF had.id IS NOT NULL THEN
    result := CASE
      WHEN had.reference <> given->>'reference' OR had.kind <> given->>'kind' OR had.body <> given->'body'
        OR coalesce((SELECT texts FROM command_texts WHERE command = had.id), given->'texts') <> given->'texts' THEN 'other-body'
      WHEN EXISTS (SELECT FROM timeline WHERE command = had.id) THEN 'recorded'
      ELSE 'pending'
    END;
  END IF;
  RETURN jsonb_build_object('result', result, 'state', seen, 'step', (SELECT min(step) FROM timeline WHERE command = had.id));
END $$;
