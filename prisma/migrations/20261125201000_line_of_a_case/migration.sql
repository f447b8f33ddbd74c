-- What a list shows of a case, as the record step writes it: a page of a list reads one value a row in the place of ten.
ALTER TABLE "cases" ADD COLUMN "line" JSON;
-- The owner sees no case, and must fill the column of each.
ALTER TABLE "cases" NO FORCE ROW LEVEL SECURITY;
UPDATE "cases" SET "line" = json_build_object('reference', reference, 'programme', programme || '@' || year, 'school', school, 'host', host,
  'stage', stage, 'step', step, 'waits', waits, 'start', coalesce(state->'position'->>'start', state->'landing'->>'cohort'),
  'updated', to_char(updated AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
ALTER TABLE "cases" FORCE ROW LEVEL SECURITY;
ALTER TABLE "cases" ALTER COLUMN "line" SET NOT NULL;
