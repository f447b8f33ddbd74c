-- A command that is received and whose outcome is not known yet has a row of its own. Recorded, it moves into `commands`, which from now on
-- holds only what was recorded; refused, it leaves nothing.

-- AlterTable
ALTER TABLE "commands" ADD COLUMN     "step" INTEGER NOT NULL;

-- CreateTable
CREATE TABLE "received_commands" (
    "id" TEXT NOT NULL,
    "attempt" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "texts" JSONB NOT NULL,
    "salt" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "received" TIMESTAMPTZ(3) NOT NULL,
    "based" INTEGER NOT NULL,

    CONSTRAINT "received_commands_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "received_commands_received_idx" ON "received_commands"("received");

ALTER TABLE received_commands ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- It is written, read and taken back by whoever gives it, and by nobody else.
CREATE POLICY api_gives ON received_commands FOR INSERT TO cap_api WITH CHECK (person = me());
CREATE POLICY api_reads ON received_commands FOR SELECT TO cap_api USING (person = (SELECT me()));
CREATE POLICY api_takes_back ON received_commands FOR DELETE TO cap_api USING (person = (SELECT me()));
GRANT SELECT, INSERT, DELETE ON received_commands TO cap_api;

-- The worker takes it from there. What it records as given through the API was received through the API, word by word.
CREATE POLICY worker_reads ON received_commands FOR SELECT TO cap_worker USING (true);
CREATE POLICY worker_takes ON received_commands FOR DELETE TO cap_worker USING (true);
GRANT SELECT, DELETE ON received_commands TO cap_worker;

DROP POLICY api_gives ON commands;
DROP POLICY api_gives ON command_texts;
REVOKE INSERT ON commands, command_texts FROM cap_api;

DROP POLICY worker_adds ON commands;
CREATE POLICY worker_adds ON commands FOR INSERT TO cap_worker WITH CHECK (source <> 'api' OR EXISTS (
  SELECT FROM received_commands given WHERE given.id = commands.id AND given.reference = commands.reference AND given.kind = commands.kind
    AND given.person = commands.person AND given.body = commands.body AND given.digest = commands.digest
    AND given.received = commands.received AND given.based = commands.based));
CREATE POLICY worker_adds ON command_texts FOR INSERT TO cap_worker WITH CHECK (EXISTS (
  SELECT FROM received_commands given WHERE given.id = command AND given.salt = command_texts.salt AND given.texts = command_texts.texts));
GRANT INSERT ON command_texts TO cap_worker;
