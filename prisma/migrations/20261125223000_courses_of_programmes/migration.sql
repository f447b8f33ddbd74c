-- A course is one of a programme; those that are there are of Tier 1.
ALTER TABLE "courses" ADD COLUMN "programme" TEXT NOT NULL DEFAULT 'tier-1-course';
ALTER TABLE "courses" ALTER COLUMN "programme" DROP DEFAULT;
