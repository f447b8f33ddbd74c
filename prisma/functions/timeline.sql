-- Triggers of commands and the timeline: never changed, by nobody; what was given and what happened are chained by hashes, case by case.

CREATE OR REPLACE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE FUNCTION timeline_hash(entry timeline, given commands) RETURNS text LANGUAGE sql STABLE
  RETURN encode(sha256(convert_to(jsonb_build_array(
    entry.previous, entry.reference, entry.step, entry.seq, entry.kind, entry.event, instant(entry.at), entry.meeting_day, entry.text_digest,
    given.id, given.reference, given.kind, given.person, given.body, given.digest, instant(given.received), given.based, given.source
  )::text, 'UTF8')), 'hex');

CREATE OR REPLACE FUNCTION chain_timeline() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  latest timeline;
  given commands;
BEGIN
  SELECT * INTO latest FROM timeline WHERE reference = NEW.reference ORDER BY step DESC, seq DESC LIMIT 1;
  IF (NEW.step, NEW.seq) <= (latest.step, latest.seq) THEN
    RAISE EXCEPTION 'The timeline of % goes on after step %', NEW.reference, latest.step USING ERRCODE = 'unique_violation';
  END IF;
  SELECT * INTO given FROM commands WHERE id = NEW.command;
  NEW.text_digest := given.digest;
  NEW.previous := coalesce(latest.hash, '');
  NEW.hash := timeline_hash(NEW, given);
  RETURN NEW;
END $$;
