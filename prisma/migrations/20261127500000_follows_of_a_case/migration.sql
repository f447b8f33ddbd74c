-- The case whose answers this one began with (R68).
ALTER TABLE "cases" ADD COLUMN "follows" TEXT;
CREATE INDEX "cases_follows_idx" ON "cases"("follows");
