// `npm run demo -- --year`: fills the embedded service with a year of plausible cases at every stage, so that lists, panels and numbers have something to
// show. What is past cannot be told through the API, whose time is now: it is told into the record, and the workflows of what is open begin there.
import { ScheduleNotFoundError, type ScheduleHandle } from '@temporalio/client';
import {
  academicYearOf,
  addDays,
  isWorkingDay,
  londonDay,
  MONTHS,
  type Calendar,
  type Instant,
  type IsoDate,
} from '../../domain/calendar';
import type { CaseState } from '../../domain/state';
import { programmeCodes } from '../../domain/programmes';
import type { ProgrammeCode } from '../../domain/words';
import { referenceYear, sampleLeads, sampleSites, teamMailboxes } from '../../prisma/reference-data';
import { seedPeople, seedReferenceData } from '../../prisma/seed';
import { readCalendar } from '../../records/calendar';
import { editTold, saveCycle } from '../../records/calendarEdits';
import type { Database } from '../../records/database';
import { saveOffered } from '../../records/directory';
import { calendarNow } from '../../records/morning';
import { saveSla } from '../../records/organisations';
import { connectTemporal } from '../../temporal/client';
import { parseKeys } from '../../temporal/codec';
import { engine, type Engine } from '../../temporal/engine';
import { morningId, sweepId, workflowIdOf } from '../../temporal/names';
import { searches, searchLink } from '../../temporal/searches';
import { readEnvironment, type RunningEnvironment } from '../environment';
import { payloadKeysIn, temporalFileIn } from '../payloadKeys';
import { PlainError, type Log } from '../plainError';
import { postgresIn, runningPostgresAt, type RunningPostgres } from '../postgres';
import { chances } from './answers';
import { actingFor, comeBy, liveDay, type Year } from './day';
import { offer } from './offer';
import { pastTeller } from './past';
import { moreOrganisations, morePeople, yearCourses, yearOrganisations, yearPeople } from './sample';

const cap = { person: 'cap.team', parties: ['cap'] } as const;

/** In the last days of the year people are slower, and one case in so many is left lying: something is at every stage, and something overdue. */
const lately = { days: 24, promptness: 0.25, leftLying: 7 };

/**
 * Tells the year until yesterday, unless one is there already. Whatever is open and has no workflow gets one, also what was left behind by a telling
 * that was cut off.
 * @param applications how many
 * @param stopped ends the year with the day that is being told: what is told so far stays, and goes on from there
 * @throws PlainError when the service is not the embedded one, or does not run
 */
export async function fillWithAYear(dataDir: string, applications: number, say: Log, stopped: AbortSignal): Promise<void> {
  const environment = await readEnvironment(dataDir);
  const { apiUrl, embedded, temporalAddress: address, temporalNamespace: namespace } = environment;
  if (embedded === null)
    throw new PlainError('A year is told into the embedded service alone, and this one stands on another Temporal.');
  const ready = await fetch(`${apiUrl}/health/ready`).catch(() => null);
  if (!ready?.ok) throw new PlainError(`The service at ${apiUrl} does not answer: start it with \`npm start\`.`);

  const urlFor = await runningPostgresAt(postgresIn(dataDir), embedded.postgresPort);
  const keys = parseKeys(await payloadKeysIn(dataDir, temporalFileIn(dataDir)));
  const temporal = connectTemporal({ address, namespace, keys, tls: false });
  const temporalEngine = engine(temporal.client, { taskQueue: embedded.taskQueue, patience: 20_000, publicUrl: apiUrl });
  // The sweep would begin the workflows of what is half told, and the morning would tell of it.
  const schedules = [sweepId, morningId].map((id) => temporal.client.schedule.getHandle(id));
  const year = newYear();
  const teller = pastTeller({ api: urlFor('cap_api'), worker: urlFor('cap_worker') }, year, londonDay(new Date().toISOString()));
  try {
    const before = await casesOfTheYear(teller.records);
    if (before > 0) say(`A year is there already, with ${String(before)} cases of its own schools: none is added.`);
    else {
      for (const schedule of schedules) await pause(schedule);
      await prepare(urlFor, teller.api, temporalEngine, say);
      await tell(teller, year, { applications, stopped }, say);
    }
    await beginWorkflows(teller.records, temporalEngine, say);
  } finally {
    for (const schedule of schedules) await schedule.unpause('The year is told');
    await Promise.all([teller.close(), temporal.close()]);
  }
  for (const line of whatToLookAt(environment)) say(line);
}

/** A worker that has just started makes the schedules in a moment. */
async function pause(schedule: ScheduleHandle, tries = 20): Promise<void> {
  try {
    await schedule.pause('A year is told into the record');
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError) || tries <= 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, 500));
    await pause(schedule, tries - 1);
  }
}

function newYear(): Year {
  const people = actingFor(yearPeople);
  const codes = (kind: 'school' | 'provider', which: (each: (typeof yearOrganisations)[number]) => boolean = () => true) =>
    yearOrganisations.flatMap((each) => (each.kind === kind && which(each) && people[`${kind}:${each.code}`] ? [each.code] : []));
  const coursesOf = (programme: ProgrammeCode) =>
    yearCourses(academicYearOf(londonDay(new Date().toISOString())))
      .filter((course) => course.programme === programme)
      .map(({ code }) => code);
  return {
    chance: chances(7),
    people,
    schools: codes('school'),
    slaSchools: codes('school', ({ sla }) => sla),
    providers: codes('provider', ({ code }) => code !== 'AP-ACADEMY'),
    receivingSchools: codes('school'),
    programmes: programmeCodes,
    courses: Object.fromEntries(programmeCodes.map((code) => [code, coursesOf(code)])),
    promptness: 0.6,
    references: [],
    meetings: [],
    forgotten: new Set(),
  };
}

/** The schools of the year tell whether one is there. */
async function casesOfTheYear(records: Database): Promise<number> {
  const [found] = await records.directly(
    (connection) => connection.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM cases WHERE school = ANY (${moreOrganisations.map(({ code }) => code)}::text[])`,
  );
  return found?.count ?? 0;
}

/** What must be there before the first case: the calendar of last year, more schools, providers and courses, Tier 4 in every cycle. */
async function prepare(urlFor: RunningPostgres['urlFor'], api: Database, temporalEngine: Engine, say: Log): Promise<void> {
  const now: Instant = new Date().toISOString();
  const today = londonDay(now);
  const years = [...new Set([addDays(today, -365), today, addDays(today, 365)].map(academicYearOf))];
  await seedReferenceData(urlFor('cap_owner'), {
    ...{ organisations: yearOrganisations, coursesOf: yearCourses, teamMailboxes },
    ...{ leads: sampleLeads(yearOrganisations), sites: sampleSites(yearOrganisations) },
    years: years.map(referenceYear),
  });
  await seedPeople(
    urlFor('cap_owner'),
    morePeople.map((person) => ({ ...person, signIns: [] })),
  );
  for (const { code } of moreOrganisations.filter(({ sla }) => sla)) {
    for (const year of years) await saveSla(api, cap, { school: code, year, has: true }, { read: null, at: now }, () => null);
  }
  await saveOffered(api, cap, 'tier-4', true, { read: null, at: now });
  const { cycles } = await readCalendar(api, cap);
  for (const { id, deadline, items, meetings } of cycles.filter(({ deadline: day }) => day > addDays(today, -365))) {
    if (meetings['multi-agency'] === null || items.some(({ programme }) => programme === 'tier-4')) continue;
    const wanted = { version: null, deadline, items: [...items, { programme: 'tier-4', cohortStart: null, panels: null }] };
    const saved = await saveCycle(api, cap, id, wanted, () => []);
    if (saved === null || 'overtaken' in saved || 'problems' in saved) throw new Error(`The cycle ${id} could not be changed`);
    const { change, tell } = saved;
    if (change === null) continue;
    for (const reference of tell) await temporalEngine.recalculate(reference, change);
    await editTold(api, cap, change);
  }
  for (const academicYear of years) await offer(api, academicYear, yearCourses(academicYear), now);
  const names = moreOrganisations.map(({ name }) => name).join(', ');
  say(`CAP knows ${names}; Tier 4 is offered; two courses have few places.`);
}

async function tell(
  teller: ReturnType<typeof pastTeller>,
  year: Year,
  { applications, stopped }: { readonly applications: number; readonly stopped: AbortSignal },
  say: Log,
): Promise<void> {
  const today = londonDay(new Date().toISOString());
  const { calendar } = await calendarNow(teller.records);
  const days = workingDays(addDays(today, -365), today, calendar);
  const late = days.at(-Math.min(lately.days, days.length)) ?? today;
  const seenTo = (day: IsoDate) => (state: CaseState) =>
    day < late || isBeforePanel(state) || year.references.indexOf(state.reference) % lately.leftLying !== 0;
  say('The year is told, working day by working day:');
  for (const [index, day] of days.entries()) {
    if (stopped.aborted) break;
    await teller.begin(day);
    const lived = day < late ? year : { ...year, promptness: lately.promptness };
    await liveDay(teller, lived, comeBy(day, days, applications, calendar) - year.references.length, seenTo(day));
    await teller.countEmailsAsSent();
    if (days[index + 1]?.slice(0, 7) !== day.slice(0, 7)) await sayMonth(teller.records, year, day, say);
  }
  await teller.end(today);
}

/** A panel is in time for what is before it (R71). */
const isBeforePanel = ({ position }: CaseState) => position.stage === 'panel' || position.stage === 'allocation';

function workingDays(from: IsoDate, until: IsoDate, calendar: Calendar): IsoDate[] {
  const days = Array.from({ length: 366 }, (_, after) => addDays(from, after));
  return days.filter((day) => day < until && isWorkingDay(day, calendar));
}

async function sayMonth(records: Database, year: Year, day: IsoDate, say: Log): Promise<void> {
  const [found] = await records.directly(
    (connection) => connection.$queryRaw<Record<'open' | 'placed' | 'waiting' | 'signed', number>[]>`
      SELECT (count(*) FILTER (WHERE NOT closed))::int AS open, (count(*) FILTER (WHERE stage = 'placement'))::int AS placed,
        (SELECT count(*)::int FROM course_places WHERE waiting) AS waiting,
        (SELECT count(*)::int FROM meeting_states WHERE reference = ANY (${year.meetings}::text[]) AND state->>'stage' = 'signed') AS signed
      FROM cases WHERE reference = ANY (${year.references}::text[])`,
  );
  if (!found) return;
  const { open, placed, waiting, signed } = found;
  const month = `${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`;
  say(
    `  ${month.padEnd(15)} ${String(year.references.length)} applications so far, ${String(open)} open, ${String(placed)} in a placement, ` +
      `${String(waiting)} in line for a place, ${String(signed)} meetings with signed minutes`,
  );
}

/** As the sweep does: whatever is open in the record and has no workflow, or one that is behind, gets it. */
async function beginWorkflows(records: Database, temporalEngine: Engine, say: Log): Promise<void> {
  const open = await records.directly(
    (connection) => connection.$queryRaw<{ reference: string; step: number }[]>`
      SELECT reference, step FROM cases WHERE NOT closed UNION ALL SELECT reference, step FROM meeting_states WHERE NOT closed ORDER BY reference`,
  );
  let begun = 0;
  for (const { reference, step } of open) {
    const shown = await temporalEngine.shown(workflowIdOf(reference));
    if (shown?.running && shown.step >= step) continue;
    await temporalEngine.refresh(reference);
    begun += 1;
  }
  say(`${String(open.length)} cases and meetings are open; ${String(begun)} workflows were begun from the record.`);
}

function whatToLookAt({ apiUrl, temporalUiUrl, temporalNamespace, mailboxUrl }: RunningEnvironment): string[] {
  const today = londonDay(new Date().toISOString());
  const from = addDays(today, -365);
  const links = [...searches(new Date().toISOString())].map(
    ([title, query]) => `  ${title.padEnd(15)} ${searchLink(temporalUiUrl, temporalNamespace, query)}`,
  );
  return [
    '',
    'Look at it, in the Temporal Web UI:',
    ...links,
    'and as CAP sees it, with `curl -H "Authorization: Bearer $(npm run --silent token -- cap.team)"` and one of:',
    ...[
      ['cases', '/api/v1/cases'],
      ['worklist', '/api/v1/worklist'],
      ['overdue', '/api/v1/worklist?of=others'],
      ['last year', `/api/v1/numbers?academicYear=${academicYearOf(from)}`],
      ['this year', `/api/v1/numbers?academicYear=${academicYearOf(today)}`],
      ['meetings', `/api/v1/meetings?from=${from}`],
      ['courses', '/api/v1/courses'],
      ['inspection', `/api/v1/exports/inspection/${academicYearOf(today)}`],
    ].map(([title = '', path = '']) => `  ${title.padEnd(15)} '${apiUrl}${path}'`),
    `The e-mails of the year count as sent; what goes out from now on is at ${mailboxUrl}.`,
  ];
}
