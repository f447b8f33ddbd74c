// The clock of a case: it reminds whom the case waits for, then escalates to CAP, then rests. It never decides (A10).
import { flourishApplication, flourishBeforeItsPanel, refocusApplication, tier1Application, type Story } from '../support/story';

const atInterview = () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  return story;
};

test('the check of the pack: CAP is reminded when it is due and again two working days later, and then the clock rests', () => {
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  expect(story.letTheClockRun()).toEqual([
    { at: '2024-12-04T23:59:59.999Z', did: ['reminded pack-check'] },
    { at: '2024-12-06T23:59:59.999Z', did: ['escalated pack-check'] },
  ]);
  expect(story.stage).toBe('pack-check');
  expect(story.wait).toMatchObject({ what: 'pack-check', next: null });
  expect(story.told.slice(-2)).toEqual(['reminder of pack-check to cap', 'escalation of pack-check to cap']);
});

test('the panel is reminded a working day before the promise to the school would be broken, and CAP is told when it is', () => {
  const story = flourishBeforeItsPanel();
  expect(story.letTheClockRun()).toEqual([
    { at: '2024-12-18T23:59:59.999Z', did: ['reminded panel-decision'] },
    { at: '2024-12-19T23:59:59.999Z', did: ['escalated panel-decision'] },
  ]);
  expect(story.told.slice(-2)).toEqual([
    'reminder of panel-decision to panel:review-and-authorisation',
    'escalation of panel-decision to cap',
  ]);
  expect(story.stage).toBe('panel');
});

const waits: readonly [string, string, (story: Story) => unknown, string][] = [
  ['a corrected pack', 'corrected-pack', (story) => story.cap.returnsThePack(), 'school:SCH-A'],
  ['a cycle', 'panel-cycle', (story) => story.plan({ cycles: [] }).cap.findsThePackComplete(), 'cap'],
];

test.each(waits)('%s that does not come: the clock reminds, escalates and rests', (_name, what, arrive, party) => {
  const story = flourishApplication({ cycles: [] });
  story.at('2024-12-02T10:00Z').school.submits();
  arrive(story);
  const { stage } = story;
  expect(story.letTheClockRun().map(({ did }) => did)).toEqual([[`reminded ${what}`], [`escalated ${what}`]]);
  expect(story.told.slice(-2)).toEqual([`reminder of ${what} to ${party}`, `escalation of ${what} to cap`]);
  expect(story.stage).toBe(stage);
});

test('every wait on the way to a placement reminds the one it waits for, escalates, rests, and leaves the case where it is', () => {
  const story = flourishBeforeItsPanel();
  const steps: readonly [string, string, () => unknown][] = [
    ['pack-to-be-sent', 'cap', () => story.at('2024-12-16T14:00Z').chair.approves()],
    ['interview-booking', 'provider:TP-ONE', () => story.cap.sendsThePackTo('TP-ONE')],
    ['interview-record', 'provider:TP-ONE', () => story.provider.booksTheInterview('2025-02-03T10:00Z')],
    ['provider-response', 'provider:TP-ONE', () => story.provider.holdsTheInterview()],
    ['alternatives', 'cap', () => story.provider.declines('risk')],
    ['interview-booking', 'provider:TP-TWO', () => story.cap.sendsThePackTo('TP-TWO')],
    ['start-date', 'school:SCH-A', () => story.otherProvider.holdsTheInterview().otherProvider.accepts()],
  ];
  for (const [what, party, happens] of steps) {
    happens();
    const { position, step } = story.state;
    expect(story.letTheClockRun().map(({ did }) => did)).toEqual([[`reminded ${what}`], [`escalated ${what}`]]);
    expect(story.told.slice(-2)).toEqual([`reminder of ${what} to ${party}`, `escalation of ${what} to cap`]);
    expect(story.state).toMatchObject({ position, step: step + 2 });
  }
});

test('onboarding that is not recorded: the AP Academy is reminded, then CAP is told', () => {
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.at('2024-12-17T10:00Z').chair.approves().secondChair.approves();
  expect(story.letTheClockRun()).toEqual([
    { at: '2024-12-24T23:59:59.999Z', did: ['reminded onboarding'] },
    { at: '2024-12-30T23:59:59.999Z', did: ['escalated onboarding'] },
  ]);
  expect(story.told).toContain('reminder of onboarding to provider:AP-ACADEMY');
});

test('the provider has 15 days to respond after the interview (A10)', () => {
  const story = atInterview();
  story.at('2024-12-17T10:00Z').provider.holdsTheInterview();
  expect(story.wait).toMatchObject({ what: 'provider-response', due: '2025-01-01T23:59:59.999Z' });
});

test('a clock that rings too early, or for a step that has moved on, is told that nothing is due', () => {
  const story = flourishBeforeItsPanel();
  expect(story.refusal(() => story.theClockRings())).toMatchObject({ refused: 'not-due' });
  story.at('2024-12-18T23:59:59.999Z').theClockRings();
  expect(story.refusal(() => story.theClockRings())).toMatchObject({ refused: 'not-due' });
});

test('a clock that was asleep reminds and escalates one by one, never twice the same', () => {
  const story = flourishBeforeItsPanel();
  story.at('2025-01-20T10:00Z');
  expect(story.letTheClockRun().map(({ did }) => did)).toEqual([['reminded panel-decision'], ['escalated panel-decision']]);
});

test('reasons that are owed have a clock of their own, which reminds before the promise of three working days breaks (R71)', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves({ withoutWords: true });
  expect(story.letTheClockRun()).toEqual([
    { at: '2024-12-18T23:59:59.999Z', did: ['reminded pack-to-be-sent', 'reminded reasons'] },
    { at: '2024-12-19T23:59:59.999Z', did: ['escalated reasons'] },
    { at: '2024-12-20T23:59:59.999Z', did: ['escalated pack-to-be-sent'] },
  ]);
});

test('an e-mail that could not be delivered is for CAP to act on within a working day, until it says how the reader was told', () => {
  const story = flourishBeforeItsPanel();
  const email = `${story.reference}.3.outcome.school-SCH-A`;
  story.at('2024-12-16T14:00Z').chair.approves();
  story.at('2024-12-17T14:00Z').person('system').does('emailUndelivered', { email });
  expect(story.waits).toContainEqual(
    expect.objectContaining({ party: 'cap', what: 'undelivered-email', subject: email, due: '2024-12-18T23:59:59.999Z' }),
  );
  expect(story.refusal(() => story.cap.does('settleEmail', { email: 'another' }, ['how']))).toMatchObject({ field: 'email' });
  story.cap.does('settleEmail', { email }, ['how']);
  expect(story.waits.map(({ what }) => what)).toEqual(['pack-to-be-sent']);
});

test.each(['before the case closes', 'after it has closed'])(
  'an e-mail that is found undelivered %s stays with CAP until it says how the reader was told',
  (when) => {
    const story = flourishBeforeItsPanel();
    const email = `${story.reference}.1.application-received.school-SCH-A`;
    const bounces = () => story.at('2024-12-05T10:00Z').person('system').does('emailUndelivered', { email });
    if (when === 'before the case closes') bounces();
    story.at('2024-12-05T10:00Z').cap.closesTheCase();
    if (when === 'after it has closed') bounces();
    // Its process has ended, and no clock runs: it stands in CAP's list and is reminded of no more.
    expect(story.waits).toEqual([
      { party: 'cap', role: 'cap', what: 'undelivered-email', subject: email, due: '2024-12-06T23:59:59.999Z', next: null },
    ]);
    expect(story.refusal(() => story.theClockRings())).toMatchObject({ refused: 'not-now' });
    expect(story.offered('cap')).toEqual(['settleEmail']);
    expect(story.offered('school:SCH-A', 'provider:TP-ONE')).toEqual([]);
    story.cap.does('settleEmail', { email }, ['how']);
    expect(story.waits).toEqual([]);
    expect(story.offered('cap')).toEqual([]);
  },
);

test('an e-mail to CAP itself that could not be delivered opens nothing: no reminder of it would arrive either', () => {
  const story = flourishBeforeItsPanel();
  story.person('system').does('emailUndelivered', { email: `${story.reference}.1.application-to-check.cap` });
  expect(story.state.matters).toEqual([]);
});

test('giving the reasons does not wake the clock of the stage, which has done its work', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves({ withoutWords: true });
  story.letTheClockRun();
  story.chair.givesReasons();
  expect(story.wait).toMatchObject({ what: 'pack-to-be-sent', next: null });
});

test('the next decision that lacks its reasons has its own reminders', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.defers({ withoutWords: true });
  story.at('2025-01-20T10:00Z').theClockRings();
  story.theClockRings();
  story.chair.givesReasons();
  story.at('2025-01-27T14:00Z').chair.approves({ withoutWords: true });
  expect(story.letTheClockRun().flatMap(({ did }) => did)).toEqual(
    expect.arrayContaining(['reminded reasons', 'escalated reasons']),
  );
});

test('a stage that is left takes its reminders with it, those of owed reasons go on', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves({ withoutWords: true });
  story.at('2024-12-20T10:00Z').theClockRings();
  const [owed] = story.state.matters;
  expect(story.state.nudges).toEqual({ 'pack-to-be-sent': 1, [`reasons:${owed?.subject ?? ''}`]: 1 });
  story.cap.sendsThePackTo('TP-ONE');
  expect(story.state.nudges).toEqual({ [`reasons:${owed?.subject ?? ''}`]: 1 });
});

test('reviews: at least one every half term, the provider is reminded a school week before, CAP is told on the day (A1)', () => {
  const story = tier1Application({ course: { code: 'T1-CONSTRUCTION', provider: 'TP-ONE', schoolWeeks: 38 } });
  story.at('2024-09-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2024-09-02');
  const due: (string | undefined)[] = [];
  for (const on of ['2024-10-21', '2024-12-16', '2025-02-10', '2025-04-07', '2025-05-19', '2025-07-07']) {
    expect(story.wait).toMatchObject({ role: 'provider', what: 'review' });
    due.push(story.wait?.due.slice(0, 10));
    story.at(`${on}T12:00Z`).provider.reviews(on);
  }
  expect(due).toEqual(['2024-10-25', '2024-12-20', '2025-02-14', '2025-04-11', '2025-05-23', '2025-07-11']);
  expect(story.wait).toMatchObject({ what: 'exit', due: '2025-07-11T22:59:59.999Z' });
});

test('a review that is not held: reminder a school week before, escalation on the day, then silence', () => {
  const story = atInterview();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  expect(story.letTheClockRun()).toEqual([
    { at: '2025-02-07T23:59:59.999Z', did: ['reminded review'] },
    { at: '2025-02-14T23:59:59.999Z', did: ['escalated review'] },
  ]);
  story.at('2025-03-03T10:00Z').provider.reviews('2025-03-03');
  expect(story.wait).toMatchObject({ what: 'pathway-review', next: '2025-04-04T22:59:59.999Z' });
});

test('a pathway review that is not held: CAP is reminded a school week before the end, and told again on the day (R68)', () => {
  const story = atInterview();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  story.at('2025-03-03T10:00Z').provider.reviews('2025-03-03');
  expect(story.letTheClockRun()).toEqual([
    { at: '2025-04-04T22:59:59.999Z', did: ['reminded pathway-review'] },
    { at: '2025-04-11T22:59:59.999Z', did: ['escalated pathway-review'] },
  ]);
});

test('a review on the day of the start counts', () => {
  const story = atInterview();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  story.at('2025-01-13T15:00Z').provider.reviews('2025-01-13');
  expect(story.state.position).toMatchObject({ lastReview: '2025-01-13' });
});

test('reviews are recorded on their day or after, not before the start, in their order', () => {
  const story = atInterview();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  expect(story.refusal(() => story.provider.reviews('2025-01-13'))).toMatchObject({ rule: 'A1', field: 'on' });
  story.at('2025-02-10T10:00Z');
  expect(story.refusal(() => story.provider.reviews('2025-01-12'))).toMatchObject({
    message: expect.stringContaining('Monday 13 January 2025'),
  });
  story.provider.reviews('2025-02-10');
  expect(story.refusal(() => story.provider.reviews('2025-02-09'))).toMatchObject({
    message: expect.stringContaining('Monday 10 February 2025'),
  });
});

test('one review is recorded once, though host and CAP both have its day before them; the pathway review of that day is another', () => {
  const story = atInterview();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  story.at('2025-02-10T10:00Z').provider.reviews('2025-02-10');
  expect(story.refusal(() => story.cap.reviews('2025-02-10'))).toMatchObject({
    ...{ refused: 'nothing-changed', rule: 'A1', field: 'on' },
    message: expect.stringContaining('Monday 10 February 2025'),
  });
  story.cap.reviewsThePathway('2025-02-10');
  expect(story.refusal(() => story.provider.reviews('2025-02-10'))).toMatchObject({ refused: 'nothing-changed' });
});

test('a second review is recorded of the same day where one was called after the first', () => {
  const story = atInterview();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  story.at('2025-02-10T10:00Z').provider.reviews('2025-02-10');
  story.school.does('callMeeting', { about: 'review', at: '2025-02-10T14:00:00.000Z' });
  story.at('2025-02-10T15:00Z').cap.reviews('2025-02-10');
  expect(story.state.matters).not.toContainEqual(expect.objectContaining({ kind: 'called-meeting' }));
});
