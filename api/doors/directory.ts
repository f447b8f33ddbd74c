// The directory of an academic year (R107): whoever works with CAP reads it, CAP keeps it, course by course or from a table.
import { z } from 'zod';
import { academicYearOf, londonDay } from '../../domain/calendar';
import { courseCategories, courseColumns, directoryTable, mostPlaces, type CourseChange } from '../../domain/courses';
import { can } from '../../domain/permissions';
import { readCourses } from '../../records/courses';
import type { Person } from '../../records/types';
import { importDirectory, previewDirectory, removeCourse, saveCourse } from '../../usecases/directory';
import { readCsv, writeCsv } from '../csv';
import { door, type Door } from '../door';
import { given } from '../problems';
import { academicYear, code, importCounts, overRead, programmeCode, readIn, siteName, version, weekdays } from '../schemas';
import type { Services } from '../services';

const said = {
  title: z.string().trim().min(1, 'must be written').max(200, 'must have at most 200 characters'),
  programme: programmeCode,
  category: z
    .enum(courseCategories)
    .nullable()
    .meta({ description: 'Of a course of Tier 1, or of Year 11 Bespoke; null for the others' }),
  provider: code,
  schoolWeeks: z.int().min(1).max(52),
  places: z
    .int()
    .min(0)
    .max(mostPlaces)
    .nullable()
    .meta({ description: 'How many students at once; null: as many as are asked for' }),
  days: weekdays.nullable().meta({ description: 'On which it is given; null: as they are agreed' }),
  site: siteName.nullable().meta({ description: 'The site of its provider at which it runs, by its name; null: none is said' }),
};

const listed = z.strictObject({
  ...{ code: z.string(), ...said },
  ...{ provider: z.string(), days: z.string().nullable(), site: z.string().nullable() },
});

const course = listed
  .extend({
    academicYear: z.string(),
    providerName: z.string(),
    taken: z.int().meta({ description: 'Of a course with places: how many are taken' }),
    version,
    waiting: z.int().meta({ description: 'How many cases stand in line for a place' }),
  })
  .meta({ id: 'Course' });

const table = z.strictObject({
  academicYear,
  csv: z
    .string()
    .min(1)
    .max(500_000, 'must have at most 500,000 characters')
    .meta({
      description: `The whole file: a heading that names ${courseColumns.join(', ')}, and a line for each course. It may lack site: then each course stays at the site that it has`,
    }),
});

const change = z
  .strictObject({
    code: z.string(),
    what: z.enum(['new', 'changed', 'no-longer-offered']),
    before: listed.nullable(),
    after: listed.nullable(),
  })
  .meta({ id: 'CourseChange' });

const lineProblem = z
  .strictObject({
    line: z.int().nullable().meta({ description: 'Of the file; null: of a course that no line names' }),
    column: z.enum(courseColumns).nullable().meta({ description: 'null: of the line as a whole' }),
    rule: z.string(),
    message: z.string(),
  })
  .meta({ id: 'LineProblem' });

const unchanged = z.int().meta({ description: 'How many lines say what the directory says already' });

const reads = (person: Person) => can(person, 'see-calendar');
const keeps = (person: Person) => can(person, 'keep-directory');
const ofCourse = z.strictObject({ academicYear, code });

export const listOfCourses = z.strictObject({ courses: z.array(course) });
export const savedCourse = z.strictObject({ course });
export const removedCourse = z.strictObject({ code: z.string() });
export const directoryPreview = z.strictObject({
  changes: z.array(change),
  unchanged,
  problems: z.array(lineProblem).meta({ description: 'While there is one, nothing can be applied' }),
  preview: z.string().nullable().meta({ description: 'To be sent with the import; null while there are problems' }),
});
export const directoryImported = z.strictObject({ counts: importCounts, changes: z.array(change) });

export function directoryDoors(services: Services): Door[] {
  return [list(services), asFile(services), save(services), remove(services), preview(services), apply(services)];
}

function list({ database, now }: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/courses',
    name: 'courses',
    summary: 'The directory of a year: the courses that are offered, each of its programme',
    tag: 'Programmes',
    who: reads,
    query: z.strictObject({ academicYear: academicYear.optional().meta({ description: 'That of today unless said' }) }),
    gives: { description: 'All of them, by title', body: listOfCourses },
    handle: async ({ person, query }) => ({
      body: { courses: await readCourses(database, person, query.academicYear ?? academicYearOf(londonDay(now()))) },
    }),
  });
}

function asFile({ database }: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/directories/{academicYear}',
    name: 'directory',
    summary: 'The directory of a year as a file, to be edited and imported',
    tag: 'Programmes',
    who: reads,
    params: z.strictObject({ academicYear }),
    gives: { description: 'A line for each course', as: 'text/csv', body: z.string() },
    handle: async ({ person, params }) => ({
      body: writeCsv(directoryTable(await readCourses(database, person, params.academicYear))),
    }),
  });
}

function save(services: Services): Door {
  return door({
    method: 'put',
    path: '/api/v1/directories/{academicYear}/courses/{code}',
    name: 'saveCourse',
    summary: 'Add a course to the directory of a year, or change what is said of it',
    about:
      'Of this year or a coming one, at a site that its provider has. Cases that run keep what they were submitted with, but for the site. More places than before are given to those in line, within minutes; fewer take nobody’s place away.',
    tag: 'Programmes',
    who: keeps,
    params: ofCourse,
    headers: overRead,
    body: z.strictObject(said),
    gives: { description: 'The course', body: savedCourse, etag: true },
    problems: ['not-editable', 'stale'],
    noted: true,
    handle: async ({ person, params, headers, body }) => {
      const course = { code: params.code, ...body };
      const saved = given(await saveCourse(services, person, params.academicYear, course, readIn(headers)));
      return { body: { course: saved }, etag: saved.version };
    },
  });
}

function remove(services: Services): Door {
  return door({
    method: 'delete',
    path: '/api/v1/directories/{academicYear}/courses/{code}',
    name: 'removeCourse',
    summary: 'Take a course out of the directory of a year',
    about: 'While no open case is on it. What is not submitted yet and names it is told so.',
    tag: 'Programmes',
    who: keeps,
    params: ofCourse,
    headers: overRead,
    gives: { description: 'It is taken out', body: removedCourse },
    problems: ['not-editable', 'stale'],
    noted: true,
    handle: async ({ person, params, headers }) => ({
      body: given(await removeCourse(services, person, params.academicYear, params.code, readIn(headers))),
    }),
  });
}

function preview(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/directories/preview',
    name: 'previewDirectory',
    summary: "Read CAP's table of a year's courses, and show what would come of it",
    about: 'Nothing is applied. The table is the whole directory: a course that it lacks would no longer be offered.',
    tag: 'Programmes',
    who: keeps,
    body: table,
    gives: {
      description: 'What is new, what changes, what would no longer be offered, and what is wrong',
      body: directoryPreview,
    },
    problems: ['not-editable'],
    noted: true,
    handle: async ({ person, body }) => {
      const { changes, ...shown } = given(await previewDirectory(services, person, tableOf(body)));
      return { body: { ...shown, changes: changes.map(showChange) } };
    },
  });
}

function apply(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/directories/import',
    name: 'importDirectory',
    summary: "Make the directory of a year what CAP's table says, exactly as it was shown",
    about: 'All of it or nothing. Where the directory has changed since the preview it is refused: look at a new one.',
    tag: 'Programmes',
    who: keeps,
    body: table.extend({ preview: z.string().max(100).meta({ description: 'As the preview gave it' }) }),
    gives: { description: 'What has changed', body: directoryImported },
    problems: ['stale', 'not-editable'],
    noted: true,
    handle: async ({ person, body }) => {
      const asked = { ...tableOf(body), preview: body.preview };
      const applied = given(await importDirectory(services, person, asked));
      return { body: { counts: applied.counts, changes: applied.changes.map(showChange) } };
    },
  });
}

function tableOf({ academicYear: year, csv }: z.output<typeof table>) {
  return { academicYear: year, ...readCsv(csv) };
}

function showChange({ code: of, before, after }: CourseChange) {
  const what = before === null ? 'new' : after === null ? 'no-longer-offered' : 'changed';
  return { code: of, what, before, after } as const;
}
