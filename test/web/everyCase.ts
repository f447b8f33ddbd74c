// A case in each state that a case can be seen in, each of a student of its own, on one day in March; and the people who look at them.
import { completeAnswers } from '../support/story';
import { documents } from '../support/documents';
import { startClamd } from '../support/clamd';
import { readPerson } from '../../records/people';
import type { Instant } from '../../domain/calendar';
import type { ProgrammeCode } from '../../domain/words';
import { givenByTwo, openDoors, type Doors } from '../api/doors';
import { people, states, type State } from './everyRoute';
import { appWithPages } from './pages';

/** A Monday, five days after an agenda has closed and a week before its meeting. */
const today: Instant = '2025-03-17T10:00:00.000Z';
export const closedMeeting = 'RAP-2025-03-24';
const openMeeting = 'RAP-2025-04-28';

/** The first name of all children here: a search for it finds those whom one may know of. */
export const childrenAreCalled = 'Zaffre';

/** A case, and what would give it away. */
export interface SampleCase {
  readonly reference: string;
  readonly student: string;
  readonly file: string;
  /** The name of its outcome document; of no document where there is none. */
  readonly outcome: string;
  /** What tells who the child is. */
  readonly child: readonly string[];
}

export type Cases = Readonly<Record<State, SampleCase>>;

interface Story {
  readonly programme: ProgrammeCode;
  /** When the school submits; null while it does not. */
  readonly submitted: Instant | null;
  readonly then: readonly (readonly [at: Instant, by: string, command: string, body: object])[];
  /** The meeting to which it comes once its pack is complete, where somebody declares an interest in it. */
  readonly meeting?: string;
}

const words = 'As the panel agreed.';
const december = '2024-12-16T10:00:00.000Z';
const march = '2025-03-05T10:00:00.000Z';
const complete = (at: Instant) => [at, 'cap.team', 'check-pack', { result: 'complete' }] as const;
const approved = (at: Instant) =>
  [at, 'chair.review', 'panel-decision', { outcome: 'approve', outsideMeeting: true, reasons: words }] as const;
const withProvider = [
  complete('2024-11-29T10:00:00.000Z'),
  approved(december),
  ['2024-12-17T10:00:00.000Z', 'cap.team', 'send-pack', { provider: 'TP-ONE' }],
] as const;

const stories: Readonly<Record<State, Story>> = {
  draft: { programme: 'flourish', submitted: null, then: [] },
  'with CAP': { programme: 'flourish', submitted: march, then: [] },
  returned: {
    programme: 'flourish',
    submitted: march,
    then: [
      ['2025-03-06T10:00:00.000Z', 'cap.team', 'check-pack', { result: 'returned', reasons: 'The risk assessment is old.' }],
    ],
  },
  'agenda open': {
    programme: 'year-11-bespoke',
    submitted: '2025-03-13T10:00:00.000Z',
    then: [complete('2025-03-14T10:00:00.000Z')],
    meeting: openMeeting,
  },
  'agenda closed': {
    programme: 'flourish',
    submitted: march,
    then: [complete('2025-03-06T10:00:00.000Z')],
    meeting: closedMeeting,
  },
  decided: {
    programme: 'flourish',
    submitted: march,
    then: [complete('2025-03-06T10:00:00.000Z'), approved('2025-03-14T10:00:00.000Z')],
    meeting: closedMeeting,
  },
  interview: { programme: 'flourish', submitted: '2024-11-28T10:00:00.000Z', then: withProvider },
  placement: {
    programme: 'flourish',
    submitted: '2024-11-28T10:00:00.000Z',
    then: [
      ...withProvider,
      ['2024-12-17T11:00:00.000Z', 'provider.one', 'book-interview', { at: '2024-12-18T10:00:00.000Z' }],
      ['2024-12-18T11:00:00.000Z', 'provider.one', 'record-interview', { result: 'held' }],
      ['2024-12-18T12:00:00.000Z', 'provider.one', 'provider-response', { result: 'accept' }],
      [
        '2024-12-19T10:00:00.000Z',
        'school.alder',
        'confirm-start',
        { start: '2025-01-13', weekdays: 'mon,tue', objectives: words, measures: words, reintegration: words },
      ],
    ],
  },
  closed: {
    programme: 'flourish',
    submitted: '2024-11-28T10:00:00.000Z',
    then: [...withProvider, ['2025-01-07T10:00:00.000Z', 'school.alder', 'withdraw', { reason: 'The family has moved.' }]],
  },
};

/** Opens the service with all of them. */
export async function openEveryCase() {
  const clamd = await startClamd();
  const doors = await openDoors('2024-11-28T10:00:00.000Z', clamd.address);
  const known = new Map<string, ReturnType<typeof readPerson>>();
  const app = appWithPages(doors.services, (name) => {
    const found = known.get(name) ?? readPerson(doors.api, name);
    known.set(name, found);
    return found;
  });
  await addPeople(doors);
  for (const meeting of [closedMeeting, openMeeting]) await doors.meetingGives(meeting, 'convene');
  const cases: [State, SampleCase][] = [];
  for (const [index, state] of states.entries()) cases.push([state, await caseIn(doors, state, index)]);
  doors.at(today);
  await doors.night();
  return {
    ...{ doors, app, cases: Object.fromEntries(cases) as Cases },
    stop: async () => {
      await Promise.all([doors.stop(), clamd.stop()]);
    },
  };
}

let keys = 0;
const freshKey = () => `key of every case ${String((keys += 1))}`;

/** As a person asks a door, and must be answered well. */
async function does(doors: Doors, ...[person, method, path, asking]: Parameters<Doors['ask']>) {
  const answer = await doors.ask(person, method, path, { key: freshKey(), ...asking });
  if (answer.status >= 300) throw new Error(`${String(person)} ${method} ${path}: ${JSON.stringify(answer.body)}`);
  return answer.body as Record<string, unknown>;
}

async function addPeople(doors: Doors): Promise<void> {
  for (const id of [people['no role'], people['member with an interest']]) {
    await does(doors, 'cap.team', 'PUT', `/api/v1/people/${id}`, {
      body: { name: `Person ${id}`, email: `${id}@example.test`, active: true },
    });
    await givenByTwo(doors, { kind: 'sign-in', person: id, issuer: doors.issuer.url, subject: id, why: 'Joins.' });
  }
  const grant = {
    kind: 'grant' as const,
    person: people['member with an interest'],
    party: 'member:review-and-authorisation',
    why: 'Sits on the panel.',
  };
  await givenByTwo(doors, grant);
}

const families = ['Ambrel', 'Brindow', 'Cravish', 'Dunmoor', 'Elvenby', 'Fernlock', 'Garrowe', 'Hestane', 'Ivelday'];

/** The case in a state, of the student with that number. */
async function caseIn(doors: Doors, state: State, index: number): Promise<SampleCase> {
  const { programme, submitted, then, meeting } = stories[state];
  doors.at(submitted ?? march);
  const name = `${childrenAreCalled} ${families[index] ?? ''}`;
  const dateOfBirth = `${programme === 'year-11-bespoke' ? '2009' : '2011'}-05-${String(11 + index)}`;
  const upn = upnOf(index);
  const student = await doors.student('school.alder', { name, dateOfBirth, upn });
  const answers = completeAnswers(programme, (submitted ?? march).slice(0, 10));
  const course = programme === 'year-11-bespoke' ? { course: 'Y11-WORKSHOP' } : {};
  const body = { programme, student, answers, ...course };
  const begun = await does(doors, 'school.alder', 'POST', '/api/v1/applications', { body });
  const reference = String(begun['reference']);
  const form = { fields: { kind: 'risk-assessment' }, name: 'assessment.pdf', content: documents.pdf(`Of ${name}`) };
  const file = String((await does(doors, 'school.alder', 'POST', `/api/v1/files/${reference}`, { form }))['id']);
  if (submitted) await does(doors, 'school.alder', 'POST', `/api/v1/applications/${reference}/submit`);
  for (const [at, person, command, said] of then) {
    doors.at(at);
    await does(doors, person, 'POST', `/api/v1/cases/${reference}/${command}`, { body: said });
    if (meeting !== undefined && command === 'check-pack') await declareInterest(doors, meeting, reference);
  }
  const { body: issued } = await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}/outcomes`);
  const [outcome] = (issued as { outcomes?: { command: string }[] }).outcomes ?? [];
  const born = new Date(dateOfBirth).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  return { reference, student, file, outcome: outcome?.command ?? 'no-such-document', child: [name, dateOfBirth, born, upn] };
}

/** A pupil number that nobody has: its letter is what the rest adds up to. */
function upnOf(index: number): string {
  const digits = `80120000901${String(index)}`;
  const sum = Array.from(digits).reduce((total, digit, at) => total + Number(digit) * (at + 2), 0);
  return `${'ABCDEFGHJKLMNPQRTUVWXYZ'.charAt(sum % 23)}${digits}`;
}

async function declareInterest(doors: Doors, meeting: string, reference: string): Promise<void> {
  const body = { case: reference, interest: 'A neighbour.' };
  await does(doors, people['member with an interest'], 'POST', `/api/v1/meetings/${meeting}/declare-interest`, { body });
}
