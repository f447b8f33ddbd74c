-- Files of an application and of its case (R41, R101). Their content is in the store of files; what no row speaks of any more is listed to be deleted there.

-- CreateTable
CREATE TABLE "files" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "looked" TIMESTAMPTZ(3),
    "added" TIMESTAMPTZ(3) NOT NULL,
    "added_by" TEXT NOT NULL,
    "step" INTEGER,
    "replaces" TEXT,
    "replaced" INTEGER,

    CONSTRAINT "files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unkept_contents" (
    "id" TEXT NOT NULL,
    "not_before" TIMESTAMPTZ(3),

    CONSTRAINT "unkept_contents_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "files_reference_added_idx" ON "files"("reference", "added");

-- CreateIndex
CREATE INDEX "files_state_added_idx" ON "files"("state", "added");

-- AddForeignKey
ALTER TABLE "files" ADD CONSTRAINT "files_reference_fkey" FOREIGN KEY ("reference") REFERENCES "drafts"("reference") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE files ADD CHECK (kind IN ('risk-assessment', 'commissioning-agreement', 'supporting-document', 'report')),
  ADD CHECK (state IN ('quarantined', 'clean', 'infected', 'unreadable')), ADD CHECK ((state = 'quarantined') = (looked IS NULL)),
  ADD CHECK (size > 0), ADD CHECK (digest ~ '^[0-9a-f]{64}$'), ADD CHECK (kind <> 'report' OR step IS NOT NULL);
ALTER TABLE files ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE unkept_contents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- While it was never sent a file is its opener's, as the draft is. Whoever sees the case reads what was sent; whoever is sent a pack, none that another
-- has replaced.
CREATE POLICY api_reads ON files FOR SELECT TO cap_api USING (EXISTS (SELECT FROM drafts WHERE drafts.reference = files.reference OFFSET 0)
  OR (step IS NOT NULL AND EXISTS (SELECT FROM case_viewers seen WHERE seen.reference = files.reference
    AND (seen.from_step = 0 OR replaced IS NULL) OFFSET 0)));
-- Into a pack that is being written; into a case that is open, by who applied, who has the student, or CAP.
CREATE POLICY api_adds ON files FOR INSERT TO cap_api WITH CHECK (added_by = me() AND replaced IS NULL AND CASE WHEN step IS NULL
  THEN EXISTS (SELECT FROM drafts WHERE drafts.reference = files.reference AND (returned OR NOT submitted))
  ELSE replaces IS NULL AND EXISTS (SELECT FROM cases WHERE cases.reference = files.reference AND NOT closed
    AND my_parties() && ARRAY['cap', 'school:' || school, host]) END);
CREATE POLICY api_takes_away ON files FOR DELETE TO cap_api USING (CASE WHEN step IS NULL
  THEN EXISTS (SELECT FROM drafts WHERE drafts.reference = files.reference AND (returned OR NOT submitted))
  ELSE kind = 'report' AND (added_by = me() OR 'cap' = ANY (my_parties()))
    AND EXISTS (SELECT FROM cases WHERE cases.reference = files.reference AND NOT closed) END);
GRANT SELECT, INSERT, DELETE ON files TO cap_api;

-- The worker looks at them, and sends them with their pack.
CREATE POLICY worker_reads ON files FOR SELECT TO cap_worker USING (true);
CREATE POLICY worker_updates ON files FOR UPDATE TO cap_worker USING (true);
GRANT SELECT, UPDATE (state, looked, step, replaced) ON files TO cap_worker;

-- For files_in_quarantine and files_for_cap, which answer CAP alone, and keep_content.
DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner_reads ON files FOR SELECT TO %I USING (''cap'' = ANY (my_parties()))', current_user);
  EXECUTE format('CREATE POLICY owner ON unkept_contents TO %I USING (true)', current_user);
END $$;

-- Content is on the list before it is written, so that none is forgotten that no row comes to speak of.
CREATE POLICY api_adds ON unkept_contents FOR INSERT TO cap_api WITH CHECK (not_before IS NOT NULL);
GRANT INSERT ON unkept_contents TO cap_api;
CREATE POLICY worker_deletes ON unkept_contents TO cap_worker USING (true);
GRANT SELECT, UPDATE, DELETE ON unkept_contents TO cap_worker;

-- What it does stands in functions/files.sql.
CREATE FUNCTION keep_content() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER keep_content AFTER INSERT OR DELETE ON files FOR EACH ROW EXECUTE FUNCTION keep_content();
CREATE TRIGGER keep_content_clean AFTER UPDATE OF state ON files FOR EACH ROW WHEN (NEW.state IN ('infected', 'unreadable'))
  EXECUTE FUNCTION keep_content();
