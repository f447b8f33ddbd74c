-- When the last sweep began that came to its end: the next one looks at what changed since, however long nothing ran in between.

-- CreateTable
CREATE TABLE "sweeps" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "began" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sweeps_pkey" PRIMARY KEY ("id")
);

ALTER TABLE sweeps ADD CHECK (id = 1);
ALTER TABLE sweeps ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY worker_keeps ON sweeps TO cap_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON sweeps TO cap_worker;
