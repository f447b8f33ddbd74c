// Whether the service is ready: asked by anybody at any time, so that it costs its neighbours little.
import request from 'supertest';
import { openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());
afterEach(() => jest.restoreAllMocks());

/** Doors whose issuer counts how often it is asked, and is there or not. */
function counted() {
  const issuer = { asked: 0, up: true };
  const app = doors.appWith({
    tokens: {
      signInOf: () => Promise.reject(new Error('not asked here')),
      ping: async () => {
        issuer.asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (!issuer.up) throw new Error('away');
      },
    },
  });
  return { issuer, ready: () => request(app).get('/health/ready') };
}

test('however many ask whether it is ready, the issuer is asked once', async () => {
  const { issuer, ready } = counted();
  const answers = await Promise.all(Array.from({ length: 20 }, ready));
  for (let one = 0; one < 20; one += 1) answers.push(await ready());
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(issuer.asked).toBe(1);
});

test('some seconds later it is asked again, and its absence is said', async () => {
  const { issuer, ready } = counted();
  expect((await ready()).status).toBe(200);
  issuer.up = false;
  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + 10_000);
  const answer = await ready();
  expect([answer.status, answer.body.parts.identity]).toEqual([503, { up: false }]);
  expect(issuer.asked).toBe(2);
});
