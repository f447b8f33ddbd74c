-- What was last applied of prisma/functions: prisma/migrate.ts applies the folder whenever its digest is another one.

-- CreateTable
CREATE TABLE "applied_functions" (
    "id" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "applied_functions_pkey" PRIMARY KEY ("id")
);

ALTER TABLE applied_functions ADD CHECK (id = 1);
ALTER TABLE applied_functions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner ON applied_functions TO %I USING (true)', current_user);
END $$;
