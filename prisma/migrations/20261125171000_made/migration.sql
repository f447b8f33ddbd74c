-- What a person made under a key of theirs, written with the row that was made: the same request again finds it and makes nothing. The
-- body is kept as a salted digest only.
CREATE TABLE "made" (
    "person" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "made_pkey" PRIMARY KEY ("person","what","key")
);

ALTER TABLE made ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY api_reads ON made FOR SELECT TO cap_api USING (person = me());
CREATE POLICY api_adds ON made FOR INSERT TO cap_api WITH CHECK (person = me());
GRANT SELECT, INSERT ON made TO cap_api;
