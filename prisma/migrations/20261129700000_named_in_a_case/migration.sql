-- Who is named in a case stands in columns of its row: a list of the cases that name somebody begins at them.
ALTER TABLE "cases" ADD COLUMN "case_worker" TEXT, ADD COLUMN "monitoring_officer" TEXT;
-- The owner sees no case, and must fill the columns of each.
ALTER TABLE "cases" NO FORCE ROW LEVEL SECURITY;
UPDATE "cases" SET "case_worker" = state->>'caseWorker', "monitoring_officer" = state->>'monitoringOfficer'
  WHERE state ? 'caseWorker' OR state ? 'monitoringOfficer';
ALTER TABLE "cases" FORCE ROW LEVEL SECURITY;
CREATE INDEX "cases_case_worker_idx" ON "cases" ("case_worker");
CREATE INDEX "cases_monitoring_officer_idx" ON "cases" ("monitoring_officer");
