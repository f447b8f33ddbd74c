-- A list begins at its reader's own rows, which carry what lists sort by and until when their party may see the case. Policies ask row by
-- row: without OFFSET 0 they would be planned as a hash of all viewers.

-- DropIndex
DROP INDEX "case_viewers_party_reference_idx";

-- DropIndex
DROP INDEX "cases_due_reference_idx";

-- AlterTable
ALTER TABLE "case_viewers" ADD COLUMN     "until" TIMESTAMPTZ(3),
ADD COLUMN     "updated" TIMESTAMPTZ(3) NOT NULL DEFAULT '2000-01-01';
UPDATE case_viewers SET updated = cases.updated FROM cases WHERE cases.reference = case_viewers.reference;
ALTER TABLE "case_viewers" ALTER COLUMN "updated" DROP DEFAULT;

-- CreateIndex
CREATE INDEX "case_viewers_party_updated_reference_idx" ON "case_viewers"("party", "updated" DESC, "reference");

-- CreateIndex
CREATE INDEX "case_waits_due_reference_idx" ON "case_waits"("due", "reference");

-- Who may see a case until a certain time sees it before that time, by the clock of whoever asks; without one, not at all.
ALTER POLICY api_reads ON case_viewers USING (party = ANY ((SELECT my_parties())::text[])
  AND (until IS NULL OR until > (SELECT nullif(current_setting('cap.now', true), '')::timestamptz)));

ALTER POLICY api_reads ON cases
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = cases.reference OFFSET 0));
ALTER POLICY api_reads ON applications
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = applications.reference OFFSET 0));
ALTER POLICY api_reads ON places
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = places.reference OFFSET 0));
ALTER POLICY api_reads ON timeline
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = timeline.reference AND seen.from_step <= timeline.step OFFSET 0));
ALTER POLICY api_reads ON emails
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = emails.reference AND seen.from_step <= emails.step OFFSET 0));
-- Whoever sees a case sees all that it waits for; whom it waits for is looked at first, because that costs nothing.
ALTER POLICY api_reads ON case_waits
  USING (party = ANY ((SELECT my_parties())::text[]) OR EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = case_waits.reference OFFSET 0));

GRANT UPDATE (updated, until) ON case_viewers TO cap_worker;

-- By what a case is found: words of the student's name, the pupil number, the reference. Prefixes are ranges, which is what an index can
-- answer under row-level security; "C" puts words in the order of their characters.

-- AlterTable
ALTER TABLE "cases" ADD COLUMN     "name" TEXT;

-- CreateTable
CREATE TABLE "case_words" (
    "reference" TEXT NOT NULL,
    "word" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "case_words_pkey" PRIMARY KEY ("reference","word")
);

-- CreateIndex
CREATE INDEX "case_words_word_reference_idx" ON "case_words"("word", "reference");

-- AddForeignKey
ALTER TABLE "case_words" ADD CONSTRAINT "case_words_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE case_words ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY api_reads ON case_words FOR SELECT TO cap_api
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = case_words.reference OFFSET 0));
CREATE POLICY worker_adds ON case_words FOR INSERT TO cap_worker WITH CHECK (true);
GRANT SELECT ON case_words TO cap_api;
GRANT INSERT ON case_words TO cap_worker;

-- A worklist is read in the order of its index, to the last column by which two waits may differ.

-- DropIndex
DROP INDEX "case_waits_party_due_reference_idx";

-- DropIndex
DROP INDEX "case_waits_due_reference_idx";

-- CreateIndex
CREATE INDEX "case_waits_due_reference_what_subject_idx" ON "case_waits"("due", "reference", "what", "subject");

-- CreateIndex
CREATE INDEX "case_waits_party_due_reference_what_subject_idx" ON "case_waits"("party", "due", "reference", "what", "subject");
