-- A case may wait for several things at once: all of them stand with it, and one row each begins the worklists. Who has the student is a
-- party, for a school may have one as well as a provider.

-- AlterTable
ALTER TABLE "cases" DROP COLUMN "wait",
ADD COLUMN     "host" TEXT,
ADD COLUMN     "waits" JSONB NOT NULL;

-- CreateTable
CREATE TABLE "case_waits" (
    "reference" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "due" TIMESTAMPTZ(3) NOT NULL,
    "next" TIMESTAMPTZ(3),

    CONSTRAINT "case_waits_pkey" PRIMARY KEY ("reference","what","subject")
);

-- CreateIndex
CREATE INDEX "case_waits_party_due_reference_idx" ON "case_waits"("party", "due", "reference");

-- AddForeignKey
ALTER TABLE "case_waits" ADD CONSTRAINT "case_waits_reference_fkey" FOREIGN KEY ("reference") REFERENCES "cases"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE case_waits ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- A worklist begins at one's own waits; a case shows all of its waits to whoever sees the case.
CREATE POLICY api_reads ON case_waits FOR SELECT TO cap_api USING (party = ANY ((SELECT my_parties())::text[]));
CREATE POLICY worker_writes ON case_waits TO cap_worker USING (true);
GRANT SELECT ON case_waits TO cap_api, cap_worker;
GRANT INSERT, DELETE ON case_waits TO cap_worker;
