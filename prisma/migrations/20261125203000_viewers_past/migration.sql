-- The sweep takes out those whose time has passed.
CREATE INDEX "case_viewers_until_idx" ON "case_viewers"("until");
