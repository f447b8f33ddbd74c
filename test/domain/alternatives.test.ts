// Where a provider declines, CAP finds another, or another course; a pack that went to the wrong provider is sent on (R54, R64, A25).
import { flourishBeforeItsPanel, insightApplication, tier1Application, type Story } from '../support/story';

const bicycles = { code: 'T1-BICYCLES', provider: 'TP-ONE', schoolWeeks: 6 };
const construction = { code: 'T1-CONSTRUCTION', provider: 'TP-ONE', schoolWeeks: 38 };
const catering = { code: 'T1-CATERING', provider: 'TP-TWO', schoolWeeks: 12 };

/** A Tier 1 application whose pack is with the provider of its course. */
function atTheProvider(): Story {
  const story = tier1Application({ course: bicycles, courses: [bicycles, construction, catering] });
  story.at('2024-09-09T10:00Z').school.submits();
  story.at('2024-09-10T10:00Z').cap.findsThePackComplete();
  return story;
}

function declined(): Story {
  const story = atTheProvider();
  story.provider.holdsTheInterview().provider.declines('capacity');
  return story;
}

test('an alternative at Tier 1 is a course: with the provider come its own course and weeks', () => {
  const story = declined();
  story.cap.does('sendPack', { provider: 'TP-TWO', course: 'T1-CATERING' });
  expect(story.state).toMatchObject({ course: catering, position: { stage: 'interview', host: 'provider:TP-TWO' } });
  // Its pack was found complete long ago: what the school reads is that it went elsewhere, and that it arranges the interview there.
  const heard = story.emails.findLast(({ to }) => to === 'school:SCH-A');
  expect(heard).toMatchObject({ notices: [{ template: 'sent-elsewhere' }], awaited: [{ what: 'interview-booking' }] });
  story.otherProvider.holdsTheInterview().otherProvider.accepts().school.confirmsTheStart('2024-09-30');
  // Twelve school weeks from 30 September, the half-term left out (C9): the week of 16 December is the eleventh, that of 6 January the twelfth.
  expect(story.state.position).toMatchObject({ start: '2024-09-30', end: '2025-01-10' });
});

test('a provider without one of its courses is no alternative at Tier 1, nor is a course that it does not give', () => {
  const story = declined();
  const message = 'Name a course that this provider gives: its weeks become those of the placement.';
  const without = () => story.cap.does('sendPack', { provider: 'TP-TWO' });
  expect(story.refusal(without)).toMatchObject({ rule: 'A25', field: 'course', message });
  const other = () => story.cap.does('sendPack', { provider: 'TP-TWO', course: 'T1-CONSTRUCTION' });
  expect(story.refusal(other)).toMatchObject({ rule: 'A25', field: 'course' });
  const none = () => story.cap.does('sendPack', { provider: 'TP-TWO', course: 'T1-NOTHING' });
  expect(story.refusal(none)).toMatchObject({ rule: 'A25', field: 'course' });
});

test('the provider that has just declined is asked again only with a reason', () => {
  const story = declined();
  const again = (texts: string[]) => story.cap.does('sendPack', { provider: 'TP-ONE', course: 'T1-CONSTRUCTION' }, texts);
  expect(story.refusal(() => again([]))).toMatchObject({ refused: 'reason-needed', rule: 'A25', field: 'why' });
  again(['why']);
  expect(story.state.course).toEqual(construction);
});

test('where a programme asks for no course, none is named', () => {
  const story = flourishBeforeItsPanel({ courses: [catering] });
  story.at('2024-12-16T14:00Z').chair.approves();
  const named = () => story.cap.does('sendPack', { provider: 'TP-TWO', course: 'T1-CATERING' });
  expect(story.refusal(named)).toMatchObject({ rule: 'A25', field: 'course' });
});

test('a pack that went to the wrong provider is sent to another while no interview is booked, and the first sees it no longer', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T09:00Z').cap.sendsThePackTo('TP-TWO');
  expect(story.state.position).toEqual({ stage: 'interview', host: 'provider:TP-TWO', booked: null, held: null });
  expect(story.viewers).not.toContain('provider:TP-ONE');
  // The second provider has its five working days from the day on which it got the pack: 18 December, so to 27 December after the bank holidays.
  expect(story.wait).toMatchObject({ what: 'interview-booking', party: 'provider:TP-TWO', due: '2024-12-27T23:59:59.999Z' });
  expect(story.refusal(() => story.cap.sendsThePackTo('TP-TWO'))).toMatchObject({ refused: 'nothing-changed' });
  story.otherProvider.booksTheInterview('2025-01-08T10:00Z');
  expect(story.refusal(() => story.cap.sendsThePackTo('TP-ONE'))).toMatchObject({ refused: 'not-now' });
});

test('a pack is not sent a second time for the course that its provider has it for', () => {
  const story = atTheProvider();
  const told = story.told.length;
  const { wait } = story;
  const again = () => story.at('2024-09-12T10:00Z').cap.does('sendPack', { provider: 'TP-ONE', course: 'T1-BICYCLES' });
  expect(story.refusal(again)).toMatchObject({ refused: 'nothing-changed', rule: 'A25', field: 'course' });
  expect(story.told.slice(told)).toEqual([]);
  expect(story.wait).toEqual(wait);
  // Another course of the same provider is another pack.
  story.cap.does('sendPack', { provider: 'TP-ONE', course: 'T1-CONSTRUCTION' });
  expect(story.state).toMatchObject({ course: construction, position: { host: 'provider:TP-ONE' } });
});

test('the provider that had the pack by mistake is told that there is nothing more to do', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  const before = story.told.length;
  story.cap.sendsThePackTo('TP-TWO');
  expect(story.told.slice(before)).toEqual(['pack-for-provider to provider:TP-TWO', 'pack-for-another to provider:TP-ONE']);
});

test('an alternative is a course of the same programme, and of as many weeks as its courses have (A25, C1)', () => {
  const choices = { code: 'INS-CHOICES', provider: 'TP-ONE', schoolWeeks: 6 };
  const long = { code: 'INS-LONG', provider: 'TP-TWO', schoolWeeks: 8 };
  const short = { code: 'INS-SHORT', provider: 'TP-TWO', schoolWeeks: 6 };
  const story = insightApplication({
    course: choices,
    courses: [choices, long, short, { ...catering, programme: 'tier-1-course' }],
  });
  story
    .at('2024-10-01T10:00Z')
    .school.submits()
    .cap.findsThePackComplete()
    .provider.holdsTheInterview()
    .provider.declines('need');
  const to = (course: string) => () => story.cap.does('sendPack', { provider: 'TP-TWO', course });
  expect(story.refusal(to('T1-CATERING'))).toMatchObject({ rule: 'R107', field: 'course' });
  expect(story.refusal(to('INS-LONG'))).toMatchObject({ rule: 'C1', field: 'course' });
  to('INS-SHORT')();
  expect(story.state).toMatchObject({ position: { stage: 'interview', host: 'provider:TP-TWO' }, course: short });
});
