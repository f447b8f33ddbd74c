-- Of a school, which partnership it is of, or that it is outside Coventry (R22).

-- AlterTable
ALTER TABLE "organisations" ADD COLUMN     "sector" TEXT;

ALTER TABLE organisations ADD CHECK (sector IN ('secondary', 'primary', 'out-of-area'));
GRANT SELECT (sector) ON organisations TO cap_api;
