// The proof of a night: heads are signed and kept apart, and what a chain alone cannot see is found. What fails is an alarm.
import { createPublicKey, verify } from 'node:crypto';
import { Client } from 'pg';
import { openDoors, type Doors } from '../api/doors';
import { submitted } from '../api/submitted';
import { publicKeyOf } from '../../files/openNights';
import { forge, rewriteTimeline } from '../support/forge';
import { appWithPages, visitor, type Visitor } from './pages';

let doors: Doors;
let as: (person: string) => Visitor;
beforeEach(async () => {
  doors = await openDoors('2024-11-20T03:00:00.000Z');
  const app = appWithPages(doors.services);
  as = (person) => visitor(app, person);
});
afterEach(() => doors.stop());

/** The next nights, one a day. */
async function nightOf(day: string) {
  doors.at(`${day}T03:00:00.000Z`);
  return doors.night();
}

interface Listed {
  readonly nights: { night: string; timelines: number; alarms: number; key: string; digest: string }[];
  readonly alarms: { about: string; why: string; step: number | null; over: string | null; mayAccept: boolean }[];
}

const listed = async (person = 'auditor') => (await doors.ask(person, 'GET', '/api/v1/nights')).body as unknown as Listed;
const open = async () => (await listed()).alarms.filter(({ over }) => over === null).map(({ about }) => about);
const proofOf = async (reference: string) =>
  (await doors.ask('auditor', 'GET', `/api/v1/cases/${reference}/proof`)).body as object;
const pageOf = async (person: string, path: string) => (await as(person).open(path)).text;
const accept = (person: string, about: string, reason = 'Restored from the backup of the night before.') =>
  doors.ask(person, 'POST', `/api/v1/alarms/${about}/accept`, { body: { reason } });
const check = { result: 'returned', reasons: 'The assessment is missing.' };
const goesOn = (reference: string) =>
  doors.ask('cap.team', 'POST', `/api/v1/cases/${reference}/check-pack`, { body: check, key: reference });

test('a night proves every timeline, signs the heads and keeps them apart; auditors, CAP and ops see it, and a case says when its head was signed', async () => {
  const reference = await submitted(doors);
  expect(await nightOf('2024-11-20')).toMatchObject({ timelines: 1, entries: 1, alarms: 0, signed: true, emails: [] });
  const { nights, alarms } = await listed();
  expect([nights, alarms]).toMatchObject([[{ night: '2024-11-20', timelines: 1, alarms: 0, key: 'heads-1' }], []]);
  const { head } = (await proofOf(reference)) as { head: string };
  const kept = await doors.nights.kept('2024-11-20');
  expect(kept).toContain(`\n${reference} 1 ${head}\n`);
  for (const person of ['auditor', 'cap.team', 'ops']) {
    const text = await pageOf(person, '/nights');
    expect(text).toContain('Nothing was found that does not hold.');
    expect(text).toContain(doors.nights.folder);
    expect(await pageOf(person, '/nights/NIGHT-2024-11-20')).toContain('This night is as it was signed');
  }
  expect(await pageOf('auditor', `/cases/${reference}/proof`)).toMatch(/At step 1, in the night of .* with the key heads-1/);
  expect((await as('auditor').open('/nights')).html).toMatch(/href="\/access" class="govuk-back-link">Who read what/);
  expect((await as('cap.team').open('/nights')).html).toMatch(/href="\/ops" class="govuk-back-link">Operations/);
  for (const person of ['school.alder', 'chair.review', 'provider.one']) {
    expect((await doors.ask(person, 'GET', '/api/v1/nights')).status).toBe(403);
    expect((await as(person).open('/nights')).status).toBe(403);
  }
});

test('what is kept names no child, and whoever has the public key checks its signature', async () => {
  await submitted(doors);
  await nightOf('2024-11-20');
  const kept = await doors.nights.kept('2024-11-20');
  expect(kept).not.toMatch(/Sample|SCH-/);
  const [, text = '', signature = ''] = /^([^]*\n)signed heads-1 (\S+)\n$/.exec(kept) ?? [];
  const x = publicKeyOf(Buffer.alloc(32, 'heads-1')).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  expect(verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))).toBe(true);
});

test('a timeline that goes on still leads through the head that was signed', async () => {
  const reference = await submitted(doors);
  await nightOf('2024-11-20');
  await goesOn(reference);
  expect(await proofOf(reference)).toMatchObject({ intact: true, step: 2, signed: { night: '2024-11-20', step: 1 } });
  expect(await nightOf('2024-11-21')).toMatchObject({ alarms: 0, signed: true });
  expect(await proofOf(reference)).toMatchObject({ intact: true, signed: { night: '2024-11-21', step: 2 } });
});

test('a whole timeline written anew, which holds in itself, is found: on its page at once, and by the night, which tells ops and auditors', async () => {
  const [forged, other] = [await submitted(doors), await submitted(doors)];
  await goesOn(forged);
  await nightOf('2024-11-20');
  await rewriteTimeline(doors.database.superuserUrl, forged);
  expect(await proofOf(forged)).toMatchObject({
    intact: false,
    broken: { step: 2, why: expect.stringContaining('written anew') },
  });
  const { emails, ...night } = await nightOf('2024-11-21');
  expect(night).toMatchObject({ timelines: 2, alarms: 1, signed: true });
  expect(emails.map(({ id }) => id)).toEqual([
    'NIGHT-2024-11-21.0.timelines-broken.audit',
    'NIGHT-2024-11-21.0.timelines-broken.ops',
  ]);
  expect((await listed()).alarms).toMatchObject([
    { about: forged, step: 2, why: expect.stringContaining('written anew'), over: null },
  ]);
  for (const person of ['auditor', 'ops']) expect(await pageOf(person, '/nights')).toMatch(new RegExp(`${forged}.*written anew`));
  expect(await pageOf('ops', '/ops')).toContain('Not as it was written');
  // They begin on a page that says so, and is not noted each time as a look at the signed nights.
  const looks = async () => {
    const { body } = await doors.ask('auditor', 'GET', '/api/v1/access-log');
    return JSON.stringify(body).split('"GET /api/v1/nights"').length;
  };
  await doors.access.settled();
  const before = await looks();
  expect(before).toBeGreaterThan(1);
  for (const person of ['auditor', 'ops', 'cap.team']) expect(await pageOf(person, '/')).toContain('What does not hold: 1');
  expect(await pageOf('school.alder', '/')).not.toContain('What does not hold');
  expect((await doors.ask('school.alder', 'GET', '/api/v1/alarms')).status).toBe(403);
  await doors.access.settled();
  expect(await looks()).toBe(before);
  expect(await proofOf(other)).toMatchObject({ intact: true, signed: { night: '2024-11-21' } });

  // What was signed of it stays, so that it is found again the night after.
  expect(await nightOf('2024-11-22')).toMatchObject({ alarms: 1 });
  expect(await open()).toEqual([forged]);
});

test.each([
  [
    'an entry that was changed',
    `UPDATE timeline SET at = at - interval '1 day' WHERE reference = $1 AND step = 1`,
    'not what was written',
  ],
  [
    'a case that is gone with its timeline',
    `WITH gone AS (DELETE FROM timeline WHERE reference = $1) DELETE FROM cases WHERE reference = $1`,
    'is gone',
  ],
])('the night finds %s', async (_what, sql, why) => {
  const reference = await submitted(doors);
  await nightOf('2024-11-20');
  await forge(doors.database.superuserUrl, sql, reference);
  await nightOf('2024-11-21');
  expect((await listed()).alarms).toMatchObject([
    { about: reference, step: 1, why: expect.stringContaining(why), mayAccept: false },
  ]);
});

describe('what is kept of a night', () => {
  const whys = {
    altered: 'is not what was signed',
    missing: 'is not where it was kept',
    row: 'The records do not say of that night',
  };
  const superuser = async (sql: string) => forge(doors.database.superuserUrl, sql);

  test.each([
    ['a head in it is another', (text: string) => text.replace(/[0-9a-f]{8}\nsigned/, '00000000\nsigned'), whys.altered],
    ['it was cut short', (text: string) => text.slice(0, 40), whys.altered],
    ['it is gone', () => null, whys.missing],
  ])('is found to be altered: %s', async (_what, change, why) => {
    await submitted(doors);
    await nightOf('2024-11-20');
    await nightOf('2024-11-21');
    await doors.nights.tamper('2024-11-20', change);
    expect(await nightOf('2024-11-22')).toMatchObject({ alarms: 1, signed: true });
    expect((await listed()).alarms).toMatchObject([{ about: 'NIGHT-2024-11-20', step: null, why: expect.stringContaining(why) }]);
    expect(await pageOf('auditor', '/nights/NIGHT-2024-11-20')).toContain(why);
  });

  test('a night under the name of another is found', async () => {
    await submitted(doors);
    await nightOf('2024-11-20');
    await nightOf('2024-11-21');
    const other = await doors.nights.kept('2024-11-20');
    await doors.nights.tamper('2024-11-21', () => other);
    expect(await nightOf('2024-11-22')).toMatchObject({ alarms: 1 });
    expect(await open()).toEqual(['NIGHT-2024-11-21']);
  });

  test('a row that was taken out or changed does not hide what was signed', async () => {
    const reference = await submitted(doors);
    await nightOf('2024-11-20');
    await superuser('DELETE FROM signed_nights');
    await rewriteTimeline(doors.database.superuserUrl, reference);
    await nightOf('2024-11-21');
    expect(await open()).toEqual([reference, 'NIGHT-2024-11-20']);
    expect(await pageOf('auditor', '/nights/NIGHT-2024-11-20')).toContain(whys.row);
  });

  test('where the newest is altered, timelines are held against the night before it', async () => {
    const reference = await submitted(doors);
    await nightOf('2024-11-20');
    await nightOf('2024-11-21');
    await doors.nights.tamper('2024-11-21', () => 'Nothing of ours.');
    await rewriteTimeline(doors.database.superuserUrl, reference);
    expect(await proofOf(reference)).toMatchObject({ intact: false, signed: { night: '2024-11-20' } });
    await nightOf('2024-11-22');
    expect(await open()).toEqual([reference, 'NIGHT-2024-11-21']);
  });

  test('once it is put back the alarm is over', async () => {
    await submitted(doors);
    await nightOf('2024-11-20');
    const kept = await doors.nights.kept('2024-11-20');
    await doors.nights.tamper('2024-11-20', () => 'Nothing of ours.');
    await nightOf('2024-11-21');
    await doors.nights.tamper('2024-11-20', () => kept);
    expect(await nightOf('2024-11-22')).toMatchObject({ alarms: 0, emails: [] });
    expect(await open()).toEqual([]);
    expect(await pageOf('auditor', '/nights')).toContain('Holds again');
  });
});

describe('the key', () => {
  test('is changed for another, and what was signed before still counts', async () => {
    const reference = await submitted(doors);
    await nightOf('2024-11-20');
    doors.nights.useKey('heads-2', 'known');
    expect(await nightOf('2024-11-21')).toMatchObject({ alarms: 0 });
    expect((await listed()).nights.map(({ key }) => key)).toEqual(['heads-2', 'heads-1']);
    expect(await pageOf('auditor', '/nights/NIGHT-2024-11-20')).toContain('This night is as it was signed');
    await rewriteTimeline(doors.database.superuserUrl, reference);
    expect(await proofOf(reference)).toMatchObject({ intact: false });
  });

  test('that is not known makes nothing believable', async () => {
    await submitted(doors);
    await nightOf('2024-11-20');
    doors.nights.useKey('heads-2', 'forgotten');
    await nightOf('2024-11-21');
    expect((await listed()).alarms).toMatchObject([{ about: 'NIGHT-2024-11-20', why: expect.stringContaining('does not know') }]);
  });
});

test('twice in one night signs once, proves again, and writes no e-mail twice', async () => {
  const reference = await submitted(doors);
  await nightOf('2024-11-20');
  const kept = await doors.nights.kept('2024-11-20');
  await goesOn(reference);
  expect(await doors.night()).toMatchObject({ alarms: 0, signed: false });
  expect(await doors.nights.kept('2024-11-20')).toBe(kept);
  await rewriteTimeline(doors.database.superuserUrl, reference);
  for (const time of ['once', 'twice']) expect([time, (await doors.night()).emails.length]).toEqual([time, 2]);
  expect((await listed()).alarms).toHaveLength(1);
});

test('what was kept before its row could be written is written again', async () => {
  await submitted(doors);
  await nightOf('2024-11-20');
  await forge(doors.database.superuserUrl, 'DELETE FROM signed_nights');
  expect(await doors.night()).toMatchObject({ alarms: 0, signed: true });
  expect(await pageOf('auditor', '/nights/NIGHT-2024-11-20')).toContain('This night is as it was signed');
});

describe('after a restore', () => {
  test('CAP takes a timeline as it stands, with a reason: the next night signs it, and tells auditors and ops once more', async () => {
    const reference = await submitted(doors);
    await nightOf('2024-11-20');
    await rewriteTimeline(doors.database.superuserUrl, reference);
    await nightOf('2024-11-21');
    const page = await as('cap.team').open(`/nights/accept/${reference}`);
    expect((await page.send({ reason: '' })).text).toContain('Why does it count as it stands?');
    const sent = await page.send({ reason: 'Restored from the backup of the night before.' });
    expect(sent.text).toContain('Accepted: the next night signs it as it stands');
    expect(await pageOf('auditor', '/nights')).toContain('by cap.team');
    expect((await accept('cap.team', reference)).status).toBe(409);
    expect((await nightOf('2024-11-22')).emails).toHaveLength(2);
    expect(await nightOf('2024-11-23')).toMatchObject({ alarms: 0, emails: [] });
    expect(await proofOf(reference)).toMatchObject({ intact: true, signed: { night: '2024-11-23' } });
    expect(await open()).toEqual([]);
  });

  test('nobody else does; and not of a timeline that does not hold in itself, nor of one without an alarm', async () => {
    const [broken, whole] = [await submitted(doors), await submitted(doors)];
    await nightOf('2024-11-20');
    await forge(doors.database.superuserUrl, `UPDATE timeline SET at = at - interval '1 day' WHERE reference = $1`, broken);
    await nightOf('2024-11-21');
    for (const person of ['auditor', 'ops', 'school.alder']) expect((await accept(person, broken)).status).toBe(403);
    for (const about of [broken, whole]) expect((await accept('cap.team', about)).status).toBe(409);
    expect(await pageOf('cap.team', `/nights/accept/${broken}`)).toContain('There is nothing to accept');
  });
});

test('that no night was signed of late stands before ops', async () => {
  await submitted(doors);
  expect(await pageOf('ops', '/ops')).toContain('No night was signed in the last month.');
  await nightOf('2024-11-20');
  doors.at('2024-11-21T09:00:00.000Z');
  expect(await pageOf('ops', '/ops')).not.toContain('No night was signed');
  doors.at('2024-11-21T16:00:00.000Z');
  expect(await pageOf('ops', '/ops')).toContain('No night was signed since');
});

test('a signed night is never changed, and nobody but the worker writes one', async () => {
  await submitted(doors);
  await nightOf('2024-11-20');
  const as = async (url: string, sql: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    return client.query(sql).finally(() => client.end());
  };
  await expect(as(doors.database.superuserUrl, `UPDATE signed_nights SET digest = repeat('0', 64)`)).rejects.toThrow(
    'never changed',
  );
  await expect(as(doors.database.urlFor('cap_api'), 'DELETE FROM signed_nights')).rejects.toThrow('permission denied');
  await expect(as(doors.database.urlFor('cap_worker'), 'DELETE FROM alarms')).rejects.toThrow('permission denied');
});
