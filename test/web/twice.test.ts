// A form that is sent twice, one that two people have open, and one that comes too late: each has its sentence, and nothing is recorded twice.
import request from 'supertest';
import type { Express } from 'express';
import { openDoors, type Doors } from '../api/doors';
import { submitted } from '../api/submitted';
import { appWithPages, readText } from './pages';

let doors: Doors;
let app: Express;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  app = appWithPages(doors.services);
});
afterAll(() => doors.stop());

/** A form as somebody has it open, to be sent as often as one likes. */
async function opened(person: string, path: string) {
  const { text } = await request(app).get(path).set('x-test-person', person).expect(200);
  const form = /<form method="post" novalidate[^]*?<\/form>/.exec(text)?.[0] ?? '';
  const hidden = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  return (filled: Record<string, string>) =>
    request(app)
      .post(path)
      .set('x-test-person', person)
      .type('form')
      .send({ ...Object.fromEntries(hidden), ...filled });
}

const stepsOf = async (reference: string) =>
  (await doors.ask('cap.team', 'GET', `/api/v1/cases/${reference}`)).body as { step: number; timeline: { kind: string }[] };

test('a button that is pressed twice records once, and both times leads on as if it were the first', async () => {
  const reference = await submitted(doors);
  const send = await opened('cap.team', `/cases/${reference}/check-pack`);
  const [first, second] = [await send({ result: 'complete' }), await send({ result: 'complete' })];
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(second.headers['location']).toBe(first.headers['location']);
  const { timeline } = await stepsOf(reference);
  expect(timeline.filter(({ kind }) => kind === 'packComplete')).toHaveLength(1);
});

test('of two people who have the same form open the second is told that it cannot be done any more, and nothing changes', async () => {
  const reference = await submitted(doors);
  const [one, other] = [
    await opened('cap.team', `/cases/${reference}/check-pack`),
    await opened('cap.lead', `/cases/${reference}/check-pack`),
  ];
  await one({ result: 'complete' }).expect(303);
  const { step } = await stepsOf(reference);
  const late = await other({ result: 'returned', reasons: 'The plan is missing.' });
  expect(late.status).toBe(409);
  expect(readText(late)).toContain('somebody may have been faster');
  expect((await stepsOf(reference)).step).toBe(step);
});

test('a form that was read before somebody else changed the case is shown again with what was typed, and says so', async () => {
  const reference = await submitted(doors);
  const withdraw = await opened('school.alder', `/cases/${reference}/withdraw`);
  const check = await opened('cap.team', `/cases/${reference}/check-pack`);
  await check({ result: 'complete' }).expect(303);
  const late = await withdraw({ reason: 'The family has moved away.' });
  expect(late.status).toBe(412);
  expect(readText(late)).toContain('Somebody else changed this while you had it open');
  expect(readText(late)).toContain('The family has moved away.');
  const again = await opened('school.alder', `/cases/${reference}/withdraw`);
  await again({ reason: 'The family has moved away.' }).expect(303);
});
