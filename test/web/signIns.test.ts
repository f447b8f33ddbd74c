// People see where they are signed in, and sign out there; CAP signs out whom it must.
import { randomUUID } from 'node:crypto';
import { Router, type Express } from 'express';
import request from 'supertest';
import type { Person } from '../../records/types';
import { beginSession, ownSessions } from '../../usecases/sessions';
import { createApp } from '../../web/app';
import { givenByTwo, openDoors, type Doors } from '../api/doors';

let doors: Doors;
beforeAll(async () => (doors = await openDoors('2024-11-20T10:00:00.000Z')));
afterAll(() => doors.stop());

const school: Person = { person: 'school.alder', name: 'Sample Alder-Staff', parties: ['school:SCH-A'] };
const lead: Person = { person: 'cap.lead', name: 'Sample Cap-Lead', parties: ['cap'] };

/** Signs a person in at a browser. @returns the id of the session */
async function signedIn(person: Person, browser: string): Promise<string> {
  const id = randomUUID();
  const signIn = { issuer: 'https://identity.example.test', subject: person.person };
  const limits = { idleMinutes: 30, hours: 12 };
  await beginSession(doors.services, person, { id, digest: randomUUID(), browser, sealed: '', signIn }, limits);
  return id;
}

/** The pages as a person has them, who is in a session. */
function pagesOf(person: Person, session: string): Express {
  const visit = () => Promise.resolve({ person, csrf: 'x', kept: null, session });
  return createApp(doors.services, { router: Router(), gate: (_req, _res, next) => next(), visit, posted: visit });
}

const browsersOf = async (person: Person) => (await ownSessions(doors.services, person)).map(({ browser }) => browser).sort();

test('a person is shown their own browsers, which one they are at, and signs out at one or at all others', async () => {
  const here = await signedIn(school, 'Chrome on Windows');
  const phone = await signedIn(school, 'Safari on iPhone');
  await signedIn(school, 'Firefox on Linux');
  await signedIn(lead, 'Edge on Windows');
  const app = pagesOf(school, here);
  const { text } = await request(app).get('/you/sign-ins').expect(200);
  expect(text).toContain('You are here');
  for (const browser of ['Safari on iPhone', 'Firefox on Linux']) expect(text).toContain(`Sign out at ${browser}`);
  expect(text).not.toContain('Sign out at Chrome on Windows');
  expect(text).not.toContain('Edge on Windows');

  await request(app)
    .post('/you/sign-ins')
    .type('form')
    .send({ _form: `end ${phone}` })
    .expect(303);
  expect(await browsersOf(school)).toEqual(['Chrome on Windows', 'Firefox on Linux']);
  await signedIn(school, 'Safari on iPad');
  await request(app).post('/you/sign-ins').type('form').send({ _form: 'end-others' }).expect(303);
  expect(await browsersOf(school)).toEqual(['Chrome on Windows']);
  expect(await browsersOf(lead)).toEqual(['Edge on Windows']);
});

test('CAP signs somebody out everywhere, and nobody else can', async () => {
  const id = await signedIn(school, 'Chrome on Windows');
  const path = '/people/school.alder/sign-out';
  await request(pagesOf(school, id)).post(path).type('form').send({}).expect(403);
  expect(await browsersOf(school)).not.toEqual([]);
  const app = pagesOf(lead, await signedIn(lead, 'Edge on Windows'));
  expect((await request(app).get(path).expect(200)).text).toContain('Sign Sample Alder-Staff out everywhere?');
  await request(app).get('/people/nobody/sign-out').expect(404);
  await request(app).post(path).type('form').send({}).expect(303);
  expect(await browsersOf(school)).toEqual([]);
  expect(await browsersOf(lead)).not.toEqual([]);
});

test('whoever came in by a way to sign in that is taken back is signed out, and nobody else (A21)', async () => {
  const there = async () => [(await browsersOf(school)).length, (await browsersOf(lead)).length];
  await signedIn(school, 'Opera on Linux');
  await signedIn(lead, 'Opera on Linux');
  const before = await there();
  const issuer = 'https://identity.example.test';
  const body = { issuer, subject: school.person };
  const path = `/api/v1/people/${school.person}/sign-ins`;
  await givenByTwo(doors, { ...body, kind: 'sign-in', person: school.person, why: 'Joins the school office.' });
  expect((await doors.ask('cap.team', 'POST', `${path}/take-back`, { body: { issuer, subject: 'other' } })).status).toBe(200);
  expect(await there()).toEqual(before);
  expect((await doors.ask('cap.team', 'POST', `${path}/take-back`, { body })).status).toBe(200);
  expect(await there()).toEqual([0, before[1]]);
});
