// While Postgres is away the service says so, says that nothing is lost, and tells nothing else.
import { openDoors, type Doors } from './doors';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors('2024-11-20T10:00:00.000Z');
});
afterAll(() => doors.stop());

test('reading and deciding are answered with "try again with the same key"', async () => {
  await doors.ask('cap.team', 'GET', '/api/v1/me');
  await doors.database.stop();
  const answers = [
    await doors.ask('cap.team', 'GET', '/api/v1/cases'),
    await doors.ask('cap.team', 'POST', '/api/v1/cases/CAP-2024-ABCDEF/check-pack', { body: { result: 'complete' }, key: 'k' }),
    await doors.ask('school.alder', 'POST', '/api/v1/applications', { body: { programme: 'flourish' } }),
  ];
  for (const { status, body, headers } of answers) {
    expect([status, body.type, headers['retry-after']]).toEqual([503, '/problems/records-away', '2']);
    expect(body.detail).toBe('Nothing is lost: try again with the same key.');
  }
  expect((await doors.ask(null, 'GET', '/health/ready')).body.parts).toMatchObject({
    postgres: { up: false },
    temporal: { up: true },
  });
});
