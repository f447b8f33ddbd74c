-- Each night the timelines are proved, and their heads signed and kept apart: what was signed when, and what did not hold.

-- CreateTable
CREATE TABLE "signed_nights" (
    "night" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "timelines" INTEGER NOT NULL,
    "entries" INTEGER NOT NULL,
    "alarms" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "place" TEXT NOT NULL,

    CONSTRAINT "signed_nights_pkey" PRIMARY KEY ("night")
);

-- CreateTable
CREATE TABLE "alarms" (
    "about" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "why" TEXT NOT NULL,
    "step" INTEGER,
    "over" TIMESTAMPTZ(3),
    "accepted" TIMESTAMPTZ(3),
    "accepted_by" TEXT,
    "reason" TEXT,

    CONSTRAINT "alarms_pkey" PRIMARY KEY ("about","since")
);

ALTER TABLE signed_nights ADD CHECK (digest ~ '^[0-9a-f]{64}$');
ALTER TABLE alarms ADD CHECK ((accepted IS NULL) = (accepted_by IS NULL) AND (accepted IS NULL) = (reason IS NULL));
ALTER TABLE signed_nights ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE alarms ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON signed_nights FOR EACH ROW EXECUTE FUNCTION never_changed();

CREATE POLICY api_reads ON signed_nights FOR SELECT TO cap_api USING (my_parties() && ARRAY['cap', 'audit', 'ops']);
CREATE POLICY api_reads ON alarms FOR SELECT TO cap_api USING (my_parties() && ARRAY['cap', 'audit', 'ops']);
GRANT SELECT ON signed_nights, alarms TO cap_api;
-- After a restore CAP takes a timeline as it stands for the true one: one that holds in itself, or one that is gone with the hours that were lost.
CREATE POLICY cap_accepts ON alarms FOR UPDATE TO cap_api
  USING ('cap' = ANY (my_parties()) AND over IS NULL AND accepted IS NULL AND why IN ('signed', 'gone')) WITH CHECK (accepted_by = me());
GRANT UPDATE (accepted, accepted_by, reason) ON alarms TO cap_api;

CREATE POLICY worker_reads ON signed_nights FOR SELECT TO cap_worker USING (true);
CREATE POLICY worker_signs ON signed_nights FOR INSERT TO cap_worker WITH CHECK (true);
CREATE POLICY worker_writes ON alarms TO cap_worker USING (true);
GRANT SELECT, INSERT ON signed_nights, alarms TO cap_worker;
GRANT UPDATE (over) ON alarms TO cap_worker;
