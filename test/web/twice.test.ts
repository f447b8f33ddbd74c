// A form that is sent twice, one that two people have open, and one that comes too late: each has its sentence, and nothing is recorded twice.
import type { Express } from 'express';
import { openDoors, type Doors } from '../api/doors';
import { submitted } from '../api/submitted';
import { appWithPages, visitor, type Filled } from './pages';

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
  // What was written is not lost with the form (R25), and the page that says what comes next is one step away.
  expect(late.text).toContain('What you had written The plan is missing.');
  expect(late.html).toContain(`href="/cases/${reference}"`);
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

const day = (name: string, date: string) => {
  const [year = '', month = '', of = ''] = date.split('-');
  return { [`${name}-day`]: of, [`${name}-month`]: month, [`${name}-year`]: year };
};

/** A form of something that is kept, what two people type into it, and how the second finds that of the first. */
const forms: readonly (readonly [string, Filled, Filled, string])[] = [
  ['/people/member.attendance/change', { name: 'Sample Of-The-First' }, { name: 'Of-The-Second' }, 'Name Sample Of-The-First'],
  ['/organisations/SCH-A/change', { name: 'Sample of the first' }, { name: 'Of the second' }, 'Name Sample of the first'],
  [
    '/organisations/SCH-B',
    { slas: ['2024-25'] },
    { slas: ['2025-26'] },
    'Academic years with the Service Level Agreement 2024-25 2025-26',
  ],
  [
    '/safeguarding-leads/school:SCH-B',
    { 'leads.0.name': 'Sample Of-The-First' },
    { 'leads.0.name': 'Sample Of-The-Second' },
    'First lead: name Sample Of-The-First Sample Of-The-Second',
  ],
  [
    '/sites/TP-ONE',
    { 'sites.0.name': 'Site of the first' },
    { 'sites.0.name': 'Site of the second' },
    'First site: name Site of the first Site of the second',
  ],
  ['/organisations/programmes/tier-4', { offered: 'yes' }, { offered: 'no' }, 'Can it be applied for? Yes No'],
  [
    '/checks/TP-ONE/compliance-review',
    { ...day('passed', '2024-11-04'), ...day('expires', '2025-03-31') },
    { ...day('passed', '2024-11-04'), ...day('expires', '2025-04-11') },
    'Holds until Monday 31 March 2025 Friday 11 April 2025',
  ],
  [
    '/panels/multi-agency/seats/chair',
    { holder: 'chair.multiagency', deputy: '' },
    { holder: '', deputy: '' },
    'Who holds the seat Sample Multiagency-Chair Nothing',
  ],
  ['/panels/multi-agency/quorum', { quorum: '3' }, { quorum: '4' }, 'How many seats must be present 3 4'],
  [
    '/calendar/terms/2031-32/autumn/1',
    { ...day('firstDay', '2031-09-02'), ...day('lastDay', '2031-10-24') },
    { ...day('firstDay', '2031-09-03'), ...day('lastDay', '2031-10-24') },
    'First day Tuesday 2 September 2031 Wednesday 3 September 2031',
  ],
  [
    '/calendar/cycles/2034-35-1',
    day('deadline', '2034-10-10'),
    day('deadline', '2034-10-11'),
    'Referral deadline Tuesday 10 October 2034 Wednesday 11 October 2034',
  ],
  [
    '/calendar/meetings/MAP-2024-12-17/move',
    day('day', '2024-12-18'),
    day('day', '2024-12-19'),
    'Day Wednesday 18 December 2024 Thursday 19 December 2024',
  ],
  ['/courses/2024-25/T1-BICYCLES/change', { title: 'Of the first' }, { title: 'Of the second' }, 'Title Of the first'],
];

describe('Of two people who have the same form of what CAP keeps open', () => {
  beforeAll(async () => {
    const cycle = {
      deadline: '2034-10-09',
      items: [{ programme: 'flourish', cohortStart: '2034-11-13' }],
      meetings: { 'review-and-authorisation': '2034-10-24', 'multi-agency': null, 'headteacher-placement': null },
    };
    expect((await doors.ask('cap.team', 'POST', '/api/v1/cycles', { body: cycle })).status).toBe(201);
  });

  test.each(forms)(
    'the second is told who changed it and how it stands, and repeats their own on top: %s',
    async (path, one, other, now) => {
      const [first, second] = [await opened('cap.lead', path), await opened('cap.team', path)];
      expect([(await first.send(one)).status, path]).toEqual([200, path]);
      // A button that is pressed twice is no change of somebody else.
      expect([(await first.send(one)).status, path]).toEqual([200, path]);
      const told = await second.send(other);
      expect(told.status).toBe(412);
      expect(told.text).toContain('Sample Cap-Lead changed this while you had it open');
      expect(told.text).toContain(`As it stands now What Now What you typed ${now}`);
      const again = await told.send();
      expect([again.status, again.at]).toEqual([200, expect.stringContaining('done=')]);
      expect((await opened('cap.lead', path)).text).not.toContain('As it stands now');
    },
  );

  test('who takes a course out over a change that they have not seen sees it first', async () => {
    const remove = await opened('cap.team', '/courses/2024-25/T1-BICYCLES/remove');
    await (await opened('cap.lead', '/courses/2024-25/T1-BICYCLES/change')).send({ schoolWeeks: '11' });
    const told = await remove.send();
    expect([told.status, told.text]).toEqual([
      412,
      expect.stringContaining('Sample Cap-Lead changed this while you had it open'),
    ]);
    expect(told.text).toContain('School weeks 11');
    expect((await told.send()).at).toContain('done=removed');
  });

  test('who lifts a hold that a colleague has lifted is told who it was', async () => {
    const student = await doors.student('school.alder');
    await doors.ask('cap.team', 'POST', '/api/v1/legal-holds', { body: { student, reason: 'A sample reason.' } });
    const list = await opened('cap.lead', '/retention');
    const path = /\/retention\/holds\/[\w-]+/.exec(list.html)?.[0] ?? '';
    const [one, other] = [await opened('cap.lead', path), await opened('cap.lead', path)];
    expect((await one.send()).at).toContain('done=');
    expect((await other.send()).text).toContain('Sample Cap-Lead has lifted this hold already.');
  });
});
