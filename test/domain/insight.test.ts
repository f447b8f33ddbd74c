// Insight: processed as a Tier 1 course, with a well-being assessment before and after its programme (R36, R59-R61).
import { insightApplication, insightBeforeItsStart } from '../support/story';

test('an Insight application goes from the check of the pack to the provider of its course, without a panel (R59)', () => {
  const story = insightApplication({ slas: [] });
  story.at('2024-10-01T10:00Z').school.submits();
  expect(story.state).toMatchObject({ programme: 'insight@2024-25', landing: null });
  story.at('2024-10-02T10:00Z').cap.findsThePackComplete();
  expect(story.state.position).toEqual({ stage: 'interview', host: 'provider:TP-ONE', booked: null, held: null });
  expect(story.wait).toMatchObject({ party: 'school:SCH-A', what: 'interview-booking' });
});

test('it lasts as many school weeks as its course, here six over no half term (R60, C1)', () => {
  expect(insightBeforeItsStart().state.position).toMatchObject({ start: '2024-11-04', end: '2024-12-13', schoolWeeks: 6 });
});

test('the provider assesses before the programme, then after it, and is reminded of each (R61)', () => {
  const story = insightBeforeItsStart();
  const assessment = () => story.waits.find(({ what }) => what === 'assessment');
  expect(assessment()).toMatchObject({ party: 'provider:TP-ONE', subject: 'before', due: '2024-11-04T23:59:59.999Z' });
  expect(story.offered('provider:TP-ONE')).toContain('recordAssessment');
  story.at('2024-11-04T12:00Z').provider.assesses('2024-11-04', 'before');
  // Reminded on the Friday a school week before the end, told to CAP two working days after it.
  expect(assessment()).toMatchObject({ subject: 'after', due: '2024-12-13T23:59:59.999Z', next: '2024-12-06T23:59:59.999Z' });
  story.at('2024-12-13T12:00Z').provider.assesses('2024-12-12', 'after');
  expect(assessment()).toBeUndefined();
  expect(story.offered('provider:TP-ONE')).not.toContain('recordAssessment');
  expect(story.eventsOf('assessed').map(({ on, assessment: which }) => [on, which])).toEqual([
    ['2024-11-04', 'before'],
    ['2024-12-12', 'after'],
  ]);
});

test('an assessment that is not recorded is the provider to be reminded of and then CAP to hear of', () => {
  const story = insightBeforeItsStart();
  const rings = story
    .letTheClockRun()
    .flatMap(({ at, did }) => did.flatMap((each) => (each.endsWith('assessment') ? [[at, each]] : [])));
  expect(rings).toEqual([
    ['2024-11-04T23:59:59.999Z', 'reminded assessment'],
    ['2024-11-06T23:59:59.999Z', 'escalated assessment'],
  ]);
});

test('a corrected start moves the assessments with it (A24)', () => {
  const story = insightBeforeItsStart();
  story.school.does('correctStart', { start: '2024-11-11' });
  expect(story.waits.find(({ what }) => what === 'assessment')).toMatchObject({ due: '2024-11-11T23:59:59.999Z' });
});

test('both come in their order, each once, on their day or after it, from the host or CAP and nobody else', () => {
  const story = insightBeforeItsStart().at('2024-11-04T12:00Z');
  expect(story.refusal(() => story.provider.assesses('2024-11-04', 'after'))).toMatchObject({ rule: 'R61', field: 'assessment' });
  expect(story.refusal(() => story.provider.assesses('2024-11-05', 'before'))).toMatchObject({ rule: 'R61', field: 'on' });
  expect(story.refusal(() => story.provider.assesses('2024-10-07', 'before'))).toMatchObject({ rule: 'R61', field: 'on' });
  expect(story.refusal(() => story.school.assesses('2024-11-04', 'before'))).toMatchObject({ refused: 'not-yours' });
  expect(story.refusal(() => story.otherProvider.assesses('2024-11-04', 'before'))).toMatchObject({ refused: 'not-yours' });
  story.cap.assesses('2024-11-04', 'before');
  expect(story.refusal(() => story.provider.assesses('2024-11-04', 'before'))).toMatchObject({ refused: 'nothing-changed' });
  expect(story.refusal(() => story.provider.assesses('2024-11-04', 'after'))).toMatchObject({ rule: 'R61', field: 'on' });
  // The programme of six school weeks ends on Friday 13 December.
  story.at('2024-12-05T12:00Z');
  expect(story.refusal(() => story.provider.assesses('2024-12-05', 'after'))).toMatchObject({ rule: 'R61', field: 'on' });
});

test('the first is of the day on which the start was confirmed or later, the second of the last school week (R61)', () => {
  const story = insightBeforeItsStart();
  story.provider.assesses('2024-10-08', 'before').at('2024-12-06T12:00Z');
  expect(story.refusal(() => story.provider.assesses('2024-12-05', 'after'))).toMatchObject({ rule: 'R61', field: 'on' });
  story.provider.assesses('2024-12-06', 'after');
  expect(story.state.matters).toEqual([]);
});

test('assessed first in its last week, it is assessed again on a later day (R61)', () => {
  const story = insightBeforeItsStart();
  story.at('2024-12-12T12:00Z').provider.assesses('2024-12-12', 'before');
  expect(story.refusal(() => story.provider.assesses('2024-12-12', 'after'))).toMatchObject({ rule: 'R61', field: 'on' });
  story.at('2024-12-13T12:00Z').provider.assesses('2024-12-13', 'after');
});

test('an Insight placement has its exit once both are recorded; ended early it needs none (R61)', () => {
  const story = insightBeforeItsStart().at('2024-12-13T12:00Z');
  expect(story.refusal(() => story.cap.recordsTheExit('next-application'))).toMatchObject({ rule: 'R61' });
  story.provider.assesses('2024-11-04', 'before');
  expect(story.refusal(() => story.cap.recordsTheExit('home-school'))).toMatchObject({ rule: 'R61' });
  story.provider.assesses('2024-12-13', 'after').cap.recordsTheExit('next-application');
  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'next-application' });

  const short = insightBeforeItsStart().at('2024-11-20T12:00Z');
  short.cap.recordsTheExit('ended-early');
  expect([short.stage, short.state.matters]).toEqual(['closed', []]);
});

test('a programme without assessments takes none', () => {
  const story = insightApplication();
  story.at('2024-10-01T10:00Z').school.submits();
  expect(story.refusal(() => story.cap.assesses('2024-10-01', 'before'))).toMatchObject({ refused: 'not-now' });
});
