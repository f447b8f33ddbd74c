// A withdrawal while the placement runs: asked for by school or host, processed by CAP in five working days (R109-R116).
import { expectedHalves } from '../../domain/attendance';
import { neededTexts, personCommands } from '../../domain/commands';
import {
  calendar2024,
  calendar2026,
  courseOf2026,
  flourishBeforeItsPanel,
  refocusBeforeTheMultiAgencyPanel,
  type Story,
} from '../support/story';

/** A Flourish placement from 13 January to 11 April 2025. */
const placed = () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  return story.school.confirmsTheStart('2025-01-13');
};
const running = () => placed().at('2025-02-03T10:00Z');

test('the school asks, CAP hears of it and has five working days; the other side is told once it is processed (R113-R116)', () => {
  const story = running();
  story.school.asksForWithdrawal({ last: '2025-02-07' });
  expect(story.told.at(-1)).toBe('withdrawal-asked to cap');
  // Monday 3 February and five working days: Monday 10 February.
  expect(story.waits.find(({ what }) => what === 'withdrawal')).toMatchObject({ party: 'cap', due: '2025-02-10T23:59:59.999Z' });
  story.at('2025-02-07T10:00Z').cap.processesTheWithdrawal();
  expect(story.state).toMatchObject({
    position: { stage: 'closed', because: 'ended-early', host: 'provider:TP-ONE' },
    matters: [],
  });
  expect(story.told.slice(-4)).toEqual([
    'withdrawal-processed to school:SCH-A',
    'exited to school:SCH-A',
    'withdrawal-processed to provider:TP-ONE',
    'exited to provider:TP-ONE',
  ]);
});

test('one that is processed before its last day moves the end of the placement: until then it runs, then CAP records the exit', () => {
  const story = running();
  story.school.asksForWithdrawal({ last: '2025-02-07' });
  story.at('2025-02-05T10:00Z').cap.processesTheWithdrawal();
  expect(story.state).toMatchObject({ position: { stage: 'placement', end: '2025-02-07' }, matters: [] });
  expect(story.told.slice(-2)).toEqual(['withdrawal-processed to school:SCH-A', 'withdrawal-processed to provider:TP-ONE']);
  // Its pathway review, due in the last weeks, is not waited for any more, and its end does not move again.
  expect(story.waits).toMatchObject([{ party: 'cap', what: 'exit', due: '2025-02-07T23:59:59.999Z' }]);
  expect(story.offered('school:SCH-A')).not.toContain('askExtension');
  story.at('2025-02-10T10:00Z').cap.recordsTheExit('ended-early');
  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'ended-early', end: '2025-02-07' });
});

test('the words name reason and impact on achievement, health and well-being (R110)', () => {
  const body = { from: 'placement', last: '2025-02-07' } as const;
  expect(neededTexts('askWithdrawal', body)).toEqual(['reason', 'impact']);
  const story = running();
  expect(story.refusal(() => story.school.does('askWithdrawal', body, ['reason']))).toMatchObject({ field: 'impact' });
  expect(story.refusal(() => story.school.does('askWithdrawal', body, null))).toMatchObject({ rule: 'R110', field: 'impact' });
});

test('a provider meets CAP and the school before it asks; a school is encouraged to talk first, and may ask without (R111, R112)', () => {
  const story = running();
  expect(story.refusal(() => story.provider.asksForWithdrawal({ last: '2025-02-07' }))).toMatchObject({
    rule: 'R111',
    field: 'discussedOn',
  });
  expect(story.refusal(() => story.provider.asksForWithdrawal({ last: '2025-02-07', discussedOn: '2025-02-04' }))).toMatchObject({
    rule: 'R111',
    field: 'discussedOn',
  });
  // Before the start was confirmed there was nothing to withdraw from.
  expect(story.refusal(() => story.provider.asksForWithdrawal({ last: '2025-02-07', discussedOn: '2020-01-31' }))).toMatchObject({
    rule: 'R111',
    field: 'discussedOn',
  });
  story.provider.asksForWithdrawal({ last: '2025-02-07', discussedOn: '2025-01-31' });
  expect(story.state.matters).toMatchObject([{ kind: 'withdrawal', by: 'provider:TP-ONE' }]);

  const bySchool = running();
  bySchool.school.asksForWithdrawal({ last: '2025-02-07', discussedOn: '2025-02-03' });
  expect(bySchool.state.matters).toMatchObject([{ by: 'school:SCH-A' }]);
});

describe('from some days of the week', () => {
  /** A course of six weeks on Tuesdays and Thursdays, from Thursday 17 September 2026 on. */
  const onTwoDays = () => {
    const story = courseOf2026(6).at('2026-09-16T10:00Z');
    story.school.asksForOtherDays({ from: '2026-09-17', weekdays: 'tue,thu' }).cap.confirmsTheChangeOfDay();
    return story;
  };
  const thursdays = { from: 'days', last: '2026-09-24', weekdays: 'tue' } as const;
  const expected = (story: Story, day: string) => expectedHalves(story.state, day, calendar2026).length;

  test('it says which days stay, and once it is processed nobody expects the student on the others (R114)', () => {
    const story = onTwoDays();
    const { end } = story.state.position as { readonly end: string };
    story.school.asksForWithdrawal(thursdays);
    expect(expected(story, '2026-10-01')).toBe(2);
    story.at('2026-09-17T10:00Z').cap.processesTheWithdrawal();
    expect(story.state.position).toMatchObject({ stage: 'placement', end });
    expect(story.offered('school:SCH-A')).toContain('askExtension');
    // The last Thursday, the Tuesday and the Thursday after it.
    expect(['2026-09-24', '2026-09-29', '2026-10-01'].map((day) => expected(story, day))).toEqual([2, 2, 0]);
    expect(story.told.slice(-2)).toEqual(['withdrawal-processed to school:SCH-A', 'withdrawal-processed to provider:TP-ONE']);
    expect(story.emails.at(-1)?.notices).toContainEqual(expect.objectContaining({ last: '2026-09-24', weekdays: 'tue' }));
  });

  test('one that is not made leaves the days as they are', () => {
    const story = onTwoDays();
    story.school.asksForWithdrawal(thursdays);
    story.cap.does('processWithdrawal', { result: 'not-withdrawn' });
    expect(expected(story, '2026-10-01')).toBe(2);
  });

  test('some of the days that were agreed stay, or half of one, and none that was not (R114)', () => {
    for (const weekdays of ['tue', 'tue,thu-am', 'thu-pm'])
      expect(onTwoDays().school.asksForWithdrawal({ ...thursdays, weekdays }).state.matters).toContainEqual(
        expect.objectContaining({ kind: 'withdrawal', weekdays }),
      );
    const story = onTwoDays();
    for (const weekdays of ['tue,thu', 'mon', 'tue,wed'])
      expect(story.refusal(() => story.school.asksForWithdrawal({ ...thursdays, weekdays }))).toMatchObject({
        ...{ rule: 'R114', field: 'weekdays' },
        message: expect.stringContaining('Tuesday, Thursday'),
      });
  });

  test('it belongs to a withdrawal from some days, and to no other', () => {
    const story = running();
    expect(story.refusal(() => story.school.asksForWithdrawal({ from: 'days', last: '2025-02-07' }))).toMatchObject({
      field: 'weekdays',
    });
    expect(story.refusal(() => story.school.asksForWithdrawal({ last: '2025-02-07', weekdays: 'tue' }))).toMatchObject({
      field: 'weekdays',
    });
  });

  test('where the programme itself has its days, a withdrawal is from the whole placement (R80)', () => {
    const story = refocusBeforeTheMultiAgencyPanel();
    story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards().school.confirmsTheStart('2025-01-27');
    story.at('2025-02-03T10:00Z');
    const some = { from: 'days', last: '2025-02-07', weekdays: 'tue' } as const;
    expect(story.refusal(() => story.school.asksForWithdrawal(some))).toMatchObject({ rule: 'R80', field: 'from' });
  });

  test('it ends no placement, though the last of the days has come when it is processed (R114)', () => {
    const story = running();
    story.school.asksForWithdrawal({ from: 'days', last: '2025-02-03', weekdays: 'tue' });
    story.at('2025-02-05T10:00Z').cap.processesTheWithdrawal('2025-02-05');
    expect(story.state.position).toMatchObject({ stage: 'placement', end: '2025-04-11' });
  });
});

test('the form says with whom it is discussed first: a host with CAP and the school (R111), a school with CAP (R112)', () => {
  const { title } = personCommands.askWithdrawal.fields.discussedOn;
  expect(title).toContain('CAP and the school');
  expect(title).not.toContain('family');
});

test('CAP enters it in CLM and Capita once it was asked for, before it is processed (R113, R114)', () => {
  const story = running();
  story.school.asksForWithdrawal({ last: '2025-02-07' });
  for (const entered of ['2025-02-04', '2025-02-02']) {
    expect(story.refusal(() => story.cap.processesTheWithdrawal(entered))).toMatchObject({ rule: 'R114', field: 'enteredOn' });
  }
  expect(story.refusal(() => story.cap.does('processWithdrawal', { result: 'processed' }))).toMatchObject({ field: 'enteredOn' });
});

test('what is settled otherwise is not made: the student stays, both sides are told, and it may be asked for again', () => {
  const story = running();
  story.school.asksForWithdrawal({ last: '2025-02-07' });
  expect(story.offered('school:SCH-A')).not.toContain('askWithdrawal');
  expect(story.refusal(() => story.provider.asksForWithdrawal({ last: '2025-02-07', discussedOn: '2025-01-31' }))).toMatchObject({
    ...{ refused: 'not-now', rule: 'R114' },
    message: 'A withdrawal is asked for already: once CAP has processed it, or said why the student stays, another can be.',
  });
  expect(story.refusal(() => story.cap.does('processWithdrawal', { result: 'not-withdrawn' }, null))).toMatchObject({
    refused: 'reason-needed',
    field: 'why',
  });
  story.cap.does('processWithdrawal', { result: 'not-withdrawn' });
  expect(story.state).toMatchObject({ position: { stage: 'placement', end: '2025-04-11' }, matters: [] });
  expect(story.offered('school:SCH-A')).toContain('askExtension');
  expect(story.told.slice(-2)).toEqual(['withdrawal-not-made to school:SCH-A', 'withdrawal-not-made to provider:TP-ONE']);
  expect(story.offered('school:SCH-A')).toContain('askWithdrawal');
});

test('its last day is one of the placement; before the start a school withdraws the application itself', () => {
  const early = placed();
  expect(early.refusal(() => early.school.asksForWithdrawal({ last: '2025-01-24' }))).toMatchObject({
    refused: 'not-now',
    rule: 'R109',
  });
  const story = running();
  for (const last of ['2025-01-10', '2025-04-12'])
    expect(story.refusal(() => story.school.asksForWithdrawal({ last }))).toMatchObject({ rule: 'R109', field: 'last' });
  // Its first and its last day are of it, and on its first day it is withdrawn from and not the application.
  for (const last of ['2025-01-13', '2025-04-11'])
    expect(placed().at('2025-01-13T08:00Z').school.asksForWithdrawal({ last }).state.matters).toHaveLength(1);
});

test('CAP is reminded of one that is not processed, for the promise is five working days', () => {
  const story = running();
  story.school.asksForWithdrawal({ last: '2025-02-07' });
  const rings = story.letTheClockRun().flatMap(({ at, did }) => (did.includes('reminded withdrawal') ? [at] : []));
  expect(rings).toEqual(['2025-02-10T23:59:59.999Z']);
  expect(calendar2024.closures.has('2025-02-10')).toBe(false);
});

test('a Refocus place is given back when the whole placement is withdrawn from (R13)', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards().school.confirmsTheStart('2025-01-27');
  story.at('2025-02-03T10:00Z').school.asksForWithdrawal({ last: '2025-02-07' });
  expect(story.state.place).not.toBeNull();
  story.at('2025-02-07T15:00Z').cap.processesTheWithdrawal();
  expect(story.state.place).toBeNull();
});
