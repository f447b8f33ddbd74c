// Flourish, from submission to exit, and every way in which it can go otherwise (R62-R68).
import { flourishApplication, flourishBeforeItsPanel } from '../support/story';

test('a Flourish application runs from submission to exit', () => {
  const story = flourishApplication();

  story.at('2024-12-02T10:00Z').school.submits();
  expect(story.stage).toBe('pack-check');
  expect(story.state).toMatchObject({
    programme: 'flourish@2024-25',
    step: 1,
    landing: { cycle: '2024-25-4', cohort: '2025-01-13' },
  });
  expect(story.wait).toMatchObject({ role: 'cap', what: 'pack-check', due: '2024-12-04T23:59:59.999Z' });
  expect(story.told).toEqual(['application-to-check to cap']);

  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  expect(story.state.position).toMatchObject({
    stage: 'panel',
    panel: 'review-and-authorisation',
    meeting: { day: '2024-12-16' },
  });
  expect(story.wait).toMatchObject({ role: 'panel', what: 'panel-decision', due: '2024-12-19T23:59:59.999Z' });

  story.at('2024-12-16T14:00Z').chair.approves();
  expect(story.stage).toBe('send-pack');
  expect(story.told.slice(-2)).toEqual(['send-the-pack to cap', 'outcome to school:SCH-A']);

  story.at('2024-12-17T10:00Z').cap.sendsThePackTo('TP-ONE');
  expect(story.wait).toMatchObject({ role: 'provider', party: 'provider:TP-ONE', what: 'interview-booking' });

  story.at('2024-12-17T12:00Z').provider.booksTheInterview('2024-12-19T09:30Z');
  story.at('2024-12-19T10:30Z').provider.holdsTheInterview();
  expect(story.wait).toMatchObject({ what: 'provider-response', due: '2025-01-03T23:59:59.999Z' });

  story.at('2024-12-20T10:00Z').provider.accepts();
  expect(story.wait).toMatchObject({ role: 'school', what: 'start-date' });

  story.at('2024-12-20T12:00Z').school.confirmsTheStart('2025-01-13');
  expect(story.state.position).toMatchObject({
    stage: 'placement',
    host: 'provider:TP-ONE',
    start: '2025-01-13',
    end: '2025-04-11',
  });

  story.at('2025-02-12T15:00Z').provider.reviews('2025-02-12');
  expect(story.wait).toMatchObject({ role: 'cap', what: 'pathway-review', due: '2025-04-11T22:59:59.999Z' });
  story.at('2025-04-08T15:00Z').cap.reviewsThePathway('2025-04-08');
  expect(story.wait).toMatchObject({ role: 'cap', what: 'exit' });
  story.at('2025-04-11T15:00Z').cap.recordsTheExit('home-school');

  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'home-school', start: '2025-01-13' });
  expect(story.wait).toBeNull();
  expect(story.state.step).toBe(11);
});

test('the twelve school weeks of the April cohort are clipped to the end of the summer term', () => {
  const story = flourishApplication();
  story.at('2025-03-10T10:00Z').school.submits();
  story.at('2025-03-11T10:00Z').cap.findsThePackComplete();
  story.at('2025-03-24T14:00Z').chair.approves();
  story.cap.sendsThePackTo('TP-ONE').provider.holdsTheInterview().provider.accepts();
  story.school.confirmsTheStart('2025-04-28');
  expect(story.state.position).toMatchObject({ start: '2025-04-28', end: '2025-07-21' });
});

test('a refused application is one for which CAP explores alternatives, and which CAP closes with what was offered', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.refuses();
  expect(story.state.position).toEqual({ stage: 'alternatives', because: 'refused', declinedBy: null });
  expect(story.told).toContain('outcome to school:SCH-A');
  expect(story.told).toContain('explore-alternatives to cap');
  // Ten working days from 16 December, over Christmas and the New Year.
  expect(story.wait).toMatchObject({ role: 'cap', what: 'alternatives', due: '2025-01-02T23:59:59.999Z' });
  expect(story.refusal(() => story.cap.sendsThePackTo('TP-ONE'))).toMatchObject({ refused: 'not-now' });

  story.at('2025-01-06T10:00Z').cap.closesTheCase();
  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'closed-by-cap' });
});

test('a provider that declines gives the pack back, and CAP sends it to another', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview();
  story.at('2024-12-19T10:00Z').provider.declines('capacity');
  expect(story.state).toMatchObject({ position: { stage: 'alternatives', because: 'declined' } });
  expect(story.viewers).not.toContain('provider:TP-ONE');
  expect(story.told.slice(-2)).toEqual(['not-accepted to school:SCH-A', 'explore-alternatives to cap']);

  story.at('2024-12-20T10:00Z').cap.sendsThePackTo('TP-TWO');
  expect(story.state.position).toEqual({ stage: 'interview', host: 'provider:TP-TWO', booked: null, held: null });
  expect(story.refusal(() => story.provider.booksTheInterview('2025-01-06T10:00Z'))).toMatchObject({ refused: 'not-yours' });
  story.otherProvider.holdsTheInterview().otherProvider.accepts().school.confirmsTheStart('2025-01-13');
  expect(story.state).toMatchObject({ position: { stage: 'placement', host: 'provider:TP-TWO' } });
});

test('a response comes after the interview, with a ground exactly when it declines', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  expect(story.refusal(() => story.provider.accepts())).toMatchObject({ refused: 'not-now' });
  story.provider.holdsTheInterview();
  const { provider } = story;
  expect(story.refusal(() => provider.does('providerResponse', { result: 'decline' }))).toMatchObject({
    rule: 'A23',
    field: 'ground',
  });
  expect(story.refusal(() => provider.does('providerResponse', { result: 'accept', ground: 'need' }))).toMatchObject({
    field: 'ground',
  });
});

test('an interview is booked for a time to come, within a year, and can be moved', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  expect(story.refusal(() => story.provider.booksTheInterview('2024-12-16T13:59Z'))).toMatchObject({ field: 'at' });
  expect(story.refusal(() => story.provider.booksTheInterview('9999-12-31T23:59Z'))).toMatchObject({ field: 'at' });
  story.provider.booksTheInterview('2024-12-18T10:00Z');
  expect(story.refusal(() => story.provider.booksTheInterview('2024-12-18T10:00Z'))).toMatchObject({
    refused: 'nothing-changed',
  });
  story.cap.booksTheInterview('2024-12-19T10:00Z');
  expect(story.wait).toMatchObject({ what: 'interview-record', due: '2024-12-20T23:59:59.999Z' });
});

test('after a missed interview the provider has its days anew to book another', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.provider.booksTheInterview('2025-01-07T10:00Z');
  story.at('2025-01-07T11:00Z').provider.recordsThatNobodyCame();
  expect(story.told.at(-1)).toBe('interview-missed to school:SCH-A');
  expect(story.wait).toMatchObject({ what: 'interview-booking', due: '2025-01-14T23:59:59.999Z' });
});

test('an interview that was recorded as held by mistake is recorded as missed, until the provider has responded (A10, C30)', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.provider.booksTheInterview('2025-01-07T10:00Z').at('2025-01-07T11:00Z').provider.holdsTheInterview();
  expect(story.offered('provider:TP-ONE')).toEqual(expect.arrayContaining(['providerResponse', 'recordInterview']));
  const again = story.refusal(() => story.cap.does('recordInterview', { result: 'held' }));
  expect(again).toMatchObject({ refused: 'nothing-changed', rule: 'A10', field: 'result' });
  story.cap.does('recordInterview', { result: 'missed' });
  expect(story.state.position).toMatchObject({ stage: 'interview', host: 'provider:TP-ONE', booked: null, held: null });
  expect(story.wait).toMatchObject({ what: 'interview-booking', party: 'provider:TP-ONE' });
  expect(story.told.slice(-2)).toEqual(['interview-missed to school:SCH-A', 'interview-missed to provider:TP-ONE']);
  story.provider.booksTheInterview('2025-01-08T10:00Z').at('2025-01-08T11:00Z').provider.holdsTheInterview().provider.accepts();
  expect(story.refusal(() => story.cap.does('recordInterview', { result: 'missed' }))).toMatchObject({ refused: 'not-now' });
});

test('the pathway review comes before the exit, unless the placement ends early', () => {
  const before = flourishBeforeItsPanel();
  before.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  before.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  expect(before.refusal(() => before.cap.recordsTheExit('ended-early'))).toMatchObject({
    message: expect.stringContaining('Monday 13 January 2025'),
  });
  before.at('2025-03-03T10:00Z');
  expect(before.refusal(() => before.cap.recordsTheExit('next-application'))).toMatchObject({ rule: 'R68' });
  before.cap.reviewsThePathway('2025-03-03');
  expect(before.refusal(() => before.cap.reviewsThePathway('2025-03-03'))).toMatchObject({ refused: 'nothing-changed' });
  before.cap.recordsTheExit('next-application');
  expect(before.state.position).toMatchObject({ stage: 'closed', because: 'next-application' });
});

test('a placement that ends early needs no pathway review', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  story.at('2025-01-20T10:00Z').cap.recordsTheExit('ended-early');
  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'ended-early' });
});

test('a start is on or after the day it was agreed, and within a year', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  expect(story.refusal(() => story.school.confirmsTheStart('2024-12-17'))).toMatchObject({ field: 'start' });
  expect(story.refusal(() => story.school.confirmsTheStart('2026-01-13'))).toMatchObject({ field: 'start' });
  // Three days of that term are left, which the school knows.
  story.school.does('confirmStart', { start: '2024-12-18', shortened: true });
  expect(story.stage).toBe('placement');
});

test('an academic year without values of its own goes on with the latest', () => {
  const story = flourishApplication();
  story.at('2027-10-01T10:00Z').school.submits();
  expect(story.state.programme).toBe('flourish@2026-27');
});

test('an application in July for September is pinned to the programme of the year of its start', () => {
  const story = flourishApplication();
  story.at('2025-06-30T10:00Z').school.submits();
  expect(story.state).toMatchObject({ programme: 'flourish@2025-26', landing: { cycle: '2024-25-11' } });
});

test('an application is submitted once, by its own school', () => {
  const story = flourishApplication();
  expect(story.refusal(() => story.person('school:SCH-B').submits())).toMatchObject({ refused: 'not-yours' });
  expect(story.refusal(() => story.cap.submits())).toMatchObject({ refused: 'not-yours' });
  expect(story.refusal(() => story.cap.findsThePackComplete())).toMatchObject({ refused: 'unknown-case' });
  story.at('2024-12-02T10:00Z').school.submits();
  expect(story.refusal(() => story.school.submits())).toMatchObject({ refused: 'already-submitted' });
});

test('the pack is sent to no provider that the directory does not know', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves();
  expect(story.refusal(() => story.cap.sendsThePackTo('TP-UNKNOWN'))).toMatchObject({
    refused: 'wrong-value',
    rule: 'R103',
    field: 'provider',
  });
});
