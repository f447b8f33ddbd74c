// Other days of the week: both agree, the school asks, CAP confirms in two working days and tells both (R117-R120, R87).
import { countDays, isWeekdays, weekdaysInWords } from '../../domain/timetable';
import { flourishBeforeItsPanel, refocusBeforeTheMultiAgencyPanel, year11Application } from '../support/story';

/** A Flourish placement from 13 January to 11 April 2025, on Tuesdays and Thursdays. */
const running = () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  story.school.does('confirmStart', { start: '2025-01-13', weekdays: 'tue,thu' });
  return story.at('2025-02-03T10:00Z');
};
const daysOf = (story: ReturnType<typeof running>) =>
  story.state.position.stage === 'placement' ? (story.state.position.days ?? []) : [];

test('the days agreed with the start are kept, as many as the programme has', () => {
  expect(daysOf(running())).toEqual([{ from: null, until: null, weekdays: 'tue,thu' }]);
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  const confirm = () => story.school.does('confirmStart', { start: '2025-01-13', weekdays: 'tue,wed,thu' });
  const refusal = story.refusal(confirm);
  expect(refusal).toMatchObject({ field: 'weekdays', rule: 'R117' });
  expect(refusal.message).toContain('has 2 days a week, and these are 3');
});

test('the school asks with the day on which the host agreed; CAP confirms within two working days, and both are told (R117-R120)', () => {
  const story = running();
  story.school.asksForOtherDays({ from: '2025-02-10', weekdays: 'mon,fri' });
  expect(story.told.at(-1)).toBe('change-of-day-asked to cap');
  expect(story.waits.find(({ what }) => what === 'change-of-day')).toMatchObject({
    party: 'cap',
    due: '2025-02-05T23:59:59.999Z',
  });
  expect(daysOf(story)).toHaveLength(1);
  expect(story.refusal(() => story.school.asksForOtherDays({ from: '2025-02-10', weekdays: 'wed,fri' }))).toMatchObject({
    ...{ refused: 'not-now', rule: 'R119' },
    message: 'A change of day is asked for already: once CAP has confirmed it, or said why the days stay, another can be.',
  });
  story.cap.confirmsTheChangeOfDay();
  expect(daysOf(story).at(-1)).toEqual({ from: '2025-02-10', until: null, weekdays: 'mon,fri' });
  expect(story.told.slice(-2)).toEqual(['change-of-day-confirmed to school:SCH-A', 'change-of-day-confirmed to provider:TP-ONE']);
  expect(story.state.matters).toEqual([]);
});

test('the host agrees first, and only the school asks (R117, R118)', () => {
  const story = running();
  const ask = { from: '2025-02-10', weekdays: 'mon,fri' };
  expect(story.refusal(() => story.school.asksForOtherDays({ ...ask, hostAgreed: '2025-02-04' }))).toMatchObject({
    rule: 'R117',
    field: 'hostAgreed',
  });
  // The start was confirmed on 18 December: before it there were no days to change.
  expect(story.refusal(() => story.school.asksForOtherDays({ ...ask, hostAgreed: '2024-12-17' }))).toMatchObject({
    rule: 'R117',
    field: 'hostAgreed',
  });
  expect(story.refusal(() => story.provider.asksForOtherDays(ask))).toMatchObject({ refused: 'not-yours' });
  expect(story.refusal(() => story.school.does('askChangeOfDay', { ...ask, hostAgreed: '2025-02-03' }, null))).toMatchObject({
    field: 'impact',
  });
});

test('days change ahead and within the placement, to others than there are, and as many as the programme has', () => {
  const story = running();
  const wrong = (body: { from: string; weekdays: string; until?: string }) =>
    story.refusal(() => story.school.asksForOtherDays(body));
  expect(wrong({ from: '2025-01-31', weekdays: 'mon,fri' })).toMatchObject({ field: 'from' });
  expect(wrong({ from: '2025-04-14', weekdays: 'mon,fri' })).toMatchObject({ field: 'from' });
  expect(wrong({ from: '2025-02-10', weekdays: 'mon,fri', until: '2025-02-09' })).toMatchObject({ field: 'until' });
  expect(wrong({ from: '2025-02-10', weekdays: 'tue,thu' })).toMatchObject({ refused: 'nothing-changed' });
  expect(wrong({ from: '2025-02-10', weekdays: 'mon' })).toMatchObject({ field: 'weekdays' });
  expect(wrong({ from: '2025-02-10', weekdays: 'mon,fri', until: '2025-04-12' })).toMatchObject({ field: 'until' });
  // Before the start comes no day of the placement changes.
  const early = flourishBeforeItsPanel();
  early.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  early.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  const ask = (from: string) => early.school.asksForOtherDays({ from, weekdays: 'mon,fri', hostAgreed: '2024-12-18' });
  expect(early.refusal(() => ask('2025-01-10'))).toMatchObject({ rule: 'R117', field: 'from' });
  ask('2025-01-13');
  // A single day is a change, and the last of the placement may be the one on which they change back.
  for (const [from, until] of [
    ['2025-02-10', '2025-02-10'],
    ['2025-02-10', '2025-04-11'],
    ['2025-04-11', '2025-04-11'],
  ] as const) {
    const other = running().school.asksForOtherDays({ from, until, weekdays: 'mon,fri' });
    expect(other.state.matters).toHaveLength(1);
  }
});

test('what was agreed for a time may be agreed for longer, on the same days (R117)', () => {
  const story = running();
  story.school.asksForOtherDays({ from: '2025-02-10', until: '2025-03-14', weekdays: 'mon,fri' });
  story.cap.confirmsTheChangeOfDay().school.asksForOtherDays({ from: '2025-02-10', until: '2025-03-21', weekdays: 'mon,fri' });
  story.cap.confirmsTheChangeOfDay();
  expect(daysOf(story).at(-1)).toMatchObject({ until: '2025-03-21' });
});

test('CAP enters it in CLM and Capita first, or says why the days stay (R119)', () => {
  const story = running();
  story.school.asksForOtherDays({ from: '2025-02-10', weekdays: 'mon,fri' });
  for (const entered of ['2025-02-04', '2025-02-02']) {
    expect(story.refusal(() => story.cap.confirmsTheChangeOfDay(entered))).toMatchObject({ rule: 'R119', field: 'enteredOn' });
  }
  expect(story.refusal(() => story.cap.does('confirmChangeOfDay', { result: 'not-changed' }, null))).toMatchObject({
    field: 'why',
  });
  story.cap.does('confirmChangeOfDay', { result: 'not-changed' });
  expect([daysOf(story).length, story.state.matters]).toEqual([1, []]);
  expect(story.told.at(-1)).toBe('change-of-day-not-made to provider:TP-ONE');
});

test('a programme that says its days keeps them: Refocus has its Mondays at the home school (R80)', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards().school.confirmsTheStart('2025-01-27');
  expect(story.refusal(() => story.school.asksForOtherDays({ from: '2025-02-03', weekdays: 'mon,tue,wed,thu' }))).toMatchObject({
    rule: 'R80',
  });
});

test('Year 11 has a third day for twelve school weeks at most, counted over all its changes (R87)', () => {
  const story = year11Application({ course: { code: 'Y11-WORKSHOP', provider: 'TP-ONE', schoolWeeks: 24 } });
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.approves().school.does('confirmStart', { start: '2025-01-06', weekdays: 'mon,tue' });
  story.at('2025-01-06T10:00Z');
  const third = { from: '2025-01-13', weekdays: 'mon,tue,wed' };
  expect(story.refusal(() => story.school.asksForOtherDays(third))).toMatchObject({ rule: 'R87', field: 'until' });
  expect(story.refusal(() => story.school.asksForOtherDays({ ...third, weekdays: 'mon,tue,wed,thu' }))).toMatchObject({
    ...{ rule: 'R87', field: 'weekdays' },
    message: expect.stringContaining('up to 2 days a week, or one more for a time') as string,
  });
  // Eight school weeks, for the week of 17 February is a holiday.
  story.school.asksForOtherDays({ ...third, until: '2025-03-14' });
  story.cap.confirmsTheChangeOfDay();
  story.at('2025-03-17T10:00Z');
  const again = (until: string) => story.school.asksForOtherDays({ from: '2025-03-17', until, weekdays: 'mon,tue,fri' });
  // Four weeks more end on 11 April; the next is after the holidays.
  expect(story.refusal(() => again('2025-05-02'))).toMatchObject({
    ...{ rule: 'R87', field: 'until' },
    message: expect.stringContaining('makes 13') as string,
  });
  again('2025-04-11');
});

test('Year 11 is up to two days a week: one is enough, from the start or from a change on (R85)', () => {
  const story = year11Application();
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.approves();
  const confirm = (weekdays: string) => story.school.does('confirmStart', { start: '2025-01-06', weekdays });
  expect(story.refusal(() => confirm('mon,tue,wed'))).toMatchObject({ rule: 'R87', field: 'weekdays' });
  confirm('mon');
  story.at('2025-01-06T10:00Z').school.asksForOtherDays({ from: '2025-01-13', weekdays: 'mon,tue' });
  story.cap.confirmsTheChangeOfDay().school.asksForOtherDays({ from: '2025-01-20', weekdays: 'tue-am' });
  story.cap.confirmsTheChangeOfDay();
  expect(daysOf(story).map(({ weekdays }) => weekdays)).toEqual(['mon', 'mon,tue', 'tue-am']);
});

/** A course of 24 weeks from 6 January 2025, on Mondays and Tuesdays, with a third day from 13 January on. */
const withAThirdDay = (until: string) => {
  const story = year11Application({ course: { code: 'Y11-WORKSHOP', provider: 'TP-ONE', schoolWeeks: 24 } });
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.approves().school.does('confirmStart', { start: '2025-01-06', weekdays: 'mon,tue' });
  story.at('2025-01-06T10:00Z').school.asksForOtherDays({ from: '2025-01-13', until, weekdays: 'mon,tue,wed' });
  story.cap.confirmsTheChangeOfDay();
  return story.at('2025-02-03T10:00Z');
};

test('a third day that moves to another day of the week is in the same weeks: they are counted once (R87)', () => {
  // Twelve school weeks to 11 April, for the week of 17 February is a holiday.
  const story = withAThirdDay('2025-04-11');
  story.school.asksForOtherDays({ from: '2025-02-10', until: '2025-04-11', weekdays: 'mon,tue,fri' });
  story.cap.confirmsTheChangeOfDay();
  expect(daysOf(story).at(-1)).toEqual({ from: '2025-02-10', until: '2025-04-11', weekdays: 'mon,tue,fri' });
  // A thirteenth week is one too many, whatever its days.
  expect(
    story.refusal(() => story.school.asksForOtherDays({ from: '2025-04-28', until: '2025-05-02', weekdays: 'mon,tue,wed' })),
  ).toMatchObject({ rule: 'R87', field: 'until', message: expect.stringContaining('makes 13') as string });
});

test('a third day that is given up early has weeks left for later (R87)', () => {
  const story = withAThirdDay('2025-04-11');
  // Four weeks with it, to 7 February; then two days a week again.
  story.school.asksForOtherDays({ from: '2025-02-10', weekdays: 'mon,tue' });
  story.cap.confirmsTheChangeOfDay();
  const again = (until: string) => story.school.asksForOtherDays({ from: '2025-04-28', until, weekdays: 'mon,tue,wed' });
  // Eight more: from 28 April to 27 June, the week of 26 May left out.
  expect(story.refusal(() => again('2025-06-30'))).toMatchObject({
    ...{ rule: 'R87', field: 'until' },
    message: expect.stringContaining('makes 13') as string,
  });
  again('2025-06-27');
});

test('days of the week are written in their order, each once', () => {
  const right = ['mon', 'tue,thu', 'mon,fri-am', 'wed-pm', 'mon,tue,wed,thu,fri'];
  const wrong = ['', 'thu,tue', 'mon,mon', 'mon-am,mon-pm', 'sat', 'mon,', 'Mon', 'mon tue', 'mon-noon'];
  expect([...right, ...wrong].filter(isWeekdays)).toEqual(right);
  expect([countDays('mon,fri-am'), weekdaysInWords('tue,fri-am')]).toEqual([1.5, 'Tuesday, Friday morning']);
});
