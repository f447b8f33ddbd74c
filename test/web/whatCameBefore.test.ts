// A case that comes before a panel again, or before the next one: the table and the pack have what panels said of it and what the school answered.
import type { Express } from 'express';
import type { CaseView } from '../../api/views/case';
import { recordCaseStep } from '../../records/caseStep';
import { packOf } from '../../web/pack/pack';
import { packsPdf } from '../../web/pack/packPdf';
import type { Doors } from '../api/doors';
import { attend, caseBefore, firstMeeting, onTheDay, openPanel } from './panelCases';
import { visitor, type Filled, type Screen } from './pages';
import { elements, readPdf } from './pdfReader';

let doors: Doors;
let app: Express;
let reference = '';
/** The next meeting of the panel on the day on which the school asks. */
const soonest = 'RAP-2024-11-25';
beforeAll(async () => {
  ({ doors, app } = await openPanel());
  for (const id of ['RAP-2025-01-27', soonest, 'MAP-2024-11-26']) await doors.meetingGives(id, 'convene');
  reference = await caseBefore(doors, 'refocus', 'Sixth Child');
}, 120_000);
afterAll(() => doors.stop());

const see = (person: string, path: string): Promise<Screen> => visitor(app, person).open(path);
const send = async (person: string, path: string, filled: Filled) =>
  expect([path, (await visitor(app, person).send(path, filled)).status]).toEqual([path, 200]);
const table = (meeting: string) => `/meetings/${meeting}/cases/${reference}`;
const decides = (person: string, meeting: string, filled: Filled) =>
  send(person, table(meeting), { outsideMeeting: 'yes', ...filled });
const left = (text: string) => text.slice(0, text.indexOf('The application'));

test('whoever decides reads who will read the reasons: a first panel that supports it issues no outcome document (R73)', async () => {
  expect((await see('chair.review', table(firstMeeting))).text).toContain(
    'The school reads them on the page of the case, and in the outcome document where you refuse or defer. The next panel has them before it.',
  );
});

test('what a panel asked for when it deferred, and what the school gave, stands at the table when the case comes again (A8, A22)', async () => {
  await decides('chair.review', firstMeeting, {
    outcome: 'defer',
    reasons: 'Too little is known.',
    information: 'What the mentor reports.',
  });
  // The school has before it what it answers.
  const asked = (await see('school.alder', `/cases/${reference}/give-information`)).text;
  expect(asked).toMatch(/Too little is known\. The information asked for What the mentor reports\. The information/);
  await send('school.alder', `/cases/${reference}/give-information`, { information: 'The mentor reports progress.' });
  const { text } = await see('chair.review', table('RAP-2025-01-27'));
  expect(left(text)).toMatch(
    /Review & Authorisation Panel: deferred it .* Reasons: Too little is known\. The information asked for: What the mentor reports\. The school: what the panel asked for .* The information: The mentor reports progress\./,
  );
});

test('a panel that reconsiders has its refusal and the new evidence before it (A8)', async () => {
  await decides('chair.review', 'RAP-2025-01-27', {
    outcome: 'refuse',
    reasons: 'Little was tried.',
    alternatives: 'A Tier 1 course.',
  });
  expect((await see('school.alder', `/cases/${reference}/ask-reconsideration`)).text).toContain('Little was tried.');
  await send('school.alder', `/cases/${reference}/ask-reconsideration`, { evidence: 'The plan was reviewed.' });
  const { text } = await see('chair.review', table(soonest));
  expect(left(text)).toMatch(
    /Review & Authorisation Panel: did not approve it .* Reasons: Little was tried\. Alternatives: A Tier 1 course\. The school: asks the panel to reconsider .* The new evidence: The plan was reviewed\./,
  );
});

test('who asks for it a second time reads that it can be asked once, and when it was (A8)', async () => {
  const again = await see('school.alder', `/cases/${reference}/ask-reconsideration`);
  expect([again.status, again.text]).toEqual([
    409,
    expect.stringContaining('The panel was asked to reconsider this on Wednesday 20 November 2024. It can be asked once.'),
  ]);
  expect(again.text).toContain(`Go to the case ${reference}`);
});

test('the next panel has all of it, at the table and in the file; a panel that has decided does not read its decision twice', async () => {
  await decides('chair.review', soonest, { outcome: 'approve', reasons: 'It convinces now.' });
  const second = (await see('chair.multiagency', table('MAP-2024-11-26'))).text;
  expect(second).toContain('The school reads them in the outcome document.');
  for (const words of ['Too little is known.', 'The mentor reports progress.', 'The plan was reviewed.', 'It convinces now.'])
    expect(left(second)).toContain(words);
  const found = (await doors.ask('chair.multiagency', 'GET', `/api/v1/cases/${reference}`)).body as unknown as CaseView;
  const file = await packsPdf([packOf(found)], { title: 'Pack', made: onTheDay, compress: false });
  const headings = elements(readPdf(file).root, 'H2').map(({ text }) => text.trim());
  expect(headings.slice(0, 5)).toEqual([
    'Review & Authorisation Panel: deferred it',
    'The school: what the panel asked for',
    'Review & Authorisation Panel: did not approve it',
    'The school: asks the panel to reconsider',
    'Review & Authorisation Panel: supports it',
  ]);
  const own = left((await see('chair.review', table(soonest))).text);
  expect(own).toContain('The plan was reviewed.');
  expect(own).not.toContain('supports it');
});

test('what a panel took back it has not said', async () => {
  await send('chair.review', `/cases/${reference}/take-back-decision`, { reasons: 'The wrong case.' });
  const again = left((await see('chair.review', table(soonest))).text);
  expect(again).not.toContain('It convinces now.');
  expect(again).toContain('The plan was reviewed.');
});

test('what a first panel decided where no words travel has its words at the table once they are written (A23, R73)', async () => {
  const typed = await caseBefore(doors, 'refocus', 'Seventh Child');
  doors.at(onTheDay);
  await attend(doors);
  const id = `${typed}.typed`;
  const body = { outcome: 'approve-with-conditions', conditionsBy: '2025-01-20' };
  const taken = await recordCaseStep(doors.worker, {
    ...{ reference: typed, now: onTheDay },
    asked: { id, kind: 'panelDecision', body, person: 'chair.review', source: 'temporal', seal: { once: id } },
  });
  expect(taken.refusal).toBeNull();
  await send('chair.review', `/cases/${typed}/give-reasons`, {
    reasons: 'The school did much.',
    conditions: 'A mentor is named.',
  });
  const { text } = await see('chair.multiagency', `/meetings/MAP-2024-12-17/cases/${typed}`);
  expect(left(text)).toMatch(
    /supports it, with conditions .* Reasons: The school did much\. Conditions, to be met by Monday 20 January 2025: A mentor is named\./,
  );
  expect(text).toContain('The school reads them in the outcome document, which has the conditions of the first panel too.');
});
