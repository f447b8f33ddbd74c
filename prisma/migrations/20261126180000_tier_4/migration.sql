-- A draft is its opener's: of the home school, or of the local authority where a programme is opened by it alone (R20). And programmes that are off
-- until CAP offers them (C29).

-- AlterTable
ALTER TABLE "drafts" ADD COLUMN     "opener" TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts NO FORCE ROW LEVEL SECURITY;
UPDATE drafts SET opener = 'school:' || school;
ALTER TABLE drafts FORCE ROW LEVEL SECURITY;
ALTER TABLE "drafts" ALTER COLUMN "opener" DROP DEFAULT;

-- CreateTable
CREATE TABLE "offered_programmes" (
    "programme" TEXT NOT NULL,

    CONSTRAINT "offered_programmes_pkey" PRIMARY KEY ("programme")
);

ALTER TABLE offered_programmes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY api_reads ON offered_programmes FOR SELECT TO cap_api USING ((SELECT my_parties()) IS NOT NULL);
CREATE POLICY cap_edits ON offered_programmes TO cap_api USING ('cap' = ANY (my_parties()));
GRANT SELECT, INSERT, DELETE ON offered_programmes TO cap_api;
CREATE POLICY worker_reads ON offered_programmes FOR SELECT TO cap_worker USING (true);
GRANT SELECT ON offered_programmes TO cap_worker;

ALTER POLICY school_reads ON drafts USING (opener = ANY ((SELECT my_parties())::text[]));
ALTER POLICY school_begins ON drafts WITH CHECK (opener = ANY ((SELECT my_parties())::text[]) AND opener IN ('cap', 'school:' || school)
  AND begun_by = me() AND NOT submitted);
ALTER POLICY school_saves ON drafts USING (opener = ANY ((SELECT my_parties())::text[]) AND (returned OR NOT submitted));
ALTER POLICY school_deletes ON drafts USING (opener = ANY ((SELECT my_parties())::text[]) AND NOT submitted);
