// The calendar at the pages: everybody reads it; CAP enters, changes, moves and takes out, is asked first, and imports its table (R93, C5, C10-C18).
import { openDoors, type Doors } from '../api/doors';
import { appWithPages, visitor, type Screen } from './pages';

let doors: Doors;
let open: (person: string, path: string) => Promise<Screen>;
beforeAll(async () => {
  doors = await openDoors('2026-08-20T10:00:00.000Z');
  const app = appWithPages(doors.services);
  open = (person, path) => visitor(app, person).open(path);
});
afterAll(() => doors.stop());

const day = (name: string, date: string) => {
  const [year = '', month = '', of = ''] = date.split('-');
  return { [`${name}-day`]: of, [`${name}-month`]: month, [`${name}-year`]: year };
};

interface Found {
  readonly id: string;
  readonly deadline: string;
  readonly items: unknown[];
  readonly meetings: Readonly<Record<string, { id: string; day: string } | null>>;
}
const cycleBy = async (deadline: string) => {
  const { body } = await doors.ask('cap.team', 'GET', '/api/v1/cycles');
  return (body.cycles as Found[]).find((each) => each.deadline === deadline);
};

const ofItem = (index: number, name: string) => `items.${String(index)}.${name}`;
const entered = {
  ...day('deadline', '2027-06-16'),
  [ofItem(0, 'programme')]: 'supported-transfer',
  [ofItem(0, 'panels')]: 'none',
  [ofItem(1, 'programme')]: 'refocus',
  ...day(ofItem(1, 'cohortStart'), '2027-07-05'),
  ...day('meetings.multi-agency', '2027-06-29'),
};

test('the calendar of a year is read by everybody with a role; only CAP finds what changes it', async () => {
  const cap = await open('cap.team', '/calendar?academicYear=2026-27');
  expect(cap.text).toMatch(/Panel cycles of 2026-27.*Terms of Coventry’s schools.*Bank holidays/);
  expect(cap.html).toContain('/calendar/cycles/add?academicYear=2026-27');
  const provider = await open('provider.one', '/calendar?academicYear=2026-27');
  expect([provider.status, provider.html]).toEqual([
    200,
    expect.not.stringMatching(/\/calendar\/(cycles|import|closures|terms)/),
  ]);
  for (const path of ['cycles/add', 'import', 'closures/add', 'terms/2026-27/spring/1']) {
    expect([path, (await open('provider.one', `/calendar/${path}`)).status]).toEqual([path, 403]);
  }
});

test('CAP enters a cycle with what it considers and when its panels meet; the form that comes twice enters one', async () => {
  const form = await open('cap.team', '/calendar/cycles/add?academicYear=2026-27');
  const wrong = await form.send({ ...entered, ...day('meetings.multi-agency', '2027-06-02') }, 'Enter the cycle');
  expect([wrong.status, wrong.html]).toEqual([422, expect.stringContaining('href="#meetings.multi-agency-day"')]);
  expect((await form.send(entered, 'Enter the cycle')).text).toContain('Wednesday 16 June 2027');
  expect((await form.send(entered, 'Enter the cycle')).status).toBe(200);
  const { body } = await doors.ask('cap.team', 'GET', '/api/v1/cycles');
  expect((body.cycles as Found[]).filter(({ deadline }) => deadline === '2027-06-16')).toEqual([
    expect.objectContaining({
      items: [
        { programme: 'supported-transfer', cohortStart: null, panels: [] },
        { programme: 'refocus', cohortStart: '2027-07-05', panels: null },
      ],
      meetings: expect.objectContaining({ 'headteacher-placement': null }) as object,
    }),
  ]);
});

test('a cycle is changed; what a colleague changed meanwhile is not overwritten', async () => {
  const { id = '' } = (await cycleBy('2027-06-16')) ?? {};
  const mine = await open('cap.team', `/calendar/cycles/${id}`);
  const yours = await open('cap.lead', `/calendar/cycles/${id}`);
  await mine.send({ [ofItem(0, 'programme')]: '' }, 'Save');
  expect((await cycleBy('2027-06-16'))?.items).toEqual([{ programme: 'refocus', cohortStart: '2027-07-05', panels: null }]);
  const late = await yours.send(day('deadline', '2027-06-15'), 'Save');
  expect([late.status, late.text]).toEqual([412, expect.stringContaining('Sample Cap-Team changed this')]);
  expect(await cycleBy('2027-06-15')).toBeUndefined();
});

test('a meeting is planned, moved and cancelled; each page says how many cases it concerns', async () => {
  const { id = '' } = (await cycleBy('2027-06-16')) ?? {};
  const plan = await open('cap.team', `/calendar/cycles/${id}/plan/headteacher-placement`);
  const planned = await plan.send(day('day', '2027-07-01'), 'Plan');
  expect(planned.text).toContain('Thursday 1 July 2027');
  const move = await open('cap.team', '/calendar/meetings/HPM-2027-07-01/move');
  expect(move.text).toContain('No case is on its agenda.');
  const early = await move.send(day('day', '2027-06-01'), 'Move the meeting');
  expect([early.status, early.html]).toEqual([422, expect.stringContaining('href="#day-day"')]);
  expect((await early.send(day('day', '2027-07-02'), 'Move the meeting')).text).toContain('Friday 2 July 2027');
  const moved = (await cycleBy('2027-06-16'))?.meetings['headteacher-placement']?.id ?? '';
  const cancel = await open('cap.team', `/calendar/meetings/${moved}/cancel`);
  expect(cancel.text).toContain('Cancel the meeting?');
  await cancel.send({}, 'Cancel the meeting');
  expect((await cycleBy('2027-06-16'))?.meetings['headteacher-placement']).toBeNull();
});

test('a cycle is removed after it was asked', async () => {
  const { id = '' } = (await cycleBy('2027-06-16')) ?? {};
  const ask = await open('cap.team', `/calendar/cycles/${id}/remove`);
  expect(ask.text).toContain('Its meetings go with it.');
  expect((await ask.send({}, 'Remove the cycle')).text).toContain('Removed');
  expect(await cycleBy('2027-06-16')).toBeUndefined();
});

test('closures and terms are entered, changed and taken out', async () => {
  const form = await open('cap.team', '/calendar/closures/add');
  expect((await form.send(day('day', '2026-08-19'), 'Enter the closure')).status).toBe(422);
  expect((await form.send(day('day', '2026-11-13'), 'Enter the closure')).text).toContain('Friday 13 November 2026');
  const remove = await open('cap.team', '/calendar/closures/2026-11-13/remove');
  expect((await remove.send({}, 'Remove the closure')).text).not.toContain('Friday 13 November 2026');
  expect((await open('cap.team', '/calendar/closures/2026-11-13/remove')).status).toBe(404);

  const half = '/calendar/terms/2028-29/autumn/1';
  const term = await open('cap.team', half);
  const saved = await term.send({ ...day('firstDay', '2028-09-04'), ...day('lastDay', '2028-10-20') }, 'Save');
  expect(saved.text).toContain('Autumn, first half Mon 4 Sep 2028 Fri 20 Oct 2028');
  const gone = await (await open('cap.team', `${half}/remove`)).send({}, 'Remove the half-term');
  expect(gone.text).toContain('Autumn, first half Not entered');
});

test('CAP’s table is pasted, shown with its warnings, edited in its cells, and entered', async () => {
  const paste = await open('cap.team', '/calendar/import?academicYear=2027-28');
  const unreadable = await paste.send({ table: 'no columns at all' }, 'Show what would change');
  expect([unreadable.status, unreadable.html]).toEqual([422, expect.stringContaining('id="table-error"')]);
  const row =
    'Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer\tWednesday 13th October\tMonday 19th October Thursday 21st October';
  const shown = await paste.send({ table: row }, 'Show what would change');
  expect(shown.text).toMatch(/"Monday 19th October" is a Tuesday: 2027-10-19 is kept \(C15\).*Wed 13 Oct 2027.*New/);
  const cells = ['Tier 3 – Year 11 Bespoke', 'Wednesday 20th October', 'Tuesday 26th October', '', ''];
  const again = await shown.send({ cell: cells }, 'Look again');
  expect(again.text).toContain('Wed 20 Oct 2027');
  expect(await cycleBy('2027-10-20')).toBeUndefined();
  expect((await again.send({}, 'Enter one cycle')).text).toContain('Imported: 1 cycle added, 0 changed, 0 left as they were');
  expect(await cycleBy('2027-10-20')).toMatchObject({ items: [{ programme: 'year-11-bespoke' }] });
});

test('text that is no table is answered with the lines that are wrong, the first few of many; what there is nothing to propose from is not offered', async () => {
  const paste = await open('cap.team', '/calendar/import?academicYear=2030-31');
  const lines = Array.from({ length: 40 }, (_, index) => `Referral item ${String(index)}`);
  const { text } = await paste.send({ table: lines.join('\n') }, 'Show what would change');
  expect(text).toContain('Line 1 has 1 column: a row has 5, with tabs between them. Copy the table as it is.');
  expect(text.match(/Line \d+ has/g)?.length).toBeLessThan(10);
  expect(text).toContain('37 more lines are like these.');
  expect(paste.text).toContain('Its table can be proposed when the six halves of its terms are entered');
  expect(paste.html).not.toContain('propose=yes');
  expect((await open('cap.team', '/calendar/import?academicYear=2026-27')).html).toContain('propose=yes');
});

test('next year’s calendar is proposed as a table to edit; without its terms CAP is told what to enter first', async () => {
  const { body } = await doors.ask('cap.team', 'GET', '/api/v1/terms');
  const known = (body.halfTerms as { academicYear: string }[]).some(({ academicYear }) => academicYear === '2026-27');
  expect(known).toBe(true);
  const proposed = await open('cap.team', '/calendar/import?academicYear=2026-27&propose=yes');
  expect([proposed.status, proposed.html]).toEqual([200, expect.stringContaining('aria-label="Row 1, Referral deadline"')]);
  const unknown = await open('cap.team', '/calendar/import?academicYear=2030-31&propose=yes');
  expect([unknown.status, unknown.text]).toEqual([422, expect.stringContaining('enter the six halves of its terms first')]);
});
