// That a pack is complete, recorded by mistake, is taken back by CAP; a decision that was recorded wrongly at a meeting by its panel: at the table, in the minutes, in the outcome document, and for whoever was told of it.
import type { Express } from 'express';
import type { Doors } from '../api/doors';
import { attend, beforeTheDeadline, caseBefore, firstMeeting, onTheDay, openPanel } from './panelCases';
import { visitor, type Filled, type Screen } from './pages';

let doors: Doors;
let app: Express;
let reference = '';
let outcome = '';

const see = (person: string, path: string): Promise<Screen> => visitor(app, person).open(path);
const send = (person: string, path: string, filled: Filled) => visitor(app, person).send(path, filled);
const meeting = `/meetings/${firstMeeting}`;
const table = () => `${meeting}/cases/${reference}`;
const form = () => `/cases/${reference}/take-back-decision`;

beforeAll(async () => {
  ({ doors, app } = await openPanel());
  reference = await caseBefore(doors, 'flourish', 'Fourth Child');
  doors.at(onTheDay);
  await attend(doors);
  await send('chair.review', table(), { outcome: 'approve', reasons: 'It fits.' });
  const found = (await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}`)).body;
  outcome = (found.outcomes as { page: string }[])[0]?.page ?? '';
}, 120_000);
afterAll(() => doors.stop());

test('nobody but who leads the panel is offered it, and they where they look at what they decided', async () => {
  expect((await see('chair.review', table())).text).toContain('Take back the decision');
  for (const person of ['member.attendance', 'cap.team'])
    expect((await see(person, table())).text).not.toContain('Take back the decision');
  for (const person of ['school.alder', 'cap.team']) expect((await see(person, form())).status).not.toBe(200);
});

test('it is not taken back without a word why, and what follows from it is said before', async () => {
  expect((await see('chair.review', form())).text).toContain(
    'Everybody who was told of the decision is told that it holds no more',
  );
  const refused = await send('chair.review', form(), {});
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('Why it is taken back: this is needed')]);
});

test('taken back, the case is to be decided again at the same meeting, whose minutes keep both', async () => {
  expect((await see('chair.review', meeting)).text).toContain('1 decided, 0 to decide');
  const taken = await send('chair.review', form(), { reasons: 'The wrong key.' });
  expect([taken.status, taken.text]).toEqual([200, expect.stringContaining('the case is before the panel again')]);
  expect((await see('chair.review', meeting)).text).toContain('0 decided, 1 to decide');
  expect((await see('chair.review', table())).text).toMatch(/Approved by the panel, and taken back .* Why: The wrong key\./);
  expect((await see('chair.review', `${meeting}/minutes`)).text).toMatch(
    /Approved by the panel, taken back Monday 16 December 2024.* Why it was taken back: The wrong key\./,
  );
});

test('who has the outcome document open reads that it holds no more, and so does the page of the case', async () => {
  const document = await see('school.alder', outcome);
  expect(document.text).toContain('Taken back');
  expect(document.text).toContain('it was recorded wrongly, and holds no more. It said: approved.');
  expect(document.text).not.toContain('CAP sends the application to a training provider');
  expect((await see('school.alder', `/cases/${reference}`)).text).toMatch(/Approved , issued .* and taken back/);
  const program = await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}/outcome`);
  expect(program.body).toMatchObject({ decision: 'approved', takenBack: onTheDay });
});

test('decided again, the meeting has decided one case, as it is now, and its new document stands', async () => {
  await send('chair.review', table(), { outcome: 'refuse', reasons: 'It does not fit.', alternatives: 'A Tier 1 course.' });
  const { text } = await see('chair.review', meeting);
  expect(text).toContain('1 decided, 0 to decide');
  expect(text).toMatch(/Fourth Child Flourish .* Refused by the panel/);
  const found = (await doors.ask('school.alder', 'GET', `/api/v1/cases/${reference}`)).body;
  expect(found.outcomes).toMatchObject([
    { decision: 'approved', takenBack: onTheDay },
    { decision: 'refused', takenBack: null },
  ]);
  const minutes = (await see('chair.review', `${meeting}/minutes`)).text;
  expect(minutes.indexOf('Refused by the panel')).toBeGreaterThan(minutes.indexOf('taken back'));
});

test('its minutes are signed then; a decision that is taken back after that is made anew outside the meeting, and the minutes say so', async () => {
  expect((await send('chair.review', `${meeting}/sign-minutes`, {})).status).toBe(200);
  await send('chair.review', form(), { reasons: 'The wrong case.' });
  const shut = await send('chair.review', table(), { outcome: 'approve', reasons: 'It fits.' });
  expect([shut.status, shut.text]).toEqual([409, expect.stringContaining('The minutes of this meeting are signed')]);
  await send('chair.review', table(), { outcome: 'approve', reasons: 'It fits.', outsideMeeting: 'yes' });
  expect((await see('school.alder', `/cases/${reference}`)).text).toContain('Approved, pack to be sent to a provider');
  expect((await see('chair.review', meeting)).text).toContain('0 decided, 0 to decide');
});

test('CAP takes back that a pack is complete, says why, and returns it to the school, which reads both', async () => {
  doors.at(beforeTheDeadline);
  const found = await caseBefore(doors, 'flourish', 'Fifth Child');
  const checkedAgain = `/cases/${found}/take-back-check`;
  expect((await see('chair.review', `/cases/${found}`)).status).toBe(200);
  expect((await see('cap.team', `/cases/${found}`)).text).toContain('Take back that the pack is complete');
  const asked = await see('cap.team', checkedAgain);
  expect(asked.text).toContain('they see it no more until it comes again');
  expect((await send('cap.team', checkedAgain, {})).text).toContain('Why it is checked again: this is needed');
  const taken = await send('cap.team', checkedAgain, { reasons: 'The risk assessment is of another child.' });
  expect([taken.status, taken.text]).toEqual([200, expect.stringContaining('The pack is with CAP again, to be checked')]);
  expect((await see('chair.review', `/cases/${found}`)).status).toBe(404);
  const returned = await send('cap.team', `/cases/${found}/check-pack`, { result: 'returned', reasons: 'Attach yours.' });
  expect(returned.status).toBe(200);
  const { text } = await see('school.alder', `/cases/${found}`);
  expect(text).toContain('Correct');
  expect(text).toMatch(/Pack checked again: found complete by mistake/);
  expect(text).toContain('The risk assessment is of another child.');
});
