-- A returned pack is corrected where it was written, and sent again as a pack of its own: what was sent before stays as it was (A22).

-- AlterTable
ALTER TABLE "drafts" ADD COLUMN     "returned" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "applications" ADD COLUMN "step" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "applications" ALTER COLUMN "step" DROP DEFAULT;
ALTER TABLE "applications" DROP CONSTRAINT "applications_pkey",
ADD CONSTRAINT "applications_pkey" PRIMARY KEY ("reference", "step");

ALTER TABLE drafts ADD CHECK (submitted OR NOT returned);

DROP POLICY school_saves ON drafts;
CREATE POLICY school_saves ON drafts FOR UPDATE TO cap_api
  USING ('school:' || school = ANY ((SELECT my_parties())::text[]) AND (returned OR NOT submitted))
  WITH CHECK (returned OR NOT submitted);
GRANT UPDATE (returned) ON drafts TO cap_worker;
