-- Progress and behaviour are rows, not commands of a case, like marks: what the host of a placement notes of a school week (R97).

-- CreateTable
CREATE TABLE "progress_notes" (
    "reference" TEXT NOT NULL,
    "week" DATE NOT NULL,
    "progress" TEXT NOT NULL,
    "progress_words" TEXT NOT NULL,
    "behaviour" TEXT NOT NULL,
    "behaviour_words" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "written" TIMESTAMPTZ(3) NOT NULL,
    "written_by" TEXT NOT NULL,

    CONSTRAINT "progress_notes_pkey" PRIMARY KEY ("reference","week")
);

-- AddForeignKey
ALTER TABLE "progress_notes" ADD CONSTRAINT "progress_notes_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE progress_notes ADD CHECK (extract(isodow FROM week) = 1), ADD CHECK (progress IN ('ahead', 'on-plan', 'behind')),
  ADD CHECK (behaviour IN ('settled', 'mostly-settled', 'unsettled'));
ALTER TABLE progress_notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- The home school, the host and CAP read them; a panel and an auditor, who see the case, do not. The host writes, CAP puts right what is written.
CREATE POLICY api_reads ON progress_notes FOR SELECT TO cap_api USING (EXISTS (SELECT FROM cases WHERE cases.reference = progress_notes.reference
  AND ARRAY['cap', 'school:' || cases.school, cases.host] && (SELECT my_parties())::text[]));
CREATE POLICY host_writes ON progress_notes FOR INSERT TO cap_api WITH CHECK (written_by = me() AND EXISTS (SELECT FROM cases
  WHERE cases.reference = progress_notes.reference AND cases.host = ANY ((SELECT my_parties())::text[])));
CREATE POLICY host_corrects ON progress_notes FOR UPDATE TO cap_api
  USING (EXISTS (SELECT FROM cases WHERE cases.reference = progress_notes.reference
    AND ARRAY['cap', cases.host] && (SELECT my_parties())::text[]))
  WITH CHECK (written_by = me());
GRANT SELECT, INSERT, UPDATE (progress, progress_words, behaviour, behaviour_words, version, written, written_by) ON progress_notes TO cap_api;

-- Erased with their case, and their edits with them.
CREATE POLICY worker_reads ON progress_notes FOR SELECT TO cap_worker USING (true);
CREATE POLICY worker_erases ON progress_notes FOR DELETE TO cap_worker USING (true);
GRANT SELECT, DELETE ON progress_notes TO cap_worker;
DROP TRIGGER never_deleted ON edits;
CREATE TRIGGER never_deleted BEFORE DELETE ON edits FOR EACH ROW
  WHEN ((split_part(OLD.what, ' ', 1) IN ('mark', 'progress') AND split_part(OLD.what, ' ', 2) = current_setting('cap.erasing', true)) IS NOT TRUE)
  EXECUTE FUNCTION never_changed();
DROP POLICY worker_erases ON edits;
CREATE POLICY worker_erases ON edits FOR DELETE TO cap_worker USING (split_part(what, ' ', 1) IN ('mark', 'progress'));
