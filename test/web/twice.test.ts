// A form that is sent twice, one that two people have open, and one that comes too late: each has its sentence, and nothing is recorded twice.
import type { Express } from 'express';
import { openDoors, type Doors } from '../api/doors';
import { submitted } from '../api/submitted';
import { appWithPages, visitor } from './pages';

let doors: Doors;
let app: Express;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
  app = appWithPages(doors.services);
});
afterAll(() => doors.stop());

const opened = (person: string, path: string) => visitor(app, person).open(path);

const stepsOf = async (reference: string) =>
  (await doors.ask('cap.team', 'GET', `/api/v1/cases/${reference}`)).body as { step: number; timeline: { kind: string }[] };

test('a button that is pressed twice records once, and both times leads on as if it were the first', async () => {
  const reference = await submitted(doors);
  const form = await opened('cap.team', `/cases/${reference}/check-pack`);
  const [first, second] = [await form.send({ result: 'complete' }), await form.send({ result: 'complete' })];
  expect([first.status, first.at]).toEqual([200, `/cases/${reference}?done=checkPack`]);
  expect([second.status, second.at]).toEqual([first.status, first.at]);
  const { timeline } = await stepsOf(reference);
  expect(timeline.filter(({ kind }) => kind === 'packComplete')).toHaveLength(1);
});

test('of two people who have the same form open the second is told that it cannot be done any more, and nothing changes', async () => {
  const reference = await submitted(doors);
  const [one, other] = [
    await opened('cap.team', `/cases/${reference}/check-pack`),
    await opened('cap.lead', `/cases/${reference}/check-pack`),
  ];
  expect((await one.send({ result: 'complete' })).status).toBe(200);
  const { step } = await stepsOf(reference);
  const late = await other.send({ result: 'returned', reasons: 'The plan is missing.' });
  expect(late.status).toBe(409);
  expect(late.text).toContain('somebody may have been faster');
  expect((await stepsOf(reference)).step).toBe(step);
});

test('a form that was read before somebody else changed the case is shown again with what was typed, and says so', async () => {
  const reference = await submitted(doors);
  const withdraw = await opened('school.alder', `/cases/${reference}/withdraw`);
  const check = await opened('cap.team', `/cases/${reference}/check-pack`);
  expect((await check.send({ result: 'complete' })).status).toBe(200);
  const late = await withdraw.send({ reason: 'The family has moved away.' });
  expect(late.status).toBe(412);
  expect(late.text).toContain('Somebody else changed this while you had it open');
  expect(late.text).toContain('The family has moved away.');
  const again = await opened('school.alder', `/cases/${reference}/withdraw`);
  expect((await again.send({ reason: 'The family has moved away.' })).status).toBe(200);
});
