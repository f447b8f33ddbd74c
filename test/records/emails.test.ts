// E-mails as rows: one per case, step, template and party, to the addresses of the party as they are when it is sent.
import { emailRows, emailSent, emailUndelivered, readEmail } from '../../records/emails';
import { standing } from '../../records/recordStep';
import { check, firstPanel, later, openCasework, submission, type Casework } from './casework';

let casework: Casework;
beforeAll(async () => (casework = await openCasework()));
afterAll(() => casework.stop());

test('an e-mail is due until it was sent, and then never again', async () => {
  const reference = await casework.flourishAtPanel();
  const id = `${reference}.1.application-received.school-SCH-A`;
  expect(await readEmail(casework.worker, id)).toMatchObject({
    ...{ id, reference, template: 'application-received', to: 'school:SCH-A', about: null, of: null },
    ...{ title: 'application-received to school', addresses: ['sch-a@example.test'], status: 'due' },
  });
  await emailSent(casework.worker, id, check);
  await emailSent(casework.worker, id, later);
  await emailUndelivered(casework.worker, id, later);
  expect((await readEmail(casework.worker, id)).status).toBe('sent');
  expect((await standing(casework.worker, reference)).emails.map((email) => email.id)).toEqual([
    `${reference}.1.application-to-check.cap`,
  ]);
  await expect(readEmail(casework.worker, 'no-such-email')).rejects.toThrow();
});

test('the addresses are those of today: the mailbox of an organisation or a team, else the active people of the party', async () => {
  const reference = await casework.flourishAtPanel();
  await casework.record(
    reference,
    { id: `${reference}.typed`, kind: 'panelDecision', body: { outcome: 'approve' }, person: 'chair.review', source: 'temporal' },
    firstPanel,
  );
  const id = `${reference}.3.reasons-owed.panel-review-and-authorisation`;
  const addresses = async () => (await readEmail(casework.worker, id)).addresses;
  expect(await addresses()).toEqual(['review-and-authorisation-panel@example.test']);
  const owner = await casework.as('cap_owner');
  await owner.query(`DELETE FROM team_mailboxes WHERE party = 'panel:review-and-authorisation'`);
  expect(await addresses()).toEqual(['chair.review@example.test', 'vicechair.review@example.test']);
  await owner.query(`UPDATE people SET active = false WHERE id = 'chair.review'`);
  expect(await addresses()).toEqual(['vicechair.review@example.test']);
  await owner.query(`UPDATE people SET active = true WHERE id = 'chair.review'`);
});

test('two reminders of one step to one party are two e-mails: what they are about is in the id', async () => {
  const reference = await casework.draft('flourish');
  const state = await casework.does('school.alder', reference, 'submit', {}, submission);
  const reminded = (what: 'reasons' | 'panel-decision') =>
    ({ kind: 'reminded', party: 'panel:multi-agency', what, subject: null, at: later }) as const;
  const rows = emailRows(state, [reminded('panel-decision'), reminded('reasons'), reminded('reasons')], { ...state, step: 7 });
  expect(rows.map(({ id }) => id)).toEqual([
    `${reference}.7.reminder-panel-decision.panel-multi-agency`,
    `${reference}.7.reminder-reasons.panel-multi-agency`,
  ]);
});
