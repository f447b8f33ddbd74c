-- Where a training provider takes its students: a row for each of its sites, in its order, kept by CAP and by the provider itself (R107, A15).

-- CreateTable
CREATE TABLE "provider_sites" (
    "provider" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "telephone" TEXT,

    CONSTRAINT "provider_sites_pkey" PRIMARY KEY ("provider","position")
);

-- AddForeignKey
ALTER TABLE "provider_sites" ADD CONSTRAINT "provider_sites_provider_fkey" FOREIGN KEY ("provider") REFERENCES "organisations"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE provider_sites ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner ON provider_sites TO %I USING (true)', current_user);
END $$;

-- The one address that a provider had is its first site. From here on an organisation with an address is a school.
INSERT INTO provider_sites (provider, position, name, address)
  SELECT code, 0, 'Main site', address FROM organisations WHERE kind = 'provider' AND address IS NOT NULL;
UPDATE organisations SET address = NULL WHERE kind = 'provider' AND address IS NOT NULL;
ALTER TABLE organisations ADD CHECK (kind = 'school' OR address IS NULL);

-- Whoever has a role in CAP reads them all, as they do the directory.
CREATE POLICY api_reads ON provider_sites FOR SELECT TO cap_api USING ((SELECT my_parties()) IS NOT NULL);
CREATE POLICY api_adds ON provider_sites FOR INSERT TO cap_api
  WITH CHECK ('cap' = ANY ((SELECT my_parties())::text[]) OR 'provider:' || provider = ANY ((SELECT my_parties())::text[]));
CREATE POLICY api_removes ON provider_sites FOR DELETE TO cap_api
  USING ('cap' = ANY ((SELECT my_parties())::text[]) OR 'provider:' || provider = ANY ((SELECT my_parties())::text[]));
GRANT SELECT, INSERT, DELETE ON provider_sites TO cap_api;

-- A provider reads who edited its own sites last: that edit is the version which it edits over.
CREATE POLICY provider_reads_of_sites ON edits FOR SELECT TO cap_api
  USING (starts_with(what, 'sites of ') AND 'provider:' || substr(what, 10) = ANY ((SELECT my_parties())::text[]));
