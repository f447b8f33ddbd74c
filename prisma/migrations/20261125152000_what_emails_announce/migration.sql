-- An e-mail says one thing or several, with the days and times that it announces, and what its reader is waited for.

-- AlterTable
ALTER TABLE "emails" DROP COLUMN "about",
DROP COLUMN "of",
ADD COLUMN     "about" JSONB NOT NULL;
