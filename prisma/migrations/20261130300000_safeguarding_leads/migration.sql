-- Who the Designated Safeguarding Leads of CAP, a school or a provider are (R123, R124): rows that CAP and the organisation itself keep right.

-- CreateTable
CREATE TABLE "safeguarding_leads" (
    "party" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "telephone" TEXT NOT NULL,
    "email" TEXT NOT NULL,

    CONSTRAINT "safeguarding_leads_pkey" PRIMARY KEY ("party","position")
);

ALTER TABLE safeguarding_leads ADD CHECK (party = 'cap' OR party ~ '^(school|provider):.');
ALTER TABLE safeguarding_leads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner ON safeguarding_leads TO %I USING (true)', current_user);
END $$;

-- Whoever has a role in CAP reads them all: they are there to be called, in their profession.
CREATE POLICY api_reads ON safeguarding_leads FOR SELECT TO cap_api USING ((SELECT my_parties()) IS NOT NULL);
CREATE POLICY api_adds ON safeguarding_leads FOR INSERT TO cap_api
  WITH CHECK ('cap' = ANY ((SELECT my_parties())::text[]) OR party = ANY ((SELECT my_parties())::text[]));
CREATE POLICY api_removes ON safeguarding_leads FOR DELETE TO cap_api
  USING ('cap' = ANY ((SELECT my_parties())::text[]) OR party = ANY ((SELECT my_parties())::text[]));
GRANT SELECT, INSERT, DELETE ON safeguarding_leads TO cap_api;

-- An organisation reads who edited its own leads last: that edit is the version which it edits over.
CREATE POLICY party_reads_of_leads ON edits FOR SELECT TO cap_api
  USING (starts_with(what, 'safeguarding leads ') AND substr(what, 20) = ANY ((SELECT my_parties())::text[]));
