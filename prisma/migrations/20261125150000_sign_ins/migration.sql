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

-- The person who signs in so, with their grants, for the door that does not know yet who is there; null when there is none or they have left.
CREATE FUNCTION person_signed_in(the_issuer text, the_subject text) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT active_person(person) FROM sign_ins WHERE issuer = the_issuer AND subject = the_subject
$$;

REVOKE EXECUTE ON FUNCTION person_signed_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION person_signed_in TO cap_api;
