-- The waits in the line of a case are kept as short lists: a page of a list reads the line of each of its rows. Their role is worked out from
-- the party; '=' says that the clock acts next when it is due. The owner sees no case, and must write the line of each.
ALTER TABLE "cases" NO FORCE ROW LEVEL SECURITY;
UPDATE "cases" SET "line" = ("line"::jsonb || jsonb_build_object('waits', coalesce((
  SELECT jsonb_agg(jsonb_build_array(wait->'what', wait->'subject', wait->'party', wait->'due',
    CASE WHEN wait->'next' = wait->'due' THEN to_jsonb('='::text) ELSE wait->'next' END) ORDER BY place)
  FROM jsonb_array_elements(waits) WITH ORDINALITY AS each(wait, place)), '[]')))::json;
ALTER TABLE "cases" FORCE ROW LEVEL SECURITY;
