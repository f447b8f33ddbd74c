// Postgres goes away and comes back: whoever asks meanwhile is told so in one kind of error, and nothing is done by halves.
import { DatabaseAway, isRecordsAway, openDatabase } from '../../records/database';
import { freePort } from '../../dev/ports';
import { readPerson } from '../../records/people';
import { firstPanel, openCasework, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

/** Ends every connection of a role, as a restart of Postgres does. */
async function cutOff(role: string): Promise<void> {
  const superuser = await casework.asSuperuser();
  await superuser.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1 AND datname = current_database()`,
    [role],
  );
}

test('a server that is not there is DatabaseAway, for every way of asking', async () => {
  const url = Object.assign(new URL(casework.database.urlFor('cap_api')), { port: String(await freePort()) });
  const away = openDatabase(url.href);
  for (const asked of [away.ping(), readPerson(away, 'x'), away.asActor({ person: 'x', parties: [] }, () => Promise.resolve())]) {
    await expect(asked).rejects.toBeInstanceOf(DatabaseAway);
  }
  await away.close();
});

test('a connection that breaks in the middle of a step does nothing, and the next step finds another', async () => {
  const reference = await casework.flourishAtPanel();
  const command = await casework.handIn('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, {
    reasons: 'Yes.',
  });
  const holder = await casework.as('cap_worker');
  await holder.query('BEGIN');
  await holder.query(`SELECT FROM cases WHERE reference = $1 FOR UPDATE`, [reference]);
  const step = casework.record(reference, command, firstPanel);
  const failed = expect(step).rejects.toBeInstanceOf(DatabaseAway);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await cutOff('cap_worker');
  await failed;
  expect(await casework.state(reference)).toMatchObject({ step: 2 });
  expect(await casework.record(reference, command, firstPanel)).toMatchObject({ result: 'recorded', state: { step: 3 } });
});

test('between statements, before the commit, or idle: a lost connection is DatabaseAway or is not noticed at all', async () => {
  const api = openDatabase(casework.database.urlFor('cap_api'), { connections: 1 });
  await api.ping();
  await cutOff('cap_api');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await api.ping();
  const lost = api.inTransaction(async (connection) => {
    await connection.$queryRaw`SELECT 1`;
    await cutOff('cap_api');
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  expect(isRecordsAway(await lost.catch((error: unknown) => error))).toBe(true);
  await api.ping();
  await api.close();
});

test('no connection to be had is DatabaseAway too', async () => {
  const api = openDatabase(casework.database.urlFor('cap_api'), { connections: 1 });
  let done = (): void => undefined;
  let busy: Promise<void> = Promise.resolve();
  await new Promise<void>((begun) => {
    busy = api.inTransaction(async (connection) => {
      await connection.$queryRaw`SELECT 1`;
      begun();
      await new Promise<void>((resolve) => (done = resolve));
    });
  });
  await expect(api.ping()).rejects.toBeInstanceOf(DatabaseAway);
  done();
  await busy;
  await api.ping();
  await api.close();
}, 20_000);

test('an error that is ours is not taken for an absence', async () => {
  await expect(casework.api.directly((connection) => connection.$queryRaw`SELECT nonsense`)).rejects.not.toBeInstanceOf(
    DatabaseAway,
  );
  const thrown = new Error('ours');
  await expect(casework.api.inTransaction(() => Promise.reject(thrown))).rejects.toBe(thrown);
});

test('what was set for one transaction is gone in the next', async () => {
  const one = openDatabase(casework.database.urlFor('cap_api'), { connections: 1 });
  const who = () => one.directly((connection) => connection.$queryRaw`SELECT me() AS me, my_parties() AS parties`);
  expect(
    await one.asActor(
      { person: 'p', parties: ['cap', 'school:SCH-A'] },
      (c) => c.$queryRaw`SELECT me() AS me, my_parties() AS parties`,
    ),
  ).toEqual([{ me: 'p', parties: ['cap', 'school:SCH-A'] }]);
  expect(await who()).toEqual([{ me: null, parties: null }]);
  await one.close();
});

test('the last statement closes its transaction: all of it is there when it answers, and nothing of it when it fails', async () => {
  const one = openDatabase(casework.database.urlFor('cap_worker'), { connections: 1 });
  const noted = async (action: string) =>
    (await (await casework.asSuperuser()).query('SELECT FROM access_log WHERE action = $1', [action])).rowCount;
  const twoNotes = (action: string, at: string) =>
    one.inTransaction(async (transaction) => {
      await transaction.$executeRaw`
        INSERT INTO access_log (at, person, action, detail) VALUES (${firstPanel}::timestamptz, '', ${action}, '{}')`;
      await transaction.$lastly(
        (connection) => connection.$executeRaw`
          INSERT INTO access_log (at, person, action, detail) VALUES (${at}::timestamptz, '', ${action}, '{}')`,
      );
    });
  await expect(twoNotes('fails', 'no time')).rejects.toThrow('no time');
  expect(await noted('fails')).toBe(0);
  await twoNotes('goes well', firstPanel);
  expect(await noted('goes well')).toBe(2);
  await one.close();
});
