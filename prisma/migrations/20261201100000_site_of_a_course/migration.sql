-- At which site of its provider a course runs, by the name of the site; null: none is said (R107). It is no key of `provider_sites`: the directory of
-- a past year says what it said, also of a site that is there no more.
ALTER TABLE "courses" ADD COLUMN "site" TEXT;

GRANT UPDATE (site) ON courses TO cap_api;
