-- An application may follow another of the same student, whose answers it began with (R61, R68).
ALTER TABLE "drafts" ADD COLUMN "follows" TEXT;
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_follows_fkey" FOREIGN KEY ("follows") REFERENCES "drafts"("reference") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "drafts_follows_idx" ON "drafts"("follows");
