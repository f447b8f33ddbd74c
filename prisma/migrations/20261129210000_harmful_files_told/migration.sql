-- When people were told that a file turned out to be harmful after it was taken in.

-- AlterTable
ALTER TABLE "files" ADD COLUMN "told" TIMESTAMPTZ(3);

GRANT UPDATE (told) ON files TO cap_worker;

-- The version of a row that people keep is the number of its last edit.

-- CreateIndex
CREATE INDEX "edits_what_id_idx" ON "edits"("what", "id");
