-- Numbers of messages that were typed by hand: each counts once, across all cases. Kept for ever, for a copy may come at any time.

-- CreateTable
CREATE TABLE "spent_numbers" (
    "number" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "spent" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spent_numbers_pkey" PRIMARY KEY ("number")
);

ALTER TABLE spent_numbers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY worker_reads ON spent_numbers FOR SELECT TO cap_worker USING (true);
CREATE POLICY worker_adds ON spent_numbers FOR INSERT TO cap_worker WITH CHECK (true);
GRANT SELECT, INSERT ON spent_numbers TO cap_worker;
