-- Suspensions and permanent exclusions stand in no case: the home school, or CAP, records them of a student (R4, R92).

-- CreateTable
CREATE TABLE "exclusions" (
    "student" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "sessions" INTEGER,
    "reason" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "recorded" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by" TEXT NOT NULL,

    CONSTRAINT "exclusions_pkey" PRIMARY KEY ("student","day")
);

-- CreateTable
CREATE TABLE "placement_spans" (
    "reference" TEXT NOT NULL,
    "student" TEXT NOT NULL,
    "before_from" DATE NOT NULL,
    "start" DATE NOT NULL,
    "exit" DATE NOT NULL,
    "until" DATE NOT NULL,

    CONSTRAINT "placement_spans_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "exclusion_counts" (
    "day" DATE NOT NULL,
    "placements" INTEGER NOT NULL,
    "before" INTEGER NOT NULL,
    "during" INTEGER NOT NULL,
    "after" INTEGER NOT NULL,

    CONSTRAINT "exclusion_counts_pkey" PRIMARY KEY ("day")
);

-- CreateIndex
CREATE INDEX "placement_spans_student_idx" ON "placement_spans"("student");

-- AddForeignKey
ALTER TABLE "exclusions" ADD CONSTRAINT "exclusions_student_fkey" FOREIGN KEY ("student") REFERENCES "students"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "placement_spans" ADD CONSTRAINT "placement_spans_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE exclusions ADD CHECK (kind IN ('suspension', 'permanent-exclusion')), ADD CHECK ((kind = 'suspension') = (sessions IS NOT NULL)),
  ADD CHECK (sessions BETWEEN 1 AND 90);
ALTER TABLE placement_spans ADD CHECK (before_from <= start AND start <= exit AND exit <= until);
ALTER TABLE exclusions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE placement_spans ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE exclusion_counts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- They are of those who see the student: the home school, and CAP.
CREATE POLICY api_reads ON exclusions FOR SELECT TO cap_api USING (EXISTS (SELECT FROM students WHERE students.code = student));
CREATE POLICY api_records ON exclusions FOR INSERT TO cap_api
  WITH CHECK (recorded_by = me() AND EXISTS (SELECT FROM students WHERE students.code = student));
CREATE POLICY api_corrects ON exclusions FOR UPDATE TO cap_api
  USING (EXISTS (SELECT FROM students WHERE students.code = student)) WITH CHECK (recorded_by = me());
CREATE POLICY api_removes ON exclusions FOR DELETE TO cap_api USING (EXISTS (SELECT FROM students WHERE students.code = student));
GRANT SELECT, INSERT, DELETE, UPDATE (kind, sessions, reason, version, recorded, recorded_by) ON exclusions TO cap_api;
CREATE POLICY worker_reads ON exclusions FOR SELECT TO cap_worker USING (true);
CREATE POLICY worker_erases ON exclusions FOR DELETE TO cap_worker USING (true);
GRANT SELECT, DELETE ON exclusions TO cap_worker;

-- When a placement has ended, the record step writes its span; each exclusion in it counts.
CREATE POLICY worker_keeps ON placement_spans TO cap_worker USING (true);
GRANT SELECT, INSERT, DELETE ON placement_spans TO cap_worker;
CREATE POLICY worker_counts ON exclusion_counts TO cap_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON exclusion_counts TO cap_worker;
CREATE POLICY overseers_read ON exclusion_counts FOR SELECT TO cap_api
  USING (my_parties() && ARRAY['cap', 'panel:multi-agency', 'member:multi-agency']);
GRANT SELECT ON exclusion_counts TO cap_api;

-- For count_exclusion, which is called with each edit.
DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner_counts ON counts TO %I USING (true)', current_user);
  EXECUTE format('CREATE POLICY owner_counts ON exclusion_counts TO %I USING (true)', current_user);
  EXECUTE format('CREATE POLICY owner_reads ON placement_spans FOR SELECT TO %I USING (true)', current_user);
END $$;
-- One that is removed counts one less.
ALTER TABLE counts DROP CONSTRAINT counts_what_check, DROP CONSTRAINT counts_count_check;
ALTER TABLE counts ADD CHECK (what IN ('submitted', 'outcome', 'start', 'closed', 'suspension', 'permanent-exclusion'));

-- Their edits are erased with the student.
DROP TRIGGER never_deleted ON edits;
CREATE TRIGGER never_deleted BEFORE DELETE ON edits FOR EACH ROW
  WHEN ((split_part(OLD.what, ' ', 1) IN ('mark', 'progress', 'exclusion') AND split_part(OLD.what, ' ', 2) = current_setting('cap.erasing', true)) IS NOT TRUE)
  EXECUTE FUNCTION never_changed();
ALTER POLICY worker_erases ON edits USING (split_part(what, ' ', 1) IN ('mark', 'progress', 'exclusion'));
