-- How long things are kept (A14): legal holds, what an erased case leaves behind, and what the worker may erase.

-- AlterTable
ALTER TABLE "students" ADD COLUMN     "adopted" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "students" ALTER COLUMN "adopted" DROP DEFAULT;

-- AlterTable
ALTER TABLE "cases" ALTER COLUMN "student" DROP NOT NULL;

-- A draft goes, and those that began with its answers stay.
ALTER TABLE "drafts" DROP CONSTRAINT "drafts_follows_fkey";
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_follows_fkey" FOREIGN KEY ("follows") REFERENCES "drafts"("reference") ON DELETE SET NULL ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "legal_holds" (
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "student" TEXT,
    "reason" TEXT NOT NULL,
    "placed_by" TEXT NOT NULL,
    "placed" TIMESTAMPTZ(3) NOT NULL,
    "lifted_by" TEXT,
    "lifted" TIMESTAMPTZ(3),

    CONSTRAINT "legal_holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attendance_counts" (
    "day" DATE NOT NULL,
    "mark" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "attendance_counts_pkey" PRIMARY KEY ("day","mark")
);

-- CreateIndex
CREATE INDEX "legal_holds_reference_idx" ON "legal_holds"("reference");

-- CreateIndex
CREATE INDEX "legal_holds_student_idx" ON "legal_holds"("student");

-- CreateIndex
CREATE INDEX "students_date_of_birth_idx" ON "students"("date_of_birth");

-- CreateIndex
CREATE INDEX "access_log_reference_idx" ON "access_log"("reference");

-- AddForeignKey
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_student_fkey" FOREIGN KEY ("student") REFERENCES "students"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A hold is of a case or of a student, and nobody lifts one that they placed.
ALTER TABLE legal_holds ADD CHECK (num_nonnulls(reference, student) = 1), ADD CHECK ((lifted IS NULL) = (lifted_by IS NULL)),
  ADD CHECK (lifted_by <> placed_by);
ALTER TABLE attendance_counts ADD CHECK (mark IN ('present', 'late', 'absent')), ADD CHECK (count > 0);
ALTER TABLE legal_holds ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE attendance_counts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY cap_reads ON legal_holds FOR SELECT TO cap_api USING (my_parties() && ARRAY['cap', 'audit']);
CREATE POLICY cap_places ON legal_holds FOR INSERT TO cap_api
  WITH CHECK ('cap' = ANY (my_parties()) AND placed_by = me() AND lifted IS NULL);
CREATE POLICY cap_lifts ON legal_holds FOR UPDATE TO cap_api
  USING ('cap' = ANY (my_parties()) AND lifted IS NULL) WITH CHECK (lifted_by = me());
GRANT SELECT, INSERT, UPDATE (lifted, lifted_by) ON legal_holds TO cap_api;
CREATE POLICY cap_reads ON attendance_counts FOR SELECT TO cap_api USING ('cap' = ANY (my_parties()));
GRANT SELECT ON attendance_counts TO cap_api;
GRANT UPDATE (adopted) ON students TO cap_api;

-- The worker erases, whole rows of what was written: what is held or open is refused by the rule of the case before it comes to that.
CREATE POLICY worker_reads ON legal_holds FOR SELECT TO cap_worker USING (true);
CREATE POLICY worker_erases ON legal_holds FOR DELETE TO cap_worker USING (lifted IS NOT NULL);
GRANT SELECT, DELETE ON legal_holds TO cap_worker;
CREATE POLICY worker_counts ON attendance_counts TO cap_worker USING (true);
GRANT SELECT, INSERT, UPDATE (count) ON attendance_counts TO cap_worker;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['applications', 'attendance_marks', 'drafts', 'made', 'students', 'student_edits'] LOOP
    EXECUTE format('CREATE POLICY worker_erases ON %I FOR DELETE TO cap_worker USING (true)', name);
    EXECUTE format('GRANT DELETE ON %I TO cap_worker', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['made', 'student_edits'] LOOP
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO cap_worker USING (true)', name);
    EXECUTE format('GRANT SELECT ON %I TO cap_worker', name);
  END LOOP;
  -- For drafts_of_student and reads_of, which answer CAP alone: the owner by itself still sees neither.
  FOREACH name IN ARRAY ARRAY['drafts', 'access_log'] LOOP
    EXECUTE format('CREATE POLICY owner_reads ON %I FOR SELECT TO %I USING (''cap'' = ANY (my_parties()))', name, current_user);
  END LOOP;
END $$;

-- An edit of a student, or of a mark of attendance, is erased with what it is of (`cap.erasing`, set by erase_case and erase_student), and in no
-- other way; no other edit is ever deleted.
DROP TRIGGER never_changed ON student_edits;
CREATE TRIGGER never_changed BEFORE UPDATE ON student_edits FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER never_deleted BEFORE DELETE ON student_edits FOR EACH ROW
  WHEN (OLD.student IS DISTINCT FROM current_setting('cap.erasing', true)) EXECUTE FUNCTION never_changed();
DROP TRIGGER never_changed ON edits;
CREATE TRIGGER never_changed BEFORE UPDATE ON edits FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER never_deleted BEFORE DELETE ON edits FOR EACH ROW
  WHEN (starts_with(OLD.what, 'mark ' || current_setting('cap.erasing', true) || ' ') IS NOT TRUE) EXECUTE FUNCTION never_changed();
CREATE POLICY worker_erases ON edits FOR DELETE TO cap_worker USING (what LIKE 'mark %');
GRANT DELETE ON edits TO cap_worker;
