-- What CAP has checked of a training provider, and until when that holds. Each check anew is a row of its own.

-- CreateTable
CREATE TABLE "provider_checks" (
    "provider" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "passed" DATE NOT NULL,
    "expires" DATE NOT NULL,

    CONSTRAINT "provider_checks_pkey" PRIMARY KEY ("provider","kind","passed")
);

-- AddForeignKey
ALTER TABLE "provider_checks" ADD CONSTRAINT "provider_checks_provider_fkey" FOREIGN KEY ("provider") REFERENCES "organisations"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE provider_checks ADD CHECK (kind IN ('procurement', 'compliance-review', 'safeguarding-training')), ADD CHECK (passed <= expires);
ALTER TABLE provider_checks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY api_reads ON provider_checks FOR SELECT TO cap_api
  USING (my_parties() && ARRAY['cap', 'audit'] OR 'provider:' || provider = ANY ((SELECT my_parties())::text[]));
CREATE POLICY cap_adds ON provider_checks FOR INSERT TO cap_api WITH CHECK ('cap' = ANY ((SELECT my_parties())::text[]));
CREATE POLICY cap_edits ON provider_checks FOR UPDATE TO cap_api USING ('cap' = ANY ((SELECT my_parties())::text[]));
GRANT SELECT, INSERT, UPDATE (expires) ON provider_checks TO cap_api;
CREATE POLICY worker_reads ON provider_checks FOR SELECT TO cap_worker USING (true);
GRANT SELECT ON provider_checks TO cap_worker;
