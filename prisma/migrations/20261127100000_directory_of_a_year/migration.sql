-- The directory is one of an academic year (R107): a course is a line of it. The courses that are there were offered in every year that is known.

-- A place on a course, and the line for one, go on from year to year: they name the course by its code.
ALTER TABLE "course_places" DROP CONSTRAINT "course_places_course_fkey";

-- AlterTable
ALTER TABLE "courses" DROP CONSTRAINT "courses_pkey",
ADD COLUMN     "academic_year" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "category" TEXT,
ADD COLUMN     "days" TEXT;
ALTER TABLE "courses" ALTER COLUMN "academic_year" DROP DEFAULT;

INSERT INTO courses (code, academic_year, title, programme, provider, school_weeks, places)
  SELECT code, years.academic_year, title, programme, provider, school_weeks, places
  FROM courses CROSS JOIN (SELECT DISTINCT academic_year FROM half_terms) AS years;
DELETE FROM courses WHERE academic_year = '';

ALTER TABLE "courses" ADD CONSTRAINT "courses_pkey" PRIMARY KEY ("code", "academic_year");
ALTER TABLE courses ADD CHECK (academic_year ~ '^[0-9]{4}-[0-9]{2}$'), ADD CHECK (school_weeks > 0);

CREATE POLICY cap_adds ON courses FOR INSERT TO cap_api WITH CHECK ('cap' = ANY ((SELECT my_parties())::text[]));
CREATE POLICY cap_removes ON courses FOR DELETE TO cap_api USING ('cap' = ANY ((SELECT my_parties())::text[]));
GRANT INSERT, DELETE, UPDATE (title, programme, provider, school_weeks, category, days) ON courses TO cap_api;
