-- What members of a panel will read, and from when: found by their party.
CREATE INDEX "case_viewers_party_opens_idx" ON "case_viewers" ("party", "opens");
