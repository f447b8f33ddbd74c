-- A cycle that CAP has changed is not changed again by somebody who has not read that.

-- AlterTable
ALTER TABLE "cycles" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
