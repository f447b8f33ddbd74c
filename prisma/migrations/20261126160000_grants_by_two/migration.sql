-- People are kept inside the service. A grant is asked for by one person of CAP and confirmed by another (A21): the database gives it on no other
-- terms. Taking one back needs nobody else.

-- CreateTable
CREATE TABLE "grant_requests" (
    "id" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked" TIMESTAMPTZ(3) NOT NULL,
    "settled" TIMESTAMPTZ(3),
    "settled_by" TEXT,
    "given" BOOLEAN,

    CONSTRAINT "grant_requests_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "grant_requests" ADD CONSTRAINT "grant_requests_person_fkey" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE grant_requests ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY cap_reads ON grant_requests FOR SELECT TO cap_api USING (my_parties() && ARRAY['cap', 'audit']);
CREATE POLICY cap_asks ON grant_requests FOR INSERT TO cap_api
  WITH CHECK ('cap' = ANY (my_parties()) AND asked_by = me() AND person <> me() AND settled IS NULL);
CREATE POLICY cap_settles ON grant_requests FOR UPDATE TO cap_api
  USING ('cap' = ANY (my_parties()) AND settled IS NULL) WITH CHECK (settled_by = me() AND (NOT given OR asked_by <> me() AND person <> me()));
GRANT SELECT, INSERT, UPDATE (settled, settled_by, given) ON grant_requests TO cap_api;

CREATE POLICY cap_reads ON grants FOR SELECT TO cap_api USING (my_parties() && ARRAY['cap', 'audit']);
CREATE POLICY two_give ON grants FOR INSERT TO cap_api WITH CHECK (EXISTS (SELECT FROM grant_requests asked
  WHERE asked.person = grants.person AND asked.party = grants.party AND asked.given AND asked.settled_by = me() AND asked.asked_by <> me()));
CREATE POLICY cap_takes_back ON grants FOR DELETE TO cap_api USING ('cap' = ANY (my_parties()));
GRANT SELECT, INSERT, DELETE ON grants TO cap_api;

CREATE POLICY cap_adds ON people FOR INSERT TO cap_api WITH CHECK ('cap' = ANY (my_parties()));
CREATE POLICY cap_edits ON people FOR UPDATE TO cap_api USING ('cap' = ANY (my_parties()));
GRANT INSERT, UPDATE (name, email, active) ON people TO cap_api;
CREATE POLICY cap_adds ON sign_ins FOR INSERT TO cap_api WITH CHECK ('cap' = ANY (my_parties()) AND person <> me());
GRANT INSERT ON sign_ins TO cap_api;
