// E-mails as rows: one per case, step, template and party, to the addresses of the party as they are when it is sent.
import { Client } from 'pg';
import { emailsDue, emailSent, emailUndelivered, readEmail } from '../../records/emails';
import { Prisma } from '../../records/generated/client';
import { standing } from '../../records/caseStep';
import { recordMeetingStep } from '../../records/meetingStep';
import type { Instant } from '../../domain/calendar';
import { saveAbsence, saveSeat, tellOfSeats } from '../../records/panels';
import { eraseTexts } from '../../records/timeline';
import { check, firstPanel, later, openCasework, secondPanel, submission, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

test('an e-mail is due until it was sent, and then never again', async () => {
  const reference = await casework.flourishAtPanel();
  const id = `${reference}.2.pack-complete.school-SCH-A`;
  expect(await readEmail(casework.worker, id, '2024-12-17')).toMatchObject({
    ...{ id, reference, template: 'pack-complete', to: 'school:SCH-A', place: null },
    ...{ title: 'Pack complete, to the school', addresses: ['sch-a@example.test'], status: 'due' },
  });
  await emailSent(casework.worker, id, check);
  await emailSent(casework.worker, id, later);
  await emailUndelivered(casework.worker, id, later);
  expect((await readEmail(casework.worker, id, '2024-12-17')).status).toBe('sent');
  expect((await standing(casework.worker, reference)).emails.map((email) => email.id)).toEqual([
    `${reference}.1.application-to-check.cap`,
    `${reference}.2.new-item.panel-review-and-authorisation`,
  ]);
  await expect(readEmail(casework.worker, 'no-such-email', '2024-12-17')).rejects.toThrow();
});

test('the addresses are those of today: the mailbox of an organisation or a team, else the active people of the party', async () => {
  const reference = await casework.flourishAtPanel();
  await casework.record(
    reference,
    {
      ...{ id: `${reference}.typed`, kind: 'panelDecision', body: { outcome: 'approve' }, person: 'chair.review' },
      ...{ source: 'temporal', seal: { once: `${reference}.typed` } },
    },
    firstPanel,
  );
  const id = `${reference}.3.reasons-owed.panel-review-and-authorisation`;
  const addresses = async () => (await readEmail(casework.worker, id, '2024-12-17')).addresses;
  expect(await addresses()).toEqual(['review-and-authorisation-panel@example.test']);
  const owner = await casework.as('cap_owner');
  await owner.query(`DELETE FROM team_mailboxes WHERE party = 'panel:review-and-authorisation'`);
  expect(await addresses()).toEqual(['chair.review@example.test', 'vicechair.review@example.test']);
  await owner.query(`UPDATE people SET active = false WHERE id = 'chair.review'`);
  expect(await addresses()).toEqual(['vicechair.review@example.test']);
  await owner.query(`UPDATE people SET active = true WHERE id = 'chair.review'`);
});

test('who is named in the case hears of it beside the mailbox of their school, unless they are out of office (R43, A19)', async () => {
  const reference = await casework.flourishAtPanel();
  await casework.does('school.alder', reference, 'nameCaseWorker', { caseWorker: 'school.alder' }, check);
  const addresses = async (day: string) =>
    (await readEmail(casework.worker, `${reference}.2.pack-complete.school-SCH-A`, day)).addresses;
  const both = ['sch-a@example.test', 'school.alder@example.test'];
  expect(await addresses('2024-12-17')).toEqual(both);
  const alder = await casework.person('school.alder');
  await saveAbsence(casework.api, alder, { person: 'school.alder', first: '2024-12-17', last: '2024-12-18' });
  expect(await addresses('2024-12-18')).toEqual(['sch-a@example.test']);
  expect(await addresses('2024-12-19')).toEqual(both);
  const others = await readEmail(casework.worker, `${reference}.1.application-to-check.cap`, '2024-12-19');
  expect(others.addresses).not.toContain('school.alder@example.test');
});

test('who is given a seat is written to at their own address, for one meeting and in general, once; the mailbox of the panel is not (A7)', async () => {
  const cap = await casework.person('cap.team');
  const given = { seat: 'vice-chair', holder: 'vicechair.review', deputy: null };
  await saveSeat(casework.api, cap, 'review-and-authorisation', given, { read: null, at: firstPanel });
  const told = await tellOfSeats(casework.worker, later);
  expect(told).toMatchObject([{ title: 'Your seat on a panel, to the person whose seat it is' }]);
  for (const { id } of told) {
    expect((await readEmail(casework.worker, id, '2024-12-17')).addresses).toEqual(['vicechair.review@example.test']);
    await emailSent(casework.worker, id, later);
  }
  expect(await tellOfSeats(casework.worker, later)).toEqual([]);
});

test('whoever is told of their own seat when an agenda closes is not written to twice: that e-mail says it all (A7, A19)', async () => {
  const [cap, member] = await Promise.all(['cap.team', 'member.attendance'].map((each) => casework.person(each)));
  if (!cap || !member) throw new Error('No sample people');
  const owner = await casework.as('cap_owner');
  await owner.query(`INSERT INTO grants (person, party) VALUES ('send.team', 'member:multi-agency')`);
  const held = { seat: 'attendance', holder: 'member.attendance', deputy: 'head.birch' };
  await saveSeat(casework.api, cap, 'multi-agency', held, { read: null, at: submission });
  const meeting = 'MAP-2024-12-17';
  const step = (kind: 'convene' | 'clock', now: Instant) =>
    recordMeetingStep(casework.worker, {
      ...{ reference: meeting, now },
      asked: { id: `${meeting}.${kind}`, kind, body: {}, person: 'system', source: 'system' },
    });
  await step('convene', submission);
  await saveAbsence(casework.api, member, { person: 'member.attendance', first: '2024-12-17', last: '2024-12-17' });
  const { emails } = await step('clock', '2024-12-05T09:00:00.000Z');
  const told: [string, readonly string[]][] = [];
  for (const { id } of emails.filter((each) => each.id.startsWith(`${meeting}.2.`)))
    told.push([id, (await readEmail(casework.worker, id, '2024-12-05')).addresses]);
  expect(told).toEqual([
    [`${meeting}.2.agenda-closed.member-multi-agency`, ['send.team@example.test']],
    [`${meeting}.2.agenda-closed.panel-multi-agency`, ['multi-agency-panel@example.test']],
    [`${meeting}.2.seat-ended.person-member.attendance`, ['member.attendance@example.test']],
    [`${meeting}.2.seat-given.person-head.birch`, ['head.birch@example.test']],
  ]);
  await owner.query(`DELETE FROM grants WHERE person = 'send.team' AND party = 'member:multi-agency'`);
});

test('an e-mail holds the days of what it announces, and finds the place of an interview where it was written, until that is erased', async () => {
  const reference = await casework.flourishAtInterview();
  const on = '2025-01-06T10:00:00.000Z';
  const command = await casework.handIn('provider.one', reference, 'bookInterview', { at: on }, secondPanel, { place: 'Room 4' });
  await casework.record(reference, command, secondPanel);
  const id = `${reference}.5.interview-booked.school-SCH-A`;
  expect(await readEmail(casework.worker, id, '2024-12-17')).toMatchObject({
    about: { notices: [{ template: 'interview-booked', on }], awaited: [] },
    place: 'Room 4',
  });
  await eraseTexts(casework.worker, command);
  expect((await readEmail(casework.worker, id, '2024-12-17')).place).toBeNull();
});

test('a place that names the student stays in the record: no e-mail holds a name (A16)', async () => {
  const student = await casework.student('school.alder', { name: 'Zebedee Quill-Feather' });
  const reference = await casework.draft('tier-1-course', 'school.alder', {}, submission, student);
  await casework.does('school.alder', reference, 'submit', {}, submission);
  await casework.does('cap.team', reference, 'checkPack', { result: 'complete' }, check);
  const places = ['At the home of zebedee', 'Feather Lane 3, with his mother', 'Room 4'];
  const read: (string | null)[] = [];
  for (const [index, place] of places.entries()) {
    const at = `2025-01-0${String(index + 7)}T10:00:00.000Z`;
    await casework.does('school.alder', reference, 'bookInterview', { at }, check, { place });
    const what = index === 0 ? 'interview-booked' : 'interview-moved';
    read.push(
      (await readEmail(casework.worker, `${reference}.${String(index + 3)}.${what}.provider-TP-ONE`, '2024-12-17')).place,
    );
  }
  expect(read).toEqual([null, null, 'Room 4']);
});

test('who holds grants of two parties and acts as one of them leaves the other to be told', async () => {
  const reference = await casework.flourishAtPanel();
  const owner = await casework.as('cap_owner');
  await owner.query(`INSERT INTO grants (person, party) VALUES ('chair.review', 'cap')`);
  const { emails } = await casework.give('chair.review', reference, 'panelDecision', { outcome: 'approve' }, firstPanel, {
    reasons: 'Yes.',
  });
  await owner.query(`DELETE FROM grants WHERE person = 'chair.review' AND party = 'cap'`);
  expect(emails.map(({ id }) => id)).toContain(`${reference}.3.send-the-pack.cap`);
});

test('what is still to be sent is found without reading what was ever sent', async () => {
  await casework.flourishAtPanel();
  const superuser = new Client({ connectionString: casework.database.superuserUrl });
  await superuser.connect();
  await superuser.query(`
    INSERT INTO emails (id, reference, step, template, party, about, status, written, settled)
    SELECT 'ACC-' || each || '.1.account-asked.cap', 'ACC-' || each, 1, 'account-asked', 'cap', '{}', 'sent', now(), now()
    FROM generate_series(1, 5000) AS each`);
  await superuser.query('ANALYZE emails');
  await superuser.end();
  const read = await casework.worker.inTransaction(async (connection) => {
    expect(await emailsDue(connection, Prisma.sql`emails WHERE starts_with(reference, 'ACC-')`)).toEqual([]);
    const [row] = await connection.$queryRaw<{ rows: number }[]>`
      SELECT (coalesce(idx_tup_fetch, 0) + seq_tup_read)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'emails'`;
    return row?.rows;
  });
  expect(read).toBeLessThan(200);
});
