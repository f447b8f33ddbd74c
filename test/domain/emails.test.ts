// Who is told what when something happens: who must act and who is affected, not who just acted. Codes, days and times only (A16).
import type { Notice } from '../../domain/emails';
import {
  cycle,
  cycles2024,
  flourishApplication,
  flourishBeforeItsPanel,
  refocusApplication,
  refocusBeforeTheMultiAgencyPanel,
  story,
  tier1Application,
  type Story,
} from '../support/story';

/** The e-mails that this one thing leads to. */
function toldOf(tale: Story, happens: () => unknown): string[] {
  const before = tale.told.length;
  happens();
  return tale.told.slice(before);
}

/** What the last e-mail to a party says first. */
function lastTo(tale: Story, party: string): Notice | undefined {
  return tale.emails.filter(({ to }) => to === party).at(-1)?.notices[0];
}

const school = 'school:SCH-A';
const chair = 'panel:review-and-authorisation';

test('a Flourish case tells each party what it must know, nobody what they just did, and no more', () => {
  const tale = flourishApplication();
  const steps: readonly [string, () => unknown, readonly string[]][] = [
    ['submitted', () => tale.at('2024-12-02T10:00Z').school.submits(), ['application-to-check to cap']],
    ['returned', () => tale.cap.returnsThePack(), [`pack-returned to ${school}`]],
    ['sent again', () => tale.school.sendsTheCorrectedPack(), ['pack-resubmitted to cap']],
    ['complete', () => tale.cap.findsThePackComplete(), [`pack-complete to ${school}`, `new-item to ${chair}`]],
    ['deferred', () => tale.at('2024-12-16T10:00Z').chair.defers(), [`outcome to ${school}`]],
    ['approved', () => tale.at('2025-01-27T10:00Z').chair.approves(), ['send-the-pack to cap', `outcome to ${school}`]],
    ['pack sent', () => tale.cap.sendsThePackTo('TP-ONE'), ['pack-for-provider to provider:TP-ONE']],
    ['interview booked', () => tale.provider.booksTheInterview('2025-02-03T10:00Z'), [`interview-booked to ${school}`]],
    ['interview moved', () => tale.provider.booksTheInterview('2025-02-04T10:00Z'), [`interview-moved to ${school}`]],
    ['interview missed', () => tale.provider.recordsThatNobodyCame(), [`interview-missed to ${school}`]],
    ['booked again', () => tale.provider.booksTheInterview('2025-02-11T10:00Z'), [`interview-booked to ${school}`]],
    ['interview held', () => tale.provider.holdsTheInterview(), []],
    ['declined', () => tale.provider.declines('need'), [`not-accepted to ${school}`, 'explore-alternatives to cap']],
    ['sent to another', () => tale.cap.sendsThePackTo('TP-TWO'), ['pack-for-provider to provider:TP-TWO']],
    ['booked by the other', () => tale.otherProvider.booksTheInterview('2025-02-18T10:00Z'), [`interview-booked to ${school}`]],
    ['accepted', () => tale.otherProvider.holdsTheInterview().otherProvider.accepts(), [`confirm-start to ${school}`]],
    ['start confirmed', () => tale.school.confirmsTheStart('2025-04-28'), ['start-confirmed to provider:TP-TWO']],
    ['review', () => tale.at('2025-05-19T10:00Z').otherProvider.reviews('2025-05-19'), []],
    ['exit', () => tale.cap.recordsTheExit('ended-early'), [`exited to ${school}`, 'exited to provider:TP-TWO']],
  ];
  for (const [what, happens, told] of steps) expect([what, toldOf(tale, happens)]).toEqual([what, told]);
});

test('a Flourish case that goes well takes eleven e-mails, in eight of its ten steps', () => {
  const tale = flourishBeforeItsPanel();
  tale.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE').provider.holdsTheInterview().provider.accepts();
  tale.school
    .confirmsTheStart('2025-01-13')
    .at('2025-02-10T10:00Z')
    .provider.reviews('2025-02-10')
    .cap.recordsTheExit('ended-early');
  expect(tale.state.step).toBe(10);
  expect(tale.emails).toHaveLength(11);
  expect(new Set(tale.emails.map(({ step }) => step)).size).toBe(8);
});

test('what CAP does in the place of others is told to those others', () => {
  const tale = flourishBeforeItsPanel();
  tale.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  const both = (template: string) => [`${template} to ${school}`, `${template} to provider:TP-ONE`];
  expect(toldOf(tale, () => tale.cap.booksTheInterview('2025-01-06T10:00Z'))).toEqual(both('interview-booked'));
  expect(toldOf(tale, () => tale.at('2025-01-06T11:00Z').cap.recordsThatNobodyCame())).toEqual(both('interview-missed'));
  expect(tale.wait).toMatchObject({ party: 'provider:TP-ONE', what: 'interview-booking' });
  tale.provider.booksTheInterview('2025-01-07T10:00Z');
  expect(toldOf(tale, () => tale.cap.holdsTheInterview())).toEqual(['interview-held to provider:TP-ONE']);
});

test('the school learns with its complete pack which panel considers it, when, and until when it hears of the outcome (R71)', () => {
  const tale = flourishBeforeItsPanel();
  const dates = {
    panel: 'review-and-authorisation',
    meeting: '2024-12-16',
    agendaCloses: '2024-12-04',
    outcomeBy: '2024-12-19T23:59:59.999Z',
  };
  expect(lastTo(tale, school)).toEqual({ template: 'pack-complete', ...dates });
  expect(lastTo(tale, chair)).toEqual({ template: 'new-item', ...dates });
  expect(tale.emails.at(-1)?.awaited).toEqual([{ what: 'panel-decision', due: '2024-12-19T23:59:59.999Z' }]);
});

test('a panel hears of an item when it joins the agenda of its meeting, and of its own once only', () => {
  const waiting = flourishApplication({ cycles: [] });
  waiting.at('2024-12-02T10:00Z').school.submits();
  expect(toldOf(waiting, () => waiting.cap.findsThePackComplete())).toEqual([`pack-complete to ${school}`]);
  expect(lastTo(waiting, school)).toMatchObject({ meeting: null, outcomeBy: null });
  const items = [{ programme: 'flourish', cohortStart: null }];
  const on = (day: string) => [cycle('2024-25-9', '2024-12-20', items, { 'review-and-authorisation': day })];
  expect(toldOf(waiting, () => waiting.plan({ cycles: on('2025-01-07') }).recalculates())).toEqual([
    `panel-date to ${school}`,
    `new-item to ${chair}`,
  ]);
  expect(toldOf(waiting, () => waiting.plan({ cycles: on('2025-01-08') }).recalculates())).toEqual([`panel-date to ${school}`]);
  expect(lastTo(waiting, school)).toMatchObject({ meeting: '2025-01-08', outcomeBy: '2025-01-13T23:59:59.999Z' });
});

test('a meeting that moves while CAP still checks the pack is told with the complete pack, not before', () => {
  const tale = flourishApplication();
  tale.at('2024-12-02T10:00Z').school.submits();
  const items = [{ programme: 'flourish', cohortStart: null }];
  const id = tale.state.landing?.cycle ?? '';
  tale.plan({ cycles: [cycle(id, '2024-12-04', items, { 'review-and-authorisation': '2024-12-17' })] });
  expect(toldOf(tale, () => tale.recalculates())).toEqual([]);
});

test('a first panel that supports a case with conditions tells the school that there are some (A8)', () => {
  const tale = refocusApplication();
  tale.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  tale
    .at('2024-12-16T14:00Z')
    .chair.does('panelDecision', { outcome: 'approve-with-conditions', conditionsBy: '2024-12-20' }, [
      ...['reasons', 'conditions'],
    ]);
  expect(lastTo(tale, school)).toMatchObject({ template: 'went-on', conditions: true });
  expect(lastTo(refocusBeforeTheMultiAgencyPanel(), school)).not.toHaveProperty('conditions');
});

test('the first panel passes a Refocus case on: the school is told when the second considers it, and that panel has a new item', () => {
  const tale = refocusBeforeTheMultiAgencyPanel();
  expect(tale.told.slice(-2)).toEqual([`went-on to ${school}`, 'new-item to panel:multi-agency']);
  expect(lastTo(tale, school)).toMatchObject({
    panel: 'multi-agency',
    meeting: '2024-12-17',
    outcomeBy: '2024-12-20T23:59:59.999Z',
  });
});

test('an approval by the second panel tells the AP Academy to onboard, and not CAP to send a pack', () => {
  const tale = refocusBeforeTheMultiAgencyPanel();
  tale.at('2024-12-17T10:00Z');
  expect(toldOf(tale, () => tale.secondChair.approves())).toEqual(['onboard to provider:AP-ACADEMY', `outcome to ${school}`]);
  expect(toldOf(tale, () => tale.academy.onboards())).toEqual([`confirm-start to ${school}`]);
  expect(lastTo(tale, school)).toEqual({ template: 'confirm-start', expected: '2025-01-27' });
  expect(tale.emails.at(-1)?.awaited).toMatchObject([{ what: 'start-date' }]);
  expect(toldOf(tale, () => tale.school.withdraws())).toEqual(['withdrawn to cap', 'withdrawn to provider:AP-ACADEMY']);
});

test('at Tier 1 the school is told to arrange the interview (R55), and the provider when the school has booked it', () => {
  const tale = tier1Application();
  tale.at('2024-10-01T10:00Z').school.submits();
  expect(toldOf(tale, () => tale.cap.findsThePackComplete())).toEqual([
    'pack-for-provider to provider:TP-ONE',
    `arrange-the-interview to ${school}`,
  ]);
  expect(tale.emails.at(-1)?.awaited).toEqual([{ what: 'interview-booking', due: '2024-10-08T22:59:59.999Z' }]);
  expect(toldOf(tale, () => tale.school.booksTheInterview('2024-10-07T09:00Z'))).toEqual(['interview-booked to provider:TP-ONE']);
  expect(toldOf(tale, () => tale.school.booksTheInterview('2024-10-08T09:00Z'))).toEqual(['interview-moved to provider:TP-ONE']);
  expect(lastTo(tale, 'provider:TP-ONE')).toEqual({
    template: 'interview-moved',
    on: '2024-10-08T09:00:00.000Z',
    from: '2024-10-07T09:00:00.000Z',
  });
});

test('a confirmed start says from when to when', () => {
  const tale = tier1Application();
  tale.at('2024-10-01T10:00Z').school.submits().cap.findsThePackComplete();
  tale.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2024-10-07');
  expect(lastTo(tale, 'provider:TP-ONE')).toEqual({ template: 'start-confirmed', start: '2024-10-07', end: '2024-11-22' });
});

test('a start that the end of the term shortens is told with the weeks that are left (C8)', () => {
  const tale = flourishBeforeItsPanel();
  tale.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  tale.provider.holdsTheInterview().provider.accepts();
  tale.school.does('confirmStart', { start: '2025-03-24', shortened: true });
  expect(lastTo(tale, 'provider:TP-ONE')).toMatchObject({ template: 'start-confirmed', shortened: { weeks: 3, of: 12 } });
});

test('a moved deadline is told to the school that has a pack to correct, and to nobody else', () => {
  const moved = cycles2024.map((cycle) => (cycle.deadline === '2024-12-04' ? { ...cycle, deadline: '2024-12-06' } : cycle));
  const checked = flourishApplication();
  checked.at('2024-11-28T10:00Z').school.submits();
  const before = checked.emails.length;
  checked.plan({ cycles: moved }).recalculates();
  expect(checked.state.landing?.agendaCloses).toBe('2024-12-06');
  expect(checked.emails.slice(before)).toEqual([]);

  const returned = flourishApplication();
  returned.at('2024-11-28T10:00Z').school.submits().cap.returnsThePack();
  returned.plan({ cycles: moved }).recalculates();
  expect(lastTo(returned, school)).toEqual({ template: 'deadline-moved', agendaCloses: '2024-12-06' });
});

test('what leaves an agenda is told to its panel; before any provider has the pack there is none to tell', () => {
  const withdrawn = flourishBeforeItsPanel();
  expect(toldOf(withdrawn, () => withdrawn.school.withdraws())).toEqual(['withdrawn to cap', `withdrawn to ${chair}`]);
  const closed = tier1Application();
  closed.at('2024-10-01T10:00Z').school.submits();
  expect(toldOf(closed, () => closed.cap.closesTheCase())).toEqual([`closed to ${school}`]);
});

test('a decision without words tells its panel that they are owed, though the panel decided: the words are for it to write', () => {
  const tale = flourishBeforeItsPanel();
  tale.at('2024-12-16T14:00Z');
  expect(toldOf(tale, () => tale.chair.approves({ withoutWords: true }))).toEqual([
    'send-the-pack to cap',
    `reasons-owed to ${chair}`,
  ]);
});

test('one step sends a reader one e-mail, whatever it says: two reminders of one clock come together', () => {
  const tale = flourishBeforeItsPanel();
  tale.at('2024-12-16T14:00Z').chair.defers({ withoutWords: true });
  tale.at('2025-02-10T10:00Z').theClockRings();
  const last = tale.emails.filter(({ to }) => to === chair).at(-1);
  expect(last?.notices.map((notice) => ['what' in notice && notice.what, notice.template])).toEqual([
    ['reasons', 'reminder'],
    ['panel-decision', 'reminder'],
  ]);
  expect(tale.emails.filter(({ step }) => step === tale.state.step)).toHaveLength(1);
});

test('CAP is reminded of an e-mail that nobody got with what it was about and for whom; what CAP itself did not get is not written about again', () => {
  const tale = flourishBeforeItsPanel();
  tale.at('2024-12-16T14:00Z').chair.approves();
  const undelivered = (email: string) => tale.person('system').does('emailUndelivered', { email });
  expect(toldOf(tale, () => undelivered(`${tale.reference}.3.outcome.school-SCH-A`))).toEqual([]);
  tale.letTheClockRun();
  const written = tale.emails.filter(({ notices }) => notices.some(({ template }) => template === 'email-undelivered'));
  expect(written.map(({ to, notices }) => [to, notices[0]])).toEqual(
    [1, 2].map(() => [
      'cap',
      { template: 'email-undelivered', email: 'outcome', reader: 'school', due: '2024-12-17T23:59:59.999Z' },
    ]),
  );
  const before = tale.emails.length;
  undelivered(`${tale.reference}.5.email-undelivered.cap`);
  tale.letTheClockRun();
  expect(tale.emails).toHaveLength(before);
});

test('an escalation says to CAP what is late and whom the case waits for', () => {
  const tale = flourishBeforeItsPanel();
  tale.letTheClockRun();
  expect(lastTo(tale, chair)).toEqual({ template: 'reminder', what: 'panel-decision', due: '2024-12-19T23:59:59.999Z' });
  expect(lastTo(tale, 'cap')).toEqual({
    template: 'escalation',
    what: 'panel-decision',
    due: '2024-12-19T23:59:59.999Z',
    of: chair,
  });
});

test('an application in a year that has no values of its own is no news: nobody is written to about it', () => {
  const tale = story({ programme: 'flourish', cycles: [] });
  expect(toldOf(tale, () => tale.at('2026-11-02T10:00Z').school.submits())).toEqual(['application-to-check to cap']);
});
