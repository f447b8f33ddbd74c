-- A course has so many places, or as many as are asked for. A case that was accepted when none was left waits in line for one.

-- AlterTable
ALTER TABLE "courses" ADD COLUMN     "places" INTEGER;

-- CreateTable
CREATE TABLE "course_places" (
    "reference" TEXT NOT NULL,
    "course" TEXT NOT NULL,
    "waiting" BOOLEAN NOT NULL,
    "priority" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "course_places_pkey" PRIMARY KEY ("reference")
);

-- CreateIndex
CREATE INDEX "course_places_course_waiting_priority_since_reference_idx" ON "course_places"("course", "waiting", "priority", "since", "reference");

-- AddForeignKey
ALTER TABLE "course_places" ADD CONSTRAINT "course_places_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course_places" ADD CONSTRAINT "course_places_course_fkey" FOREIGN KEY ("course") REFERENCES "courses"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE courses ADD CHECK (places >= 0);
ALTER TABLE course_places ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY worker_writes ON course_places TO cap_worker USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON course_places TO cap_worker;
-- How many are taken and how many wait is no secret, who they are is: a function counts for everybody.
CREATE POLICY worker_locks ON courses FOR UPDATE TO cap_worker USING (true) WITH CHECK (false);
GRANT UPDATE (places) ON courses TO cap_worker;
CREATE POLICY cap_edits ON courses FOR UPDATE TO cap_api USING ('cap' = ANY ((SELECT my_parties())::text[]));
GRANT UPDATE (places) ON courses TO cap_api;
DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner_counts ON course_places FOR SELECT TO %I USING (true)', current_user);
END $$;
