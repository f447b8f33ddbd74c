// All that is held of one student, as a page that is printed and given to a parent (A14): whoever reads it knows no code of ours.
import { documents } from '../support/documents';
import { openDoors, type Doors } from '../api/doors';
import { placedOnTuesdays } from '../api/submitted';
import { appWithPages, visitor } from './pages';

let doors: Doors;
let reference: string;
let text: string;
let html: string;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  reference = await placedOnTuesdays(doors, 'Asked-About Sample');
  const ask = async (...given: Parameters<Doors['ask']>) => {
    const { status, body } = await doors.ask(...given);
    expect([given[2], status < 300, body]).toEqual([given[2], true, expect.anything()]);
    return body as Record<string, unknown>;
  };
  const form = { fields: { kind: 'report' }, name: 'first report.pdf', content: documents.pdf('report') };
  doors.at('2024-12-04T10:00:00.000Z');
  await ask('provider.one', 'POST', `/api/v1/files/${reference}`, { form });
  const marks = [{ case: reference, half: 'am', mark: 'late' }];
  await ask('provider.one', 'PUT', '/api/v1/registers/2024-12-03', { body: { marks } });
  const note = { ...{ progress: 'on-plan', progressWords: '' }, ...{ behaviour: 'settled', behaviourWords: '' } };
  await ask('provider.one', 'PUT', `/api/v1/cases/${reference}/progress/2024-12-02`, { body: note });
  const { student } = await ask('school.alder', 'GET', `/api/v1/applications/${reference}`);
  const begun = { programme: 'insight', student, answers: { 'risk-assessment-date': '2024-12-02' } };
  await ask('school.alder', 'POST', '/api/v1/applications', { body: begun });
  await ask('cap.team', 'POST', '/api/v1/legal-holds', { body: { student, reason: 'A claim is expected.' } });
  await doors.access.settled();
  ({ text, html } = await visitor(appWithPages(doors.services), 'cap.team').open(`/subject-access/${String(student)}`));
});
afterAll(() => doors.stop());

test('it says where the student was, from when to when, and on which day the interview was', () => {
  expect(text).toContain('First Steps Training (fictitious).');
  expect(text).toContain('From Tuesday 3 December 2024 to Friday 24 January 2025.');
  expect(text).toContain('For Thursday 21 November 2024 at 10:00am.');
});

test('it names each document that is kept of the student, with who added it', () => {
  expect(text).toMatch(/first report\.pdf Report or plan of a placement .*? Sample Provider-One/);
});

test('no half day stands in a part of the page that is not printed', () => {
  expect(text).toContain('Tue 3 Dec 2024 Morning Late Sample Provider-One');
  expect(html).not.toContain('<details');
});

test('an application that is being written stands with its questions, and one that was sent does not stand twice', () => {
  expect(text).toContain('Date of the risk assessment Monday 2 December 2024');
  expect(text).toMatch(/Insight, begun on Wednesday 4 December 2024/);
  expect(text.match(/Date of the risk assessment/g)).toHaveLength(2);
});

test('it names people and organisations, says what was read, and shows no code', () => {
  expect(text).toContain('Training provider: First Steps Training (fictitious)');
  expect(text).toMatch(/Who read it .*An application, with what still stands in the way of submitting it Sample Alder-Staff/);
  expect(text).toContain('No suspension and no permanent exclusion is recorded.');
  for (const code of ['provider.one', 'provider:TP-ONE', 'school:SCH-A', 'risk-assessment-date', 'tier-1-course', 'insight'])
    expect(text).not.toContain(code);
});

test('CAP is told before it is given out that why a legal hold stands is for CAP alone', () => {
  expect(text).toContain('A claim is expected.');
  expect(text).toMatch(/Before this is released.*why a legal hold was placed: that is for CAP alone/);
});
