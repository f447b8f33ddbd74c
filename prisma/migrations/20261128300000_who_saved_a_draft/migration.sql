-- Colleagues write an application together: each save says whose it was (R25).
ALTER TABLE "drafts" ADD COLUMN     "saved_by" TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts NO FORCE ROW LEVEL SECURITY;
UPDATE drafts SET saved_by = begun_by;
ALTER TABLE drafts FORCE ROW LEVEL SECURITY;
ALTER TABLE "drafts" ALTER COLUMN "saved_by" DROP DEFAULT;

-- Nobody saves in the name of another.
ALTER POLICY school_saves ON drafts WITH CHECK ((returned OR NOT submitted) AND saved_by = me());
ALTER POLICY school_begins ON drafts WITH CHECK (opener = ANY ((SELECT my_parties())::text[]) AND opener IN ('cap', 'school:' || school)
  AND begun_by = me() AND saved_by = me() AND NOT submitted);
GRANT UPDATE (saved_by) ON drafts TO cap_api;
