-- Attendance is rows, not commands of a case: a mark for each half of a day, made by whoever has the student.

-- CreateTable
CREATE TABLE "attendance_marks" (
    "reference" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "half" TEXT NOT NULL,
    "mark" TEXT NOT NULL,
    "marked" TIMESTAMPTZ(3) NOT NULL,
    "marked_by" TEXT NOT NULL,
    "told_by" TEXT,

    CONSTRAINT "attendance_marks_pkey" PRIMARY KEY ("reference","day","half")
);

-- CreateIndex
CREATE INDEX "attendance_marks_day_idx" ON "attendance_marks"("day");

-- CreateIndex
CREATE INDEX "cases_host_stage_idx" ON "cases"("host", "stage");

-- AddForeignKey
ALTER TABLE "attendance_marks" ADD CONSTRAINT "attendance_marks_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE attendance_marks ADD CHECK (half IN ('am', 'pm')), ADD CHECK (mark IN ('present', 'late', 'absent'));
ALTER TABLE attendance_marks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Whoever sees the case reads its marks; who has the student makes them, and CAP puts them right.
CREATE POLICY api_reads ON attendance_marks FOR SELECT TO cap_api
  USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = attendance_marks.reference OFFSET 0));
CREATE POLICY host_marks ON attendance_marks FOR INSERT TO cap_api WITH CHECK (marked_by = me() AND EXISTS (SELECT FROM cases
  WHERE cases.reference = attendance_marks.reference AND (cases.host = ANY ((SELECT my_parties())::text[]) OR 'cap' = ANY ((SELECT my_parties())::text[]))));
CREATE POLICY host_changes ON attendance_marks FOR UPDATE TO cap_api
  USING (EXISTS (SELECT FROM cases WHERE cases.reference = attendance_marks.reference
    AND (cases.host = ANY ((SELECT my_parties())::text[]) OR 'cap' = ANY ((SELECT my_parties())::text[]))))
  WITH CHECK (marked_by = me());
GRANT SELECT, INSERT, UPDATE (mark, marked, marked_by, told_by) ON attendance_marks TO cap_api;

CREATE POLICY worker_reads ON attendance_marks FOR SELECT TO cap_worker USING (true);
CREATE POLICY worker_tells ON attendance_marks FOR UPDATE TO cap_worker USING (true);
GRANT SELECT, UPDATE (told_by) ON attendance_marks TO cap_worker;
