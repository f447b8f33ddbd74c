-- A decision that was recorded wrongly is taken back: it stays in the minutes, and the case is before the meeting again.
ALTER TABLE "meeting_decisions" ADD COLUMN "taken_back" BOOLEAN NOT NULL DEFAULT false;
CREATE POLICY worker_takes_back ON meeting_decisions FOR UPDATE TO cap_worker USING (true) WITH CHECK (true);
GRANT UPDATE (taken_back) ON meeting_decisions TO cap_worker;
