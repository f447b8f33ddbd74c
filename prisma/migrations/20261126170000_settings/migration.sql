-- What the AP census and Ofsted ask of a setting, and organisations that CAP keeps inside the service.

-- AlterTable
ALTER TABLE "organisations" ADD COLUMN     "address" TEXT,
ADD COLUMN     "ukprn" TEXT,
ADD COLUMN     "urn" TEXT;

ALTER TABLE organisations ADD CHECK (urn ~ '^[0-9]{6}$'), ADD CHECK (ukprn ~ '^[0-9]{8}$');
CREATE POLICY cap_adds ON organisations FOR INSERT TO cap_api WITH CHECK ('cap' = ANY (my_parties()));
CREATE POLICY cap_edits ON organisations FOR UPDATE TO cap_api USING ('cap' = ANY (my_parties()));
GRANT SELECT (urn, ukprn, address), INSERT, UPDATE (name, email, sector, urn, ukprn, address) ON organisations TO cap_api;
CREATE POLICY cap_edits ON slas TO cap_api USING ('cap' = ANY (my_parties()));
GRANT INSERT, DELETE ON slas TO cap_api;
