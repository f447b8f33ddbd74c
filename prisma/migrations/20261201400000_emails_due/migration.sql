-- What is still to be sent is asked for every few minutes, of all e-mails that were ever sent.
CREATE INDEX "emails_reference_idx" ON "emails" ("reference") WHERE (status = 'due');
