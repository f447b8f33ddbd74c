-- What members of a panel will read, and when: few rows of many, found by their party.
CREATE INDEX "case_viewers_party_opens_idx" ON "case_viewers" ("party", "opens") WHERE "opens" IS NOT NULL;
