// How each route is asked: what its address names, and what is sent to it so that it would be taken, were it not for who sends it.
import { addDays } from '../../domain/calendar';
import { nightReference } from '../../domain/nights';
import { meetingCommands, personCommands } from '../../domain/commands';
import { childrenAreCalled, closedMeeting, type SampleCase } from './everyCase';
import { people, type Person } from './everyRoute';

const year = '2024-25';
const day = '2025-03-17';
const words = 'As it was agreed.';

/** What an address names that is of no case. The first row that fits counts. */
const named: readonly (readonly [route: RegExp, names: Readonly<Record<string, string>>])[] = [
  [/\/meetings\//, { id: closedMeeting }],
  [/\/cycles\//, { id: '2024-25-7', panel: 'multi-agency' }],
  [/\/me\/sessions\//, { id: '00000000-0000-4000-8000-000000000000' }],
  [/\/colleagues\//, { party: 'school:SCH-A', person: people['own school'] }],
  [/\/safeguarding-leads\//, { party: 'school:SCH-A' }],
  [/\/people\//, { id: people['another school'], party: 'school:SCH-B', signIn: '0123456789abcdef' }],
  [/\/nights\/\{night\}/, { night: nightReference('2025-03-17') }],
  [/(alarms|accept)\//, { about: 'CAP-2024-222222' }],
  [/holds\//, { id: 'no-such-hold' }],
  [/\/programmes\//, { code: 'tier-4' }],
  [/\/organisations\//, { code: 'SCH-B' }],
  [/\/(courses|directories)\//, { code: 'T1-BICYCLES' }],
  [/\/closures\//, { day: '2025-05-05' }],
  [/\/questions\//, { code: 'risk-assessment-date' }],
  [/\/problems\//, { kind: 'not-found' }],
  [/\/docs\//, { file: 'start.js' }],
];

const common: Readonly<Record<string, string>> = {
  ...{ academicYear: year, term: 'spring', half: '2', day, first: day, week: '2025-03-10', programme: 'flourish' },
  ...{ panel: 'review-and-authorisation', seat: 'chair', provider: 'TP-ONE', kind: 'procurement', person: 'cap.lead' },
};

/** @param sample the case that the address is of; any where it is of none */
export function addressOf(path: string, sample: SampleCase, more: Readonly<Record<string, string>> = {}): string {
  const { reference, student, file, outcome } = sample;
  const ofCase = { reference, code: student, file, command: outcome };
  const names = named.find(([route]) => route.test(path))?.[1] ?? {};
  return path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = { ...common, ...ofCase, ...names, ...more }[name];
    if (value === undefined) throw new Error(`${path}: nothing is said for {${name}}`);
    return value;
  });
}

/** What an address asks for behind its path. CAP acts for no host, and says whose register it looks at. */
export function queryOf(path: string, person: Person): string {
  if (path === '/api/v1/numbers' || path === '/api/v1/numbers/schools') return `?academicYear=${year}`;
  return person === 'CAP' && path.endsWith('/registers/{day}') ? '?host=provider:TP-ONE' : '';
}

/** Whether the answer may be another one for each case. */
export function isOfCase(path: string): boolean {
  return /\{(reference|file|command)\}/.test(path) || /(students|subject-access)\/\{code\}/.test(path);
}

const student = { name: 'Sample Newcomer', dateOfBirth: '2011-02-03', ehcp: false, lookedAfter: false };
const course = {
  title: 'Sample course',
  programme: 'tier-1-course',
  category: null,
  provider: 'TP-ONE',
  schoolWeeks: 6,
  places: null,
  days: null,
  site: null,
};
const siteAt = (name: string) => ({ name, address: `1 ${name} Street`, telephone: null });
const cycle = { deadline: '2025-06-04', items: [{ programme: 'flourish', cohortStart: null }] };
const table = 'Flourish\tWednesday 4th June\tTuesday 17th June\t\t';
const courseCsv = 'code,title,programme,category,provider,schoolWeeks,places,days\nT1-NEW,New,tier-1-course,,TP-ONE,6,,';
const rollCsv = 'name,dateOfBirth,ehcp,lookedAfter\nSample Newcomer,2011-02-03,no,no';

/** What is sent to each route that takes something, but for the commands. */
const bodies: Readonly<Record<string, (sample: SampleCase) => object>> = {
  'POST /api/v1/me/end-other-sessions': () => ({ but: '00000000-0000-4000-8000-000000000000' }),
  'PUT /api/v1/programmes/{code}/offered': () => ({ offered: true }),
  'PUT /api/v1/directories/{academicYear}/courses/{code}': () => course,
  'POST /api/v1/directories/preview': () => ({ academicYear: year, csv: courseCsv }),
  'POST /api/v1/directories/import': () => ({ academicYear: year, csv: courseCsv, preview: 'as-it-was-shown' }),
  'PUT /api/v1/checks/{provider}/{kind}': () => ({ passed: '2024-11-27', expires: '2025-04-11' }),
  'POST /api/v1/students/search': () => ({ text: childrenAreCalled }),
  'POST /api/v1/students': () => student,
  'PUT /api/v1/students/{code}': () => ({ ...student, version: 1 }),
  'PUT /api/v1/students/{code}/exclusions/{day}': () => ({ kind: 'suspension', sessions: 2, reason: 'DB', version: 0 }),
  'POST /api/v1/students/roll/preview': () => ({ csv: rollCsv }),
  'POST /api/v1/students/roll/import': () => ({ csv: rollCsv, preview: 'as-it-was-shown' }),
  'POST /api/v1/eligibility': () => ({ dateOfBirth: '2011-02-03' }),
  'POST /api/v1/applications': () => ({ programme: 'flourish' }),
  'PUT /api/v1/applications/{reference}': () => ({ answers: {}, version: 1 }),
  'POST /api/v1/applications/{reference}/submit': () => ({}),
  'POST /api/v1/files/{reference}': () => ({ kind: 'risk-assessment' }),
  'POST /api/v1/cases/search': () => ({ text: childrenAreCalled }),
  'PUT /api/v1/registers/{day}': ({ reference }) => ({ marks: [{ case: reference, half: 'am', mark: 'absent' }] }),
  'PUT /api/v1/cases/{reference}/progress/{week}': () => ({ progress: 'on-plan', behaviour: 'settled', version: 0 }),
  'POST /cases/{reference}/progress/{week}': () => ({ progress: 'on-plan', behaviour: 'settled' }),
  'POST /api/v1/cycles': () => ({
    ...cycle,
    meetings: { 'review-and-authorisation': '2025-06-16', 'multi-agency': '2025-06-17', 'headteacher-placement': null },
  }),
  'PUT /api/v1/cycles/{id}': () => cycle,
  'POST /api/v1/cycles/{id}/meetings': () => ({ panel: 'headteacher-placement', day: '2025-03-28' }),
  'POST /api/v1/calendar/preview': () => ({ academicYear: year, table }),
  'POST /api/v1/calendar/import': () => ({ academicYear: year, table }),
  'POST /api/v1/closures': () => ({ day: '2025-06-02' }),
  'PUT /api/v1/terms/{academicYear}/{term}/{half}': () => ({ firstDay: '2025-02-24', lastDay: '2025-04-10' }),
  'PUT /api/v1/panels/{panel}/seats/{seat}': () => ({ holder: null, deputy: null }),
  'PUT /api/v1/panels/{panel}/quorum': () => ({ quorum: 1 }),
  'PUT /api/v1/absences/{person}/{first}': () => ({ last: addDays(day, 3) }),
  'POST /api/v1/meetings/{id}/move': () => ({ day: '2025-03-26' }),
  'POST /api/v1/alarms/{about}/accept': () => ({ reason: words }),
  'POST /api/v1/legal-holds': ({ reference }) => ({ reference, reason: words }),
  'PUT /api/v1/people/{id}': () => ({ name: 'Sample Other-Name', email: 'other@example.test', active: true }),
  'POST /api/v1/people/{id}/sign-ins/take-back': () => ({ issuer: 'https://issuer.test', subject: 'other' }),
  'POST /api/v1/person-requests': () => ({ kind: 'grant', person: people['another school'], party: 'school:SCH-A', why: words }),
  'POST /api/v1/person-requests/{id}/settle': () => ({ given: true }),
  'POST /api/v1/account-requests': () => ({
    kind: 'give',
    party: 'school:SCH-A',
    name: 'Sample Newcomer',
    email: 'newcomer@example.test',
    why: words,
  }),
  'POST /api/v1/account-requests/{id}/accept': () => ({ person: 'sample.newcomer' }),
  'POST /api/v1/account-requests/{id}/decline': () => ({ reason: words }),
  'POST /api/v1/account-requests/{id}/withdraw': () => ({}),
  'POST /colleagues/{party}/{person}/end': () => ({ why: words }),
  'POST /account-requests/{id}': () => ({ _form: 'decline', reason: words }),
  'PUT /api/v1/organisations/{code}': () => ({
    ...{
      kind: 'school',
      sector: 'secondary',
      name: 'Sample School',
      email: 'office@example.test',
      urn: null,
      ukprn: null,
      address: null,
    },
  }),
  'PUT /api/v1/organisations/{code}/slas/{academicYear}': () => ({ has: true }),
  'PUT /api/v1/safeguarding-leads/{party}': () => ({
    leads: [{ name: 'Sample Lead', telephone: '01632 960001', email: 'lead@example.test' }],
  }),
  'PUT /api/v1/sites/{provider}': () => ({ sites: ['Main site', 'Workshop'].map(siteAt) }),
  'POST /cases': () => ({ text: childrenAreCalled }),
  'POST /students': () => ({ text: childrenAreCalled }),
  'POST /subject-access': () => ({ text: childrenAreCalled }),
  'POST /people': () => ({ text: 'sample' }),
  'POST /access': ({ reference }) => ({ reference }),
  'POST /organisations/{code}': () => ({ slas: year }),
  'POST /safeguarding-leads/{party}': () => ({
    ...{ 'leads.0.name': 'Sample Lead', 'leads.0.telephone': '01632 960001', 'leads.0.email': 'lead@example.test' },
  }),
  'POST /sites/{provider}': () => ({
    ...{ 'sites.0.name': 'Main site', 'sites.0.address': '1 Sample Street' },
    ...{ 'sites.1.name': 'Workshop', 'sites.1.address': '1 Sample Yard' },
  }),
  'POST /meetings/{id}/cases/{reference}': (sample) => ({
    _form: 'panelDecision',
    ...commandBody('POST /cases/{reference}/panel-decision', sample),
  }),
};

/** What is sent to a route; undefined where nothing is. */
export function bodyOf(route: string, sample: SampleCase): object | undefined {
  return bodies[route]?.(sample) ?? commandBody(route, sample);
}

const kindOf = (command: string) => command.replace(/-[a-z]/g, ([, letter]) => (letter ?? '').toUpperCase());

/** A command as a person would give it: every field with its first value, and each text that then belongs to it. */
function commandBody(route: string, sample: SampleCase): object | undefined {
  const [, to, command] = /^POST (?:\/api\/v1)?\/(cases|meetings)\/\{\w+\}\/([a-z-]+)$/.exec(route) ?? [];
  const row = Object.entries(to === 'cases' ? personCommands : meetingCommands).find(([kind]) => kind === kindOf(command ?? ''));
  if (row === undefined) return undefined;
  const { fields, texts }: CommandParts = row[1];
  const said: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (field.optional !== true && belongs(field, said)) said[name] = valueOf(name, field, sample);
  }
  for (const [name, text] of Object.entries(texts)) {
    if ((text.required || text.when !== undefined) && belongs(text, said)) said[name] = words;
  }
  return said;
}

interface When {
  readonly when?: { readonly field: string; readonly is: readonly string[] };
}
interface CommandParts {
  readonly fields: Readonly<
    Record<
      string,
      When & { readonly type: string; readonly names?: string; readonly values?: readonly string[]; readonly optional?: true }
    >
  >;
  readonly texts: Readonly<Record<string, When & { readonly required: boolean }>>;
}

const belongs = ({ when }: When, said: Readonly<Record<string, unknown>>) =>
  when === undefined || when.is.includes(String(said[when.field]));

function valueOf(name: string, { type, names, values }: CommandParts['fields'][string], { reference }: SampleCase): unknown {
  const codes: Readonly<Record<string, string>> = {
    ...{ provider: 'TP-TWO', school: 'SCH-B', colleague: people.CAP, task: 'termly-report', email: 'no-such-e-mail' },
    ...{ case: reference, seat: 'chair', person: people['member with an interest'] },
  };
  const given: Readonly<Record<string, unknown>> = {
    ...{ 'one-of': values?.[0], day, instant: `${day}T12:00:00.000Z`, weekdays: 'wed,thu', flag: true, codes: 'chair' },
  };
  return type === 'code' ? codes[names ?? name] : given[type];
}
