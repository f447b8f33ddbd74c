// A year lived through on the real engine, while time is skipped: applications over all programmes, and every cycle of the calendar of 2024-25. The test
// server's time begins at the machine's and cannot be set, so the calendar is moved there by whole weeks (support/calendarOf2024). Its people take their
// words from dev/year, as those of the demo do, and act one after another. `YEAR_CASES` says how many applications there are; a dozen in every run,
// seen with 300 (5 minutes).
import { chances } from '../../dev/year/answers';
import { actingFor, comeBy, liveDay, openCases, type Teller, type Year } from '../../dev/year/day';
import { offer } from '../../dev/year/offer';
import { demoPanels, demoPeople } from '../../dev/people';
import { expectedHalves } from '../../domain/attendance';
import { academicYearOf, addDays, isWorkingDay, type IsoDate } from '../../domain/calendar';
import { hostOf } from '../../domain/host';
import { morningDays } from '../../domain/morning';
import { programmeCodes } from '../../domain/programmes';
import { coursesOf } from '../../prisma/reference-data';
import { seedPanels } from '../../prisma/seed';
import { saveOffered } from '../../records/directory';
import { calendarNow } from '../../records/morning';
import type { Numbers } from '../../domain/numbers';
import { readNumbers, readNumbersBySchool } from '../../records/numbers';
import { workflowTypes } from '../../temporal/names';
import { enterCalendarOf2024 } from '../support/calendarOf2024';
import { startService, type Service } from '../support/service';
import { eventually } from '../support/system';

const cases = Number(process.env['YEAR_CASES'] ?? 12);
/** Applications come in the first part of the year, so that most placements end in it. */
const applying = 0.7;
const cap = { person: 'cap.team', parties: ['cap'] } as const;
/** A course with few places: a line forms (A9). */
const fewPlaces = { course: 'T1-BICYCLES', places: Math.max(1, Math.floor(cases / 100)) };

let service: Service;
let teller: Teller;
let first: IsoDate;
let last: IsoDate;
const year: Year = {
  chance: chances(2024),
  people: actingFor(demoPeople),
  schools: ['SCH-A', 'SCH-B'],
  slaSchools: ['SCH-A'],
  providers: ['TP-ONE', 'TP-TWO'],
  receivingSchools: ['SCH-A', 'SCH-B'],
  programmes: programmeCodes,
  courses: {
    'tier-1-course': ['T1-BICYCLES', 'T1-CATERING'],
    insight: ['INS-CHOICES'],
    'year-11-bespoke': ['Y11-WORKSHOP'],
  },
  promptness: 1,
  references: [],
  meetings: [],
  forgotten: new Set(),
};
/** Programmes and courses with more places taken than there are, on any day. */
const exceeded: unknown[] = [];
/** Sessions of running placements that were neither marked nor asked of their host on the next working morning. */
const untold: string[] = [];
/** How many were in line for a place, at most. */
let longestLine = 0;

beforeAll(async () => {
  service = await startService({ engine: 'time-skipping', patience: 90_000 });
  first = await service.today();
  const entered = await enterCalendarOf2024(service.database.urlFor('cap_owner'), first);
  last = entered.last;
  year.meetings.push(...entered.meetings);
  const over = { read: null, at: await service.now() };
  await seedPanels(service.database.urlFor('cap_owner'), demoPanels);
  await saveOffered(service.api, cap, 'tier-4', true, over);
  for (const academicYear of new Set([first, last].map(academicYearOf))) {
    const few = coursesOf(academicYear).filter(({ code }) => code === fewPlaces.course);
    await offer(
      service.api,
      academicYear,
      few.map((course) => ({ ...course, places: fewPlaces.places })),
      over.at,
    );
  }
  for (const meeting of year.meetings) await service.engine.meeting(meeting);
  teller = {
    api: service.api,
    records: service.records,
    now: service.now,
    give: async (person, reference, { does, says, writes }) =>
      (await service.give(person, reference, does, says, writes)).refusal,
    placeIsFree: async (reference, course) => {
      await service.engine.recalculate(reference, `place ${course} ${await service.now()}`);
      await eventually(async () => expect((await service.record(reference)).state.coursePlace?.waiting).not.toBe(true));
    },
  };
  const { calendar } = await calendarNow(service.records);
  const days = Array.from({ length: 400 }, (_, after) => addDays(first, after)).filter(
    (day) => day <= last && isWorkingDay(day, calendar),
  );
  const applied = days.slice(0, Math.ceil(days.length * applying));
  for (const day of days) {
    await service.until(day);
    await morning(day);
    await liveDay(teller, year, comeBy(day, applied, cases, calendar) - year.references.length);
    await count();
  }
}, 1_800_000);
afterAll(() => service.stop());

/** The workflow of each working morning, and what it should have told of the school day before. */
async function morning(day: IsoDate): Promise<void> {
  const workflowId = `morning-${day}`;
  await service.client.workflow.start(workflowTypes.morning, { workflowId, taskQueue: service.taskQueue, args: [] });
  await service.ended(workflowId);
  const { calendar } = await calendarNow(service.records);
  const yesterday = morningDays(day, calendar)?.yesterday;
  if (yesterday === undefined) return;
  const [marked, asked] = await service.records.directly((connection) =>
    Promise.all([
      connection.$queryRaw<{ of: string }[]>`
        SELECT reference || ' ' || half AS of FROM attendance_marks WHERE day = ${yesterday}::date`,
      connection.$queryRaw<{ party: string }[]>`
        SELECT party FROM emails WHERE reference = ${`REG-${day}`} AND template = 'register-to-mark' AND status = 'sent'`,
    ]),
  );
  for (const { state } of await openCases(service, year.references)) {
    if (asked.some(({ party }) => party === hostOf(state))) continue;
    const missing = expectedHalves(state, yesterday, calendar).filter(
      (half) => !marked.some(({ of }) => of === `${state.reference} ${half}`),
    );
    untold.push(...missing.map((half) => `${state.reference} ${yesterday} ${half}`));
  }
}

async function count(): Promise<void> {
  const academicYear = academicYearOf(await service.today());
  const [programmes, courses, [line]] = await service.records.directly((connection) =>
    Promise.all([
      connection.$queryRaw<unknown[]>`SELECT * FROM places_left WHERE in_term < 0 OR in_year < 0`,
      connection.$queryRaw<unknown[]>`
        SELECT course FROM places_of_courses() WHERE taken > places_of_course(course, ${academicYear})`,
      connection.$queryRaw<{ length: number }[]>`SELECT count(*)::int AS length FROM course_places WHERE waiting`,
    ]),
  );
  exceeded.push(...programmes, ...courses);
  longestLine = Math.max(longestLine, line?.length ?? 0);
}

const ask = <Row>(sql: TemplateStringsArray, ...values: unknown[]) =>
  service.records.directly((connection) => connection.$queryRaw<Row[]>(sql, ...values));

it('ends with each case closed, or waiting for somebody who is named, and its workflow says the same', async () => {
  expect(year.references).toHaveLength(cases);
  const open = await openCases(service, year.references);
  for (const { state, waits } of open) {
    const unnamed = waits.filter(({ party }) => year.people[party] === undefined);
    expect([state.reference, waits.length > 0, unnamed]).toEqual([state.reference, true, []]);
    expect(await service.standing(state.reference)).toEqual({ state, waits });
  }
  expect(open.length).toBeLessThan(cases / 3);
  const programmes = await ask<{ programme: string }>`SELECT DISTINCT programme FROM cases ORDER BY programme`;
  expect(programmes.map(({ programme }) => programme)).toEqual([...programmeCodes].sort());
});

it('took no more places than there are on any day, of a programme or of a course, and gave on what came free (A9, R13)', async () => {
  expect(exceeded).toEqual([]);
  const taken = await ask<{ at: string }>`
    SELECT taken.at FROM timeline taken JOIN timeline awaited USING (reference)
    WHERE taken.kind = 'coursePlaceTaken' AND awaited.kind = 'coursePlaceAwaited' AND taken.step > awaited.step`;
  if (longestLine > 0) expect(taken.length).toBeGreaterThan(0);
  if (cases >= 100) expect(longestLine).toBeGreaterThan(0);
});

it('told every outcome in three working days of its meeting (R71)', async () => {
  const late = await ask`
    SELECT reference, at, event FROM timeline
    WHERE kind = 'outcomeIssued' AND at > (event->'outcome'->>'due')::timestamptz`;
  expect(late).toEqual([]);
});

it('left no register late: each session was marked, or its host told on the next working morning, and each absence told to its school (A5, R97)', async () => {
  expect(untold).toEqual([]);
  const [absences] = await ask<{ told: number; untold: number }>`
    SELECT (count(*) FILTER (WHERE status = 'sent'))::int AS told, (count(*) FILTER (WHERE status IS DISTINCT FROM 'sent'))::int AS untold
    FROM attendance_marks LEFT JOIN emails ON emails.id = told_by WHERE mark = 'absent' AND day < ${last}::date`;
  expect(absences?.untold).toBe(0);
  expect(absences?.told).toBeGreaterThan(0);
});

it('held every meeting: with its attendance and signed minutes, where people hold its seats (A7)', async () => {
  const held = await ask<{ panel: string; stage: string; attended: boolean; count: number }>`
    SELECT state->>'panel' AS panel, state->>'stage' AS stage, state->'present' <> 'null' AS attended, count(*)::int AS count
    FROM meeting_states GROUP BY 1, 2, 3 ORDER BY 1`;
  const meetings = (initials: string) => year.meetings.filter((id) => id.startsWith(initials)).length;
  expect(held).toEqual([
    { panel: 'headteacher-placement', stage: 'passed', attended: false, count: meetings('HPM') },
    { panel: 'multi-agency', stage: 'signed', attended: true, count: meetings('MAP') },
    { panel: 'review-and-authorisation', stage: 'signed', attended: true, count: meetings('RAP') },
  ]);
});

it('saw what happens in a year; with a hundred cases what is returned, declined, put off, withdrawn, complained of as well', async () => {
  const kinds = await ask<{ kind: string }>`SELECT DISTINCT kind FROM timeline`;
  const rare = [
    ...['packReturned', 'deferred', 'refused', 'reconsiderationAsked', 'providerDeclined', 'interviewMissed', 'withdrawn'],
    ...['withdrawalProcessed', 'changeOfDayProcessed', 'extensionDecided', 'complaintAnswered', 'coursePlaceAwaited'],
  ];
  const seen = ['submitted', 'packComplete', 'outcomeIssued', 'startConfirmed', 'reviewHeld', ...(cases >= 100 ? rare : [])];
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(seen));
});

it('counts what the timelines say, when they are counted again (A20)', async () => {
  const yearsOf = [...new Set([first, last].map(academicYearOf))];
  const years = await Promise.all(yearsOf.map((academicYear) => readNumbers(service.api, cap, academicYear, last)));
  const schools = await Promise.all(yearsOf.map((academicYear) => readNumbersBySchool(service.api, cap, academicYear)));
  const total = (counts: readonly { count: number }[]) => counts.reduce((all, { count }) => all + count, 0);
  const sum = (of: (numbers: Numbers) => number) => years.reduce((all, numbers) => all + of(numbers), 0);
  const applications = await ask<{ programme: string; school: string; count: number }>`
    SELECT split_part(event->>'programme', '@', 1) AS programme, event->>'school' AS school, count(*)::int AS count
    FROM timeline WHERE kind = 'submitted' GROUP BY 1, 2 ORDER BY 1, 2`;
  for (const { programme, school, count } of applications) {
    const counted = schools
      .flatMap((year) => year.applications)
      .filter((each) => each.programme === programme && each.school === school);
    expect([programme, school, total(counted)]).toEqual([programme, school, count]);
  }
  expect(sum((numbers) => total(numbers.applications))).toBe(total(applications));
  const [again] = await ask<Record<'issued' | 'late' | 'closed' | 'confirmed', number>>`
    SELECT (count(*) FILTER (WHERE kind = 'outcomeIssued'))::int AS issued, (count(*) FILTER (WHERE kind = 'startConfirmed'))::int AS confirmed,
      (count(DISTINCT reference) FILTER (WHERE kind IN ('exited', 'withdrawn', 'closedByCap')))::int AS closed FROM timeline`;
  expect([sum(({ outcomes }) => outcomes.issued), sum(({ outcomes }) => outcomes.inTime)]).toEqual([
    again?.issued,
    again?.issued,
  ]);
  expect(sum(({ starts }) => starts.confirmed)).toBe(again?.confirmed);
  expect(sum(({ closed }) => total(closed))).toBe(again?.closed);
  const [marks] = await ask<{ absent: number }>`SELECT count(*)::int AS absent FROM attendance_marks WHERE mark = 'absent'`;
  expect(sum(({ attendance }) => attendance.marked - attendance.attended)).toBe(marks?.absent);
  expect(sum(({ attendance }) => attendance.marked)).toBeGreaterThan(0);
});
