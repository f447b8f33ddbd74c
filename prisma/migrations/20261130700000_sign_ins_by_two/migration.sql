-- A way to sign in is asked for by one person of CAP and given by another, as a grant is (A21). One table holds what waits for two people, and
-- settle_person_request alone makes a grant or a way to sign in of it: the API writes neither by itself, also not again what it gave once.

-- RenameTable
ALTER TABLE "grant_requests" RENAME TO "person_requests";
ALTER TABLE "person_requests" RENAME CONSTRAINT "grant_requests_pkey" TO "person_requests_pkey";
ALTER TABLE "person_requests" RENAME CONSTRAINT "grant_requests_person_fkey" TO "person_requests_person_fkey";

-- AlterTable
ALTER TABLE "person_requests" ALTER COLUMN "party" DROP NOT NULL,
ADD COLUMN     "issuer" TEXT,
ADD COLUMN     "subject" TEXT;

ALTER TABLE person_requests ADD CHECK ((party IS NULL) <> (issuer IS NULL)), ADD CHECK ((issuer IS NULL) = (subject IS NULL)),
  ADD CHECK ((settled IS NULL) = (given IS NULL));

DROP POLICY cap_settles ON person_requests;
REVOKE UPDATE (settled, settled_by, given) ON person_requests FROM cap_api;
DROP POLICY two_give ON grants;
REVOKE INSERT ON grants FROM cap_api;
DROP POLICY cap_adds ON sign_ins;
REVOKE INSERT ON sign_ins FROM cap_api;

-- For settle_person_request.
DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner ON person_requests TO %I USING (true)', current_user);
END $$;
