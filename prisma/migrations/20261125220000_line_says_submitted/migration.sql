-- The line of a case says when it was submitted, as text: a page of a list writes no instant for each of its rows.
-- The owner sees no case, and must fill the line of each.
ALTER TABLE "cases" NO FORCE ROW LEVEL SECURITY;
UPDATE "cases" SET "line" = ("line"::jsonb || jsonb_build_object('submitted', to_char(submitted AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))::json;
ALTER TABLE "cases" FORCE ROW LEVEL SECURITY;
