-- Auditors look the access log through by person and by day.
CREATE INDEX "access_log_person_id_idx" ON "access_log"("person", "id");
CREATE INDEX "access_log_at_idx" ON "access_log"("at");

-- Where the CAP team reads its e-mails stands on pages that are for everybody, signed in or not.
CREATE POLICY api_reads_contact ON team_mailboxes FOR SELECT TO cap_api USING (party = 'cap');
