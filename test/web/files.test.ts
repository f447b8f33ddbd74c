// The page of documents: what people are told who choose no file, none of its kinds, or the same one again.
import { Router } from 'express';
import request from 'supertest';
import { readPerson } from '../../records/people';
import { createApp } from '../../web/app';
import { openDoors, type Doors } from '../api/doors';
import { documents } from '../support/documents';
import { completeAnswers } from '../support/story';
import { appWithPages, visitor } from './pages';

let doors: Doors;
let path: string;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  const body = {
    programme: 'flourish',
    student: await doors.student('school.alder'),
    answers: completeAnswers('flourish', '2024-11-18'),
  };
  const begun = await doors.ask('school.alder', 'POST', '/api/v1/applications', { body });
  path = `/files/${String(begun.body.reference)}`;
});
afterAll(() => doors.stop());

const app = () => appWithPages(doors.services);

/** What the page says to whoever sends its form with these. @returns the page, or that to which it leads */
async function sent(fields: Readonly<Record<string, string>>, content: Buffer | null): Promise<string> {
  const form = request(app())
    .post(path)
    .set('x-test-person', 'school.alder')
    .field({ _csrf: 'token-of-the-test', ...fields });
  const { headers, text } = await (content === null ? form : form.attach('file', content, 'plan.pdf'));
  const { location = '' } = headers as Readonly<Record<string, string>>;
  return location === '' ? text : (await visitor(app(), 'school.alder').open(location)).html;
}

test('who chooses no file is told so by its label, and what they chose stays chosen', async () => {
  const page = await sent({ kind: 'supporting-document' }, null);
  expect(page).toContain('href="#file">The file: choose one.');
  expect(page).not.toContain('last field of the form');
  expect(page).toMatch(/value="supporting-document" checked/);
});

test('who does not say what it is is asked by the label, not by the name of a field', async () => {
  const page = await sent({}, documents.pdf('A plan'));
  expect(page).toContain('What is it? Choose one.');
  expect(page).not.toContain('kind is needed');
});

test('who sends two files in one form is told so, and neither is added', async () => {
  const form = request(app()).post(path).set('x-test-person', 'school.alder');
  const { text } = await form
    .field({ _csrf: 'token-of-the-test', kind: 'supporting-document' })
    .attach('file', documents.pdf('The first of two'), 'first-of-two.pdf')
    .attach('file', documents.pdf('The second of two'), 'second-of-two.pdf');
  expect(text).toContain('href="#file">The file: choose one alone, and add the next one after it.');
  expect((await visitor(app(), 'school.alder').open(path)).text).not.toContain('of-two.pdf');
});

test('the same document again is said to be there already; no kind of document is told with the number of a rule', async () => {
  const content = documents.pdf('A plan that is sent twice');
  expect(await sent({ kind: 'risk-assessment' }, content)).toContain('Added');
  const again = await sent({ kind: 'risk-assessment' }, content);
  expect(again).toContain('This document was there already: nothing is added twice');
  expect(again).not.toContain('(R41)');
});

test('who was signed out while they added a document is told that the file has to be chosen again (R25)', async () => {
  const person = await readPerson(doors.api, 'school.alder');
  const visit = { person, csrf: '', kept: { kind: 'supporting-document' }, session: null };
  const signedInAgain = createApp(doors.services, {
    router: Router(),
    gate: (_req, _res, next) => next(),
    visit: () => Promise.resolve(visit),
    posted: () => Promise.resolve(null),
  });
  const { text } = await request(signedInAgain).get(path);
  expect(text).toContain('A file is not kept: choose it again.');
  expect(text).toMatch(/value="supporting-document" checked/);
});
