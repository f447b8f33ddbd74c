-- Who is signed in at a browser, and what somebody typed when their session had run out (R25).

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "browser" TEXT NOT NULL,
    "began" TIMESTAMPTZ(3) NOT NULL,
    "used" TIMESTAMPTZ(3) NOT NULL,
    "lapses" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unsent_forms" (
    "person" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unsent_forms_pkey" PRIMARY KEY ("person","path")
);

-- CreateIndex
CREATE UNIQUE INDEX "sessions_digest_key" ON "sessions"("digest");

-- CreateIndex
CREATE INDEX "sessions_person_idx" ON "sessions"("person");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_fkey" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unsent_forms" ADD CONSTRAINT "unsent_forms_person_fkey" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE unsent_forms ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Everybody sees and ends their own, CAP those of everybody. How somebody signed in, and what is sealed, is read by the cookie alone (session_used).
CREATE POLICY own_and_cap_read ON sessions FOR SELECT TO cap_api USING (person = me() OR 'cap' = ANY (my_parties()));
CREATE POLICY own_and_cap_end ON sessions FOR DELETE TO cap_api USING (person = me() OR 'cap' = ANY (my_parties()));
CREATE POLICY own_begin ON sessions FOR INSERT TO cap_api WITH CHECK (person = me());
GRANT SELECT (id, person, browser, began, used, lapses, until), INSERT, DELETE ON sessions TO cap_api;

CREATE POLICY own ON unsent_forms TO cap_api USING (person = me()) WITH CHECK (person = me());
GRANT SELECT, INSERT, UPDATE (sealed, until), DELETE ON unsent_forms TO cap_api;

-- The sweep forgets what is over.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['sessions', 'unsent_forms'] LOOP
    EXECUTE format('CREATE POLICY worker_reads ON %I FOR SELECT TO cap_worker USING (true)', name);
    EXECUTE format('CREATE POLICY worker_forgets ON %I FOR DELETE TO cap_worker USING (true)', name);
    EXECUTE format('GRANT SELECT (until), DELETE ON %I TO cap_worker', name);
  END LOOP;
  EXECUTE format('CREATE POLICY owner ON sessions TO %I USING (true)', current_user);
  EXECUTE format('CREATE POLICY owner_reads ON unsent_forms FOR SELECT TO %I USING (true)', current_user);
END $$;
