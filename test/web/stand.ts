// A stand with something on every page: a draft, cases at several stages, a panel with an agenda, people, a hold; and a name as long as names come.
import { documents } from '../support/documents';
import type { ProgrammeCode } from '../../domain/words';
import { rewriteTimeline } from '../support/forge';
import { completeAnswers } from '../support/story';
import type { Doors } from '../api/doors';
import { attend, caseBefore, firstMeeting, onTheDay, openPanel } from './panelCases';

export interface Stand {
  readonly doors: Doors;
  readonly app: Awaited<ReturnType<typeof openPanel>>['app'];
  /** The references of the cases. */
  readonly cases: readonly string[];
  /** Addresses to which no link of a list leads: a person comes there from a form, or an e-mail. */
  addresses(person: string): readonly string[];
}

/** Seventy letters without a space: no word of it may break a page. */
const longName = `Longname-${'abcdefghij'.repeat(6)}x`;

let keys = 0;

export async function openStand(): Promise<Stand> {
  const { doors, app } = await openPanel();
  const ask = async (...[person, method, path, asking]: Parameters<Doors['ask']>): Promise<Record<string, string>> => {
    const { status, body } = await doors.ask(person, method, path, asking);
    if (status >= 300) throw new Error(`${method} ${path} answers ${String(status)}: ${JSON.stringify(body)}`);
    return body as Record<string, string>;
  };
  const give = (person: string, reference: string, command: string, body: object) =>
    ask(person, 'POST', `/api/v1/cases/${reference}/${command}`, { body, key: `key ${String((keys += 1))} of the stand` });
  const reasons = 'The school has tried what it could; the plan is clear.';

  const [waiting, decided, placed, refocus, again, sent] = [
    await caseBefore(doors, 'refocus', longName),
    await caseBefore(doors, 'flourish', 'Decided Sample'),
    await caseBefore(doors, 'tier-1-course', 'Placed Sample'),
    await caseBefore(doors, 'refocus', 'Refocus Sample'),
    await caseBefore(doors, 'flourish', 'Again Sample'),
    await caseBefore(doors, 'tier-1-course', 'Sent Sample'),
  ];
  const student = await doors.student('school.alder', { name: `Draft-${longName}` });
  const begin = (programme: ProgrammeCode, of: string) =>
    ask('school.alder', 'POST', '/api/v1/applications', {
      body: { programme, student: of, answers: completeAnswers(programme, '2024-11-18') },
    });
  const { reference: draft = '' } = await begin('flourish', student);
  const { reference: ofCourse = '' } = await begin('tier-1-course', student);
  const file = await ask('school.alder', 'POST', `/api/v1/files/${draft}`, {
    form: { fields: { kind: 'risk-assessment' }, name: `${longName}.pdf`, content: documents.pdf('The risks') },
  });
  const returned = (await begin('flourish', await doors.student('school.alder', { name: 'Returned Sample' }))).reference ?? '';
  await ask('school.alder', 'POST', `/api/v1/applications/${returned}/submit`, { key: 'returned' });
  await give('cap.team', returned, 'check-pack', { result: 'returned', reasons });

  await give('school.alder', placed, 'book-interview', { at: '2024-11-21T10:00:00.000Z' });
  doors.at('2024-11-21T12:00:00.000Z');
  await give('provider.one', placed, 'record-interview', { result: 'held' });
  await give('provider.one', placed, 'provider-response', { result: 'accept' });
  await give('school.alder', placed, 'confirm-start', { start: '2024-12-03', weekdays: 'tue', shortened: true });
  await give('chair.review', decided, 'panel-decision', {
    outcome: 'refuse',
    outsideMeeting: true,
    reasons,
    alternatives: reasons,
  });
  await give('chair.review', refocus, 'panel-decision', { outcome: 'approve', outsideMeeting: true, reasons });

  const person = { name: longName, email: `${longName.slice(0, 60)}@example.test`, active: true };
  await ask('cap.team', 'PUT', '/api/v1/people/long.name', { body: person });
  const requested = async (subject: string) => {
    const [why, issuer] = ['Joins the school office.', 'https://identity-of-a-long-name.example.test/realms/council'];
    const signIn = { kind: 'sign-in', person: 'long.name', issuer, subject, why };
    return (await ask('cap.team', 'POST', '/api/v1/person-requests', { body: signIn }))['id'] ?? '';
  };
  await ask('cap.lead', 'POST', `/api/v1/person-requests/${await requested(longName)}/settle`, { body: { given: true } });
  const signInRequest = await requested(`${longName} elsewhere`);
  const grant = { kind: 'grant', person: 'long.name', party: 'school:SCH-A', why: 'Joins the school office.' };
  const { id: request = '' } = await ask('cap.team', 'POST', '/api/v1/person-requests', { body: grant });
  const account = {
    kind: 'give',
    party: 'school:SCH-A',
    name: longName,
    email: 'long@example.test',
    why: 'Joins the school office.',
  };
  const accountAsked = await ask('school.alder', 'POST', '/api/v1/account-requests', { body: account });
  const { id: accountRequest = '' } = accountAsked['request'] as unknown as Record<string, string>;
  const suspension = { kind: 'suspension', sessions: 2, reason: 'DB', version: 0 };
  await ask('school.alder', 'PUT', `/api/v1/students/${student}/exclusions/2024-11-12`, { body: suspension });
  const held = await ask('cap.team', 'POST', '/api/v1/legal-holds', { body: { student, reason: reasons } });
  const { id: hold } = held['hold'] as unknown as { id: string };
  await ask('cap.team', 'PUT', '/api/v1/absences/chair.review/2025-02-10', { body: { last: '2025-02-14' } });
  const { cycles } = (await ask('cap.team', 'GET', '/api/v1/cycles')) as unknown as { cycles: { id: string }[] };

  doors.at(onTheDay);
  await attend(doors);
  const approval = { outcome: 'approve', reasons };
  await give('chair.review', again, 'panel-decision', approval);
  await give('chair.review', again, 'take-back-decision', { reasons: 'The decision of another case was recorded here.' });
  const [takenBack] = (await ask('school.alder', 'GET', `/api/v1/cases/${again}`))['outcomes'] as unknown as { page: string }[];
  await give('chair.review', again, 'panel-decision', {
    ...approval,
    outcome: 'approve-with-conditions',
    conditions: reasons,
    conditionsBy: '2025-01-10',
  });
  await doors.night();
  await rewriteTimeline(doors.database.superuserUrl, waiting);
  await doors.night();
  const ofThem: Readonly<Record<string, readonly string[]>> = {
    'cap.lead': [
      ...[`/person-requests/${request}`, `/retention/holds/${hold}`, `/subject-access/${student}`, `/students/${student}`],
      ...[`/account-requests/${accountRequest}`, `/person-requests/${signInRequest}`],
      ...[`/calendar/cycles/${cycles[0]?.id ?? ''}/plan/headteacher-placement`, `/cases/${waiting}`],
      '/people/academy/grants/provider:AP-ACADEMY/take-back',
    ],
    'school.alder': [
      ...[`/applications/${draft}`, `/applications/${draft}/check`, `/applications/${ofCourse}/course`],
      ...[`/files/${draft}`, `/files/${draft}/${file['id'] ?? ''}/remove`, `/cases/${decided}`, `/cases/${returned}`],
      ...[
        `/cases/${returned}/resubmit-pack`,
        `/cases/${again}`,
        takenBack?.page ?? '',
        `/applications/${waiting}/submitted`,
        '/registers/REG-2024-12-10',
      ],
      `/applications/begin/tier-1-course?student=${student}`,
    ],
    'provider.one': [`/cases/${placed}`, '/registers/2024-12-17'],
    ops: [`/ops/${waiting}`],
    'chair.review': [`/meetings/${firstMeeting}`, `/meetings/${firstMeeting}/cases/${again}`],
  };
  return { doors, app, cases: [waiting, decided, placed, refocus, returned, again, sent], addresses: (who) => ofThem[who] ?? [] };
}
