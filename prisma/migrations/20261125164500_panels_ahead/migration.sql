-- Which meetings a case has yet to come to, and whether it waits for one that is not planned: the record step writes what the rules say, so
-- that an edit of the calendar finds the cases that it concerns without knowing their stages.

-- AlterTable
ALTER TABLE "cases" ADD COLUMN     "ahead" TEXT[],
ADD COLUMN     "unplanned" BOOLEAN NOT NULL;
