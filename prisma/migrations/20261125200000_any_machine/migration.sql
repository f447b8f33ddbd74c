-- Timeline, waits, viewers and e-mails are those of any machine, keyed by its reference: not of a case alone. Only the record step writes
-- them, in one transaction with the row that they belong to.
ALTER TABLE "timeline" DROP CONSTRAINT "timeline_reference_fkey";
ALTER TABLE "case_waits" DROP CONSTRAINT "case_waits_reference_fkey";
ALTER TABLE "case_viewers" DROP CONSTRAINT "case_viewers_reference_fkey";
ALTER TABLE "emails" DROP CONSTRAINT "emails_reference_fkey";
