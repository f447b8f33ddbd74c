-- A person is an issuer and a subject: how people sign in, apart from who they are.

-- CreateTable
CREATE TABLE "sign_ins" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "person" TEXT NOT NULL,

    CONSTRAINT "sign_ins_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateIndex
CREATE INDEX "sign_ins_person_idx" ON "sign_ins"("person");

-- AddForeignKey
ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_person_fkey" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE sign_ins ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Only the owner's functions look in here: neither API nor worker may read how others sign in.
DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner ON sign_ins TO %I USING (true)', current_user);
END $$;
