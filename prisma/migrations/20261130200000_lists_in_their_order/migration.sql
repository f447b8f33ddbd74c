-- What members of a panel will read is found by their party, and by nothing else: an index of all viewers by party and time was taken for every list of
-- a party's cases, which were then all read and sorted.
DROP INDEX "case_viewers_party_opens_idx";
CREATE INDEX "case_viewers_party_opens_idx" ON "case_viewers" ("party", "opens") WHERE (opens IS NOT NULL);
