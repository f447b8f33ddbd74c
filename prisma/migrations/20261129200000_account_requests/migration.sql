-- What an organisation asks CAP for about its colleagues: an account for somebody, or the end of one. The grant itself is still given by two people of
-- CAP (A21).

-- CreateTable
CREATE TABLE "account_requests" (
    "id" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "person" TEXT,
    "why" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "settled_by" TEXT,
    "settled" TIMESTAMPTZ(3),
    "reason" TEXT,
    "grant_request" TEXT,

    CONSTRAINT "account_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "account_requests_party_state_idx" ON "account_requests"("party", "state");

-- CreateIndex
CREATE INDEX "account_requests_grant_request_idx" ON "account_requests"("grant_request");

-- AddForeignKey
ALTER TABLE "account_requests" ADD CONSTRAINT "account_requests_person_fkey" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_requests" ADD CONSTRAINT "account_requests_grant_request_fkey" FOREIGN KEY ("grant_request") REFERENCES "grant_requests"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE account_requests ADD CHECK (party ~ '^(school|provider):'), ADD CHECK (kind IN ('give', 'end')),
  ADD CHECK (state IN ('open', 'accepted', 'done', 'declined', 'withdrawn')), ADD CHECK (kind <> 'give' OR email IS NOT NULL),
  ADD CHECK (kind <> 'end' OR person IS NOT NULL), ADD CHECK (state <> 'declined' OR reason IS NOT NULL);
ALTER TABLE account_requests ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Whoever acts for the organisation asks, reads and withdraws; CAP settles.
CREATE POLICY api_reads ON account_requests FOR SELECT TO cap_api USING (my_parties() && ARRAY['cap', 'audit', party]);
CREATE POLICY own_asks ON account_requests FOR INSERT TO cap_api WITH CHECK (party = ANY (my_parties()) AND asked_by = me() AND state = 'open');
CREATE POLICY own_withdraws ON account_requests FOR UPDATE TO cap_api
  USING (party = ANY (my_parties()) AND state = 'open') WITH CHECK (party = ANY (my_parties()) AND state = 'withdrawn' AND settled_by = me());
CREATE POLICY cap_settles ON account_requests FOR UPDATE TO cap_api USING ('cap' = ANY (my_parties()));
GRANT SELECT, INSERT, UPDATE (state, step, person, settled_by, settled, reason, grant_request) ON account_requests TO cap_api;

-- The worker tells of them by e-mail.
CREATE POLICY worker_reads ON account_requests FOR SELECT TO cap_worker USING (true);
GRANT SELECT ON account_requests TO cap_worker;
