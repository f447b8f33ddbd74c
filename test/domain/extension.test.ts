// A placement goes on for longer: school or host asks with the other's agreement, and CAP decides.
import type { OtherCase } from '../../domain/facts';
import { programmeFor } from '../../domain/programmes';
import { placementIn } from '../../domain/route';
import { courseOf2026, flourishBeforeItsPanel, tier1Application } from '../support/story';

/** A Tier 1 course of six school weeks from 6 January to 14 February 2025. */
const running = () => {
  const story = tier1Application();
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-06');
  return story.at('2025-01-20T10:00Z');
};
const ask = (end: string, otherAgreed = '2025-01-17') => ['askExtension', { end, otherAgreed }] as const;

test('school or host asks, CAP decides within five working days, and both are told the new end', () => {
  const story = running();
  expect(story.state.position).toMatchObject({ end: '2025-02-14', schoolWeeks: 6 });
  story.provider.does(...ask('2025-03-14'));
  expect(story.told.at(-1)).toBe('extension-asked to cap');
  expect(story.waits.find(({ what }) => what === 'extension')).toMatchObject({ party: 'cap', due: '2025-01-27T23:59:59.999Z' });
  story.cap.does('decideExtension', { result: 'extended' });
  // Three school weeks more: that of 17 February is a holiday.
  expect(story.state).toMatchObject({ position: { end: '2025-03-14', schoolWeeks: 9 }, matters: [] });
  expect(story.told.slice(-2)).toEqual(['extended to school:SCH-A', 'extended to provider:TP-ONE']);
});

test('a withdrawal in between stands: an extension that was asked for before it moves no end any more', () => {
  const story = running();
  story.provider.does(...ask('2025-03-14'));
  story.school.asksForWithdrawal({ last: '2025-01-31' });
  story.cap.processesTheWithdrawal();
  expect(story.refusal(() => story.cap.does('decideExtension', { result: 'extended' }))).toMatchObject({ field: 'result' });
  story.cap.does('decideExtension', { result: 'not-extended' });
  expect(story.state.position).toMatchObject({ stage: 'placement', end: '2025-01-31' });
});

test('a start that is corrected meanwhile to end on that day, or later, leaves nothing to extend', () => {
  const story = tier1Application();
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-06');
  story.at('2024-12-18T10:00Z').provider.does(...ask('2025-03-07', '2024-12-18'));
  // Six school weeks from 27 January, that of 17 February left out, end on 14 March.
  story.school.does('correctStart', { start: '2025-01-27' });
  expect(story.state.position).toMatchObject({ end: '2025-03-14' });
  const extended = () => story.cap.does('decideExtension', { result: 'extended' });
  expect(story.refusal(extended)).toMatchObject({ refused: 'wrong-value', field: 'result' });
  story.school.does('correctStart', { start: '2025-01-20' });
  expect(story.state.position).toMatchObject({ end: '2025-03-07' });
  expect(story.refusal(extended)).toMatchObject({ refused: 'wrong-value', field: 'result' });
  story.cap.does('decideExtension', { result: 'not-extended' });
});

test('it is held against what was agreed elsewhere, when it is asked for and again when CAP decides (A11)', () => {
  const others: OtherCase[] = [];
  const story = tier1Application({ otherCases: others });
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.provider.holdsTheInterview().provider.accepts();
  story.school.does('confirmStart', { start: '2025-01-06', weekdays: 'tue' }).at('2025-01-20T10:00Z');
  const phases = placementIn(programmeFor('insight', '2024-25').route).phases;
  const days = [{ from: null, until: null, weekdays: 'tue' }];
  const placement = { start: '2025-02-24', end: '2025-04-04', phases, courseWeeks: 6, days };
  const other: OtherCase = { reference: 'CAP-2024-AAAAAA', programme: 'insight', host: 'provider:TP-TWO', placement };
  story.school.does(...ask('2025-03-14'));
  others.push(other);
  expect(story.refusal(() => story.cap.does('decideExtension', { result: 'extended' }))).toMatchObject({
    rule: 'A11',
    field: 'result',
  });
  story.cap.does('decideExtension', { result: 'not-extended' });
  expect(story.refusal(() => story.school.does(...ask('2025-03-14')))).toMatchObject({ rule: 'A11', field: 'end' });
});

test('what is not extended ends as it did, with the reasons, and may be asked for again', () => {
  const story = running();
  story.school.does(...ask('2025-03-14'));
  expect(story.refusal(() => story.school.does(...ask('2025-03-14')))).toMatchObject({
    refused: 'not-now',
    message: 'An extension is asked for already: once CAP has decided on it, another can be.',
  });
  expect(story.refusal(() => story.cap.does('decideExtension', { result: 'not-extended' }, null))).toMatchObject({
    field: 'reasons',
  });
  story.cap.does('decideExtension', { result: 'not-extended' });
  expect(story.state.position).toMatchObject({ end: '2025-02-14' });
  expect(story.told.slice(-2)).toEqual(['not-extended to school:SCH-A', 'not-extended to provider:TP-ONE']);
  expect(story.offered('school:SCH-A')).toContain('askExtension');
});

test.each([
  ['2025-02-14', '2025-01-17', 'end', 'the end that it has'],
  ['2025-03-15', '2025-01-17', 'end', 'a Saturday'],
  ['2025-02-19', '2025-01-17', 'end', 'a day in the holidays'],
  ['2027-03-15', '2025-01-17', 'end', 'a day beyond the terms that are known'],
  ['2025-03-14', '2025-01-21', 'otherAgreed', 'before the other side agreed'],
  ['2025-03-14', '2024-12-01', 'otherAgreed', 'agreed to before there was a placement'],
])('%s, agreed on %s, is no extension (%s): %s', (end, otherAgreed, field, _why) => {
  const story = running();
  expect(story.refusal(() => story.school.does(...ask(end, otherAgreed)))).toMatchObject({ refused: 'wrong-value', field });
});

test('it needs its words, and is for a placement alone', () => {
  const story = running();
  expect(
    story.refusal(() => story.school.does('askExtension', { end: '2025-03-14', otherAgreed: '2025-01-17' }, null)),
  ).toMatchObject({
    refused: 'reason-needed',
    field: 'reason',
  });
  const early = flourishBeforeItsPanel();
  expect(early.refusal(() => early.school.does(...ask('2025-03-14', '2024-12-01')))).toMatchObject({ refused: 'not-now' });
});

test('the reviews and the report of the term follow the new end', () => {
  const story = courseOf2026(6).at('2026-10-01T10:00Z');
  const report = () => story.waits.find(({ subject }) => subject === 'termly-report')?.due.slice(0, 10);
  expect(report()).toBe('2026-10-23');
  story.school.does(...ask('2026-12-04', '2026-09-30')).cap.does('decideExtension', { result: 'extended' });
  expect(report()).toBe('2026-12-04');
});

/** Before its first session on 6 January 2025: the course of six school weeks goes on for three more. */
const extendedBeforeItsStart = () => {
  const story = tier1Application();
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-06');
  return story.school.does(...ask('2025-03-14', '2024-12-02')).cap.does('decideExtension', { result: 'extended' });
};

test('a start that is corrected keeps the extension: the placement ends on the day that CAP decided, with the weeks to it', () => {
  const story = extendedBeforeItsStart();
  expect(story.state.position).toMatchObject({ start: '2025-01-06', end: '2025-03-14', schoolWeeks: 9 });
  story.school.does('correctStart', { start: '2025-01-13' });
  expect(story.state.position).toMatchObject({ start: '2025-01-13', end: '2025-03-14', schoolWeeks: 8 });
  // From there on again: what was decided is not forgotten with the second correction.
  story.school.does('correctStart', { start: '2025-01-06' });
  expect(story.state.position).toMatchObject({ start: '2025-01-06', end: '2025-03-14', schoolWeeks: 9 });
});

test('a start that is corrected so far that its own weeks end later than the extension ends with its weeks', () => {
  const story = extendedBeforeItsStart();
  story.school.does('correctStart', { start: '2025-02-10' });
  // Six school weeks from 10 February, the half-term left out.
  expect(story.state.position).toMatchObject({ start: '2025-02-10', end: '2025-03-28', schoolWeeks: 6 });
});
