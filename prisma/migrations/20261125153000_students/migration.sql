-- A student is a row of their home school, named by applications and cases with a code that says nothing of the child.

-- AlterTable
ALTER TABLE "drafts" ADD COLUMN     "student" TEXT;

-- AlterTable
ALTER TABLE "cases" ADD COLUMN     "student" TEXT NOT NULL;

-- CreateTable
CREATE TABLE "students" (
    "code" TEXT NOT NULL,
    "school" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "date_of_birth" DATE NOT NULL,
    "upn" TEXT,
    "years_above" INTEGER NOT NULL,
    "ehcp" BOOLEAN NOT NULL,
    "looked_after" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,
    "changed" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" TEXT NOT NULL,

    CONSTRAINT "students_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "student_edits" (
    "student" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB NOT NULL,

    CONSTRAINT "student_edits_pkey" PRIMARY KEY ("student","version")
);

-- CreateIndex
CREATE UNIQUE INDEX "students_code_school_key" ON "students"("code", "school");

-- CreateIndex
CREATE UNIQUE INDEX "students_school_upn_key" ON "students"("school", "upn");

-- CreateIndex
CREATE INDEX "students_school_name_key_code_idx" ON "students"("school", "name_key", "code");

-- CreateIndex
CREATE INDEX "students_name_key_date_of_birth_idx" ON "students"("name_key", "date_of_birth");

-- CreateIndex
CREATE INDEX "students_upn_idx" ON "students"("upn");

-- CreateIndex
CREATE INDEX "cases_student_idx" ON "cases"("student");

-- AddForeignKey
ALTER TABLE "students" ADD CONSTRAINT "students_school_fkey" FOREIGN KEY ("school") REFERENCES "organisations"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "student_edits" ADD CONSTRAINT "student_edits_student_fkey" FOREIGN KEY ("student") REFERENCES "students"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_student_school_fkey" FOREIGN KEY ("student", "school") REFERENCES "students"("code", "school") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cases" ADD CONSTRAINT "cases_student_fkey" FOREIGN KEY ("student") REFERENCES "students"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE students ADD CHECK (years_above BETWEEN -1 AND 1);

-- An edit is never changed, by nobody.
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON student_edits FOR EACH ROW EXECUTE FUNCTION never_changed();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON student_edits EXECUTE FUNCTION never_changed();

ALTER TABLE students ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE student_edits ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- A student is their school's, and CAP sees all. Only the school writes.
CREATE POLICY api_reads ON students FOR SELECT TO cap_api
  USING ('school:' || school = ANY ((SELECT my_parties())::text[]) OR 'cap' = ANY ((SELECT my_parties())::text[]));
CREATE POLICY school_adds ON students FOR INSERT TO cap_api
  WITH CHECK ('school:' || school = ANY ((SELECT my_parties())::text[]) AND changed_by = me());
CREATE POLICY school_edits ON students FOR UPDATE TO cap_api
  USING ('school:' || school = ANY ((SELECT my_parties())::text[]))
  WITH CHECK ('school:' || school = ANY ((SELECT my_parties())::text[]) AND changed_by = me());
GRANT SELECT, INSERT, UPDATE (name, name_key, date_of_birth, upn, years_above, ehcp, looked_after, version, changed, changed_by)
  ON students TO cap_api;
CREATE POLICY api_reads ON student_edits FOR SELECT TO cap_api
  USING (EXISTS (SELECT FROM students WHERE students.code = student));
CREATE POLICY school_adds ON student_edits FOR INSERT TO cap_api
  WITH CHECK (person = me() AND EXISTS (SELECT FROM students WHERE students.code = student AND students.changed_by = me()));
GRANT SELECT, INSERT ON student_edits TO cap_api;
GRANT UPDATE (student) ON drafts TO cap_api;

-- The worker freezes a student's words into a pack, and locks the row while it looks at the student's cases; no change passes the check.
CREATE POLICY worker_reads ON students FOR SELECT TO cap_worker USING (true);
CREATE POLICY worker_locks ON students FOR UPDATE TO cap_worker USING (true) WITH CHECK (false);
GRANT SELECT, UPDATE (version) ON students TO cap_worker;
