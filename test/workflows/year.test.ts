// A year lived through on the real engine, while time is skipped: applications over all programmes, cycle after cycle, each seen to by whom it waits
// for. `YEAR_CASES` says how many; a dozen in every run.
import { addDays, isSchoolDay, londonDay, type IsoDate } from '../../domain/calendar';
import { expectedHalves } from '../../domain/attendance';
import { hostOf } from '../../domain/host';
import type { CaseState, Wait } from '../../domain/state';
import { codeOf, type Party, type ProgrammeCode } from '../../domain/words';
import { calendarNow } from '../../records/morning';
import { readNumbers } from '../../records/numbers';
import { saveMarks } from '../../records/registers';
import { startService, type Service } from '../support/service';
import { reasons, tellerOf } from '../support/teller';

const cases = Number(process.env['YEAR_CASES'] ?? 12);
const days = 250;
const programmes: readonly ProgrammeCode[] = [
  ...(['tier-1-course', 'flourish', 'refocus', 'insight', 'supported-transfer', 'year-11-bespoke'] as const),
];
const people: Readonly<Record<string, string>> = {
  cap: 'cap.team',
  'school:SCH-A': 'school.alder',
  'school:SCH-B': 'school.birch',
  'provider:TP-ONE': 'provider.one',
  'provider:TP-TWO': 'provider.two',
  'provider:AP-ACADEMY': 'academy',
  'panel:review-and-authorisation': 'chair.review',
  'panel:multi-agency': 'chair.multiagency',
  'panel:headteacher-placement': 'chair.placement',
};

/** Chances that are the same at every run. */
function chances(seed: number) {
  let state = seed;
  return (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

let service: Service;
let tell: ReturnType<typeof tellerOf>;
const chance = chances(2026);
const references: string[] = [];
/** Programmes with more places taken in a term than there are, on any day. */
const exceeded: unknown[] = [];
let first: IsoDate;

beforeAll(async () => {
  service = await startService({ engine: 'time-skipping', patience: 90_000 });
  tell = tellerOf(service);
  first = await service.today();
  const { calendar } = await calendarNow(service.records);
  for (let day = 0; day < days; day += 1) {
    if (day % 21 === 0) await service.cycle({ deadline: 5, meeting: 9, start: 18 });
    while (references.length < cases && references.length <= (day / (days - 110)) * cases) await apply();
    for (const reference of references) await see(reference);
    await mark(await service.today(), calendar);
    exceeded.push(
      ...(await service.records.directly(
        (connection) => connection.$queryRaw<unknown[]>`
      SELECT * FROM places_left WHERE in_term < 0 OR in_year < 0`,
      )),
    );
    await service.until(addDays(await service.today(), 1));
  }
}, 1_800_000);
afterAll(() => service.stop());

async function apply(): Promise<void> {
  const programme = programmes[references.length % programmes.length] ?? 'flourish';
  references.push(await tell.submitted(programme));
}

/** Does what the case waits for, where its day has come and somebody can. */
async function see(reference: string): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    const { state, waits } = await service.record(reference);
    const today = await service.today();
    let done = false;
    for (const wait of waits) done = (await answer(state, wait, today)) || done;
    if (!done) return;
  }
}

/** @returns whether something was done */
async function answer(state: CaseState, { what, party, subject, due }: Wait, today: IsoDate): Promise<boolean> {
  const { reference, position } = state;
  const by = people[party] ?? '';
  const give = async (...given: Parameters<typeof service.give> extends [string, string, ...infer Rest] ? Rest : never) =>
    (await service.give(by, reference, ...given)).result === 'recorded';
  const unless = (share: number) => chance() > share;
  switch (what) {
    case 'pack-check':
      return unless(0.1)
        ? give('checkPack', { result: 'complete' })
        : give('checkPack', { result: 'returned' }, { reasons: 'Sample.' });
    case 'corrected-pack':
      return give('resubmitPack', {});
    case 'panel-decision': {
      const meeting = position.stage === 'panel' ? position.meeting : null;
      if (!meeting || today < meeting.day) return false;
      if (unless(0.15)) return give('panelDecision', { outcome: 'approve' }, reasons);
      return unless(0.5)
        ? give('panelDecision', { outcome: 'defer' }, { ...reasons, information: 'Sample.' })
        : give('panelDecision', { outcome: 'refuse' }, { ...reasons, alternatives: 'Sample.' });
    }
    case 'allocation': {
      const meeting = position.stage === 'allocation' ? position.meeting : null;
      return (
        meeting !== null && today >= meeting.day && give('allocateSchool', { result: 'allocated', school: 'SCH-B' }, reasons)
      );
    }
    case 'information':
      return give('giveInformation', {}, { information: 'Sample.' });
    case 'pack-to-be-sent':
      return give('sendPack', { provider: 'TP-ONE' });
    case 'interview-booking':
      return give('bookInterview', { at: `${addDays(today, 1)}T09:00:00.000Z` });
    case 'interview-record': {
      const booked = position.stage === 'interview' ? position.booked : null;
      return (
        booked !== null && londonDay(booked) <= today && give('recordInterview', { result: unless(0.1) ? 'held' : 'missed' })
      );
    }
    case 'provider-response':
      return unless(0.1)
        ? give('providerResponse', { result: 'accept' })
        : give('providerResponse', { result: 'decline', ground: 'need' });
    case 'onboarding':
      return give('recordOnboarding', { result: 'completed' });
    case 'start-date':
      return confirmed(reference);
    case 'notice':
      return give('recordNotice', { sentOn: today }, { notice: 'Sample.' });
    case 'task':
      return give('recordTask', { task: subject ?? '', on: today }, { note: 'Sample.' });
    case 'assessment':
      return give(
        'recordAssessment',
        { on: today, assessment: subject === 'after' ? 'after' : 'before' },
        { summary: 'Sample.' },
      );
    case 'review':
    case 'pathway-review':
      return londonDay(due) <= addDays(today, 7) && give('holdReview', { on: today, review: what }, { summary: 'Sample.' });
    case 'exit':
      return exits(state, give);
    case 'alternatives':
      return give('closeCase', {}, { offered: 'Sample.' });
    default:
      return false;
  }
}

async function confirmed(reference: string): Promise<boolean> {
  return tell.started(reference).then(
    () => true,
    () => false,
  );
}

async function exits(
  { programme }: CaseState,
  give: (kind: 'recordExit', body: { destination: 'home-school' | 'post-16' }, texts: Record<string, string>) => Promise<boolean>,
): Promise<boolean> {
  const destination = programme.startsWith('year-11') ? 'post-16' : 'home-school';
  return give('recordExit', { destination }, { summary: 'Sample.' });
}

/** Each host marks its register of the day. */
async function mark(day: IsoDate, calendar: Parameters<typeof isSchoolDay>[1]): Promise<void> {
  if (!isSchoolDay(day, calendar)) return;
  for (const reference of references) {
    const { state } = await service.record(reference);
    const host = hostOf(state);
    const halves = expectedHalves(state, day, calendar);
    if (host === null || halves.length === 0) continue;
    const actor = { person: people[host] ?? '', parties: [host as Party] };
    const given = halves.map((half) => ({
      case: reference,
      half,
      mark: chance() > 0.1 ? ('present' as const) : ('absent' as const),
    }));
    await saveMarks(service.api, actor, { day, at: `${day}T15:00:00.000Z`, given }, () => null);
  }
}

it('ends with each case closed, or waiting for somebody who is named', async () => {
  expect(references).toHaveLength(cases);
  const open: CaseState[] = [];
  for (const reference of references) {
    const { state, waits } = await service.record(reference);
    if (state.position.stage === 'closed') continue;
    open.push(state);
    expect([reference, waits.length > 0 && waits.every(({ party }) => party === 'cap' || codeOf(party) !== '')]).toEqual([
      reference,
      true,
    ]);
  }
  expect(open.length).toBeLessThan(cases);
});

it('took no more places than there are, on any day', () => {
  expect(exceeded).toEqual([]);
});

it('told every outcome in three working days of its meeting, for every panel decided on its day (R71)', async () => {
  const late = await service.records.directly(
    (connection) => connection.$queryRaw<unknown[]>`
      SELECT reference FROM timeline WHERE kind = 'outcomeIssued' AND at > (event->'outcome'->>'due')::timestamptz`,
  );
  expect(late).toEqual([]);
});

it('counts what the timelines say, when they are counted again (A20)', async () => {
  const span = { from: `${first}T00:00:00.000Z`, until: `${addDays(first, days + 1)}T23:59:59.999Z` };
  const found = await readNumbers(service.api, { person: 'cap.team', parties: ['cap'] }, span);
  const again = await service.records.directly(async (connection) => ({
    submitted: await connection.$queryRaw<
      { count: number }[]
    >`SELECT count(*)::int AS count FROM timeline WHERE kind = 'submitted'`,
    closed: await connection.$queryRaw<{ count: number }[]>`
      SELECT count(DISTINCT reference)::int AS count FROM timeline WHERE kind IN ('exited', 'withdrawn', 'closedByCap')`,
    absent: await connection.$queryRaw<
      { count: number }[]
    >`SELECT count(*)::int AS count FROM attendance_marks WHERE mark = 'absent'`,
  }));
  const sum = (counts: readonly { readonly count: number }[]) => counts.reduce((all, { count }) => all + count, 0);
  expect(sum(found.applications)).toBe(again.submitted[0]?.count);
  expect(sum(found.closed)).toBe(again.closed[0]?.count);
  expect(found.attendance.marked - found.attendance.attended).toBe(again.absent[0]?.count);
  expect(found.attendance.marked).toBeGreaterThan(0);
});
