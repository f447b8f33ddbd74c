// A placement starts with a plan, an off-site direction after a notice to the parents (A2, A3). Both from 2026-27 on.
import { programmeCodes, programmeFor } from '../../domain/programmes';
import { placementIn } from '../../domain/route';
import { applicationOf2026, insightBeforeItsStart, refocusOf2026, sampleStudent, type Story } from '../support/story';

const plan = ['objectives', 'measures', 'reintegration'];

/** The starts whose notice is still to come. */
const notices = (story: Story) => story.state.matters.flatMap(({ kind, subject }) => (kind === 'notice' ? [subject] : []));

/** A Tier 1 course whose provider has accepted, in September 2026. */
function accepted() {
  const story = applicationOf2026({
    programme: 'tier-1-course',
    course: { code: 'T1-BICYCLES', provider: 'TP-ONE', schoolWeeks: 6 },
  });
  story.at('2026-09-07T10:00Z').school.submits();
  story.at('2026-09-08T10:00Z').cap.findsThePackComplete();
  return story.at('2026-09-09T10:00Z').provider.holdsTheInterview().provider.accepts();
}

test('every programme of 2026-27 starts with a plan; Supported Transfer and Refocus are off-site directions (A2, A3)', () => {
  const placements = (year: string) => programmeCodes.map((code) => placementIn(programmeFor(code, year).route));
  expect(placements('2026-27').every((placement) => placement.plan)).toBe(true);
  expect(programmeCodes.filter((code) => placementIn(programmeFor(code, '2026-27').route).notice)).toEqual([
    'refocus',
    'supported-transfer',
  ]);
  expect(placements('2025-26').some((placement) => placement.plan ?? placement.notice)).toBe(false);
});

test('a start is not confirmed without objectives, measures and the way back (A2)', () => {
  const story = accepted();
  const confirm = (texts: readonly string[] | null) => () =>
    story.school.does('confirmStart', { start: '2026-09-14', weekdays: 'tue' }, texts);
  for (const missing of plan) {
    const texts = plan.filter((name) => name !== missing);
    expect(story.refusal(confirm(texts))).toMatchObject({ refused: 'reason-needed', rule: 'A2', field: missing });
  }
  expect(story.refusal(confirm(null))).toMatchObject({ rule: 'A2' });
  confirm(plan)();
  expect(story.state.position).toMatchObject({ stage: 'placement', days: [{ weekdays: 'tue' }] });
});

test('nor without its timetable, unless the programme has it already (A2, R80)', () => {
  const story = accepted();
  const withoutDays = () => story.school.does('confirmStart', { start: '2026-09-14' }, plan);
  expect(story.refusal(withoutDays)).toMatchObject({ rule: 'A2', field: 'weekdays' });
  expect(refocusOf2026().stage).toBe('placement');
});

test('a case of 2024-25 goes on by the values that it is pinned to: it needs no plan (C6)', () => {
  expect(insightBeforeItsStart().stage).toBe('placement');
});

test('the parents get notice two school days before the start: the home school gives it, and is reminded (A3)', () => {
  const story = refocusOf2026();
  // Monday 5 October: two school days before it is Thursday 1 October, to the end of that day in London's summer time.
  expect(story.waits.find(({ what }) => what === 'notice')).toMatchObject({
    party: 'school:SCH-A',
    due: '2026-10-01T22:59:59.999Z',
  });
  story.at('2026-09-29T10:00Z').school.does('recordNotice', { sentOn: '2026-09-29', laCopied: '2026-09-29' });
  expect(notices(story)).toEqual([]);
  expect(story.eventsOf('noticeSent')).toMatchObject([{ on: '2026-09-29' }]);
});

test('a notice is recorded with its words, on its day or after it, and after the start was confirmed (A3)', () => {
  const story = refocusOf2026().at('2026-09-29T10:00Z');
  const record = (sentOn: string, texts?: null) => () => story.school.does('recordNotice', { sentOn }, texts);
  expect(story.refusal(record('2026-09-29', null))).toMatchObject({ refused: 'reason-needed', field: 'notice' });
  expect(story.refusal(record('2026-09-30'))).toMatchObject({ rule: 'A3', field: 'sentOn' });
  expect(story.refusal(record('2026-09-25'))).toMatchObject({ rule: 'A3', field: 'sentOn' });
  for (const laCopied of ['2026-09-30', '2026-09-25']) {
    expect(story.refusal(() => story.school.does('recordNotice', { sentOn: '2026-09-29', laCopied }))).toMatchObject({
      field: 'laCopied',
    });
  }
  // The day on which the start was confirmed is the first that it can be of.
  story.school.does('recordNotice', { sentOn: '2026-09-28', laCopied: '2026-09-28' });
  expect(story.eventsOf('noticeSent')).toMatchObject([{ on: '2026-09-28' }]);
});

test('of a student with an EHCP the local authority has a copy of the notice before it is recorded; of any other it need not (A3)', () => {
  const withPlan = refocusOf2026({ student: { ...sampleStudent, ehcp: true } }).at('2026-09-29T10:00Z');
  const sentOn = '2026-09-29';
  expect(withPlan.refusal(() => withPlan.school.does('recordNotice', { sentOn }))).toMatchObject({
    rule: 'A3',
    field: 'laCopied',
  });
  withPlan.school.does('recordNotice', { sentOn, laCopied: '2026-09-29' });
  expect(notices(withPlan)).toEqual([]);
  const without = refocusOf2026().at('2026-09-29T10:00Z');
  without.school.does('recordNotice', { sentOn });
  expect(notices(without)).toEqual([]);
});

test('a corrected start needs a notice of its own (A3, A24)', () => {
  const story = refocusOf2026();
  story.at('2026-09-29T10:00Z').school.does('recordNotice', { sentOn: '2026-09-29' });
  story.school.does('correctStart', { start: '2026-10-12' });
  expect(notices(story)).toEqual(['2026-10-12']);
  story.school.does('correctStart', { start: '2026-10-13' });
  expect(notices(story)).toEqual(['2026-10-13']);
});
