-- Whoever is sent a pack reads that one and none that it replaced; the school, CAP, the panels and auditors read all.
ALTER TABLE "cases" ADD COLUMN "pack_step" INTEGER;
-- The owner sees no case and no pack, and must fill the column of each.
ALTER TABLE "cases" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "applications" NO FORCE ROW LEVEL SECURITY;
UPDATE "cases" SET "pack_step" = (SELECT max(step) FROM applications WHERE applications.reference = cases.reference);
ALTER TABLE "applications" FORCE ROW LEVEL SECURITY;
ALTER TABLE "cases" FORCE ROW LEVEL SECURITY;
ALTER POLICY api_reads ON applications USING (EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = applications.reference
  AND (seen.from_step = 0 OR applications.step = (SELECT pack_step FROM cases WHERE cases.reference = applications.reference)) OFFSET 0));
