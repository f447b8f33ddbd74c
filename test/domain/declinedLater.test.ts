// Who has accepted a student may find that they cannot take them after all: until the first session they say so, and CAP finds another way (A10, A24, C30).
import { countedIn } from '../../domain/numbers';
import { placedFrom } from '../../domain/load';
import {
  courseOf2026,
  flourishBeforeItsPanel,
  refocusBeforeTheMultiAgencyPanel,
  sampleStudent,
  tier1Application,
  transferBeforeItsAllocation,
  year11Application,
} from '../support/story';

const accepted = () => {
  const story = flourishBeforeItsPanel().at('2024-12-16T14:00Z');
  return story.chair.approves().cap.sendsThePackTo('TP-ONE').provider.holdsTheInterview().provider.accepts();
};
const onboarded = () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  return story.at('2024-12-17T14:00Z').secondChair.approves().academy.onboards();
};

test('a provider that had accepted declines, with its ground: the school and CAP hear that it is no more, and CAP finds another', () => {
  const story = accepted();
  story.provider.declines('capacity');
  expect(story.state.position).toEqual({ stage: 'alternatives', because: 'declined', declinedBy: 'provider:TP-ONE' });
  expect(story.told.slice(-2)).toEqual(['no-longer-accepted to school:SCH-A', 'explore-alternatives to cap']);
  expect(story.viewers).not.toContain('provider:TP-ONE');
  story.cap.sendsThePackTo('TP-TWO');
  expect(story.state.position).toMatchObject({ stage: 'interview', host: 'provider:TP-TWO', booked: null });
  story.otherProvider.holdsTheInterview().otherProvider.accepts();
  expect(story.stage).toBe('start-date');
});

test('what it says again changes nothing: it has accepted', () => {
  const story = accepted();
  expect(story.refusal(() => story.provider.accepts())).toMatchObject({
    refused: 'nothing-changed',
    rule: 'A10',
    field: 'result',
  });
});

test('whoever onboards refuses after all in the same way (R78), and the place is free', () => {
  const story = onboarded();
  expect(story.refusal(() => story.academy.onboards())).toMatchObject({ refused: 'nothing-changed', field: 'result' });
  story.academy.refusesTheOnboarding();
  expect(story.state.position).toMatchObject({ stage: 'alternatives', because: 'onboarding-refused' });
  expect(story.state.place).toBeNull();
  expect(story.told).toContain('no-longer-accepted to school:SCH-A');
});

test('a place on the course, or in line for one, is left to the next (A9)', () => {
  const story = tier1Application();
  story.at('2024-12-02T10:00Z').school.submits().at('2024-12-03T10:00Z').cap.findsThePackComplete();
  story.coursePlaces({ course: 'T1-BICYCLES', left: 0, hasSla: false }).provider.holdsTheInterview().provider.accepts();
  expect(story.state.coursePlace).toMatchObject({ waiting: true });
  story.provider.declines('need');
  expect(story.state.coursePlace).toBeNull();
  expect(story.state.matters).toEqual([]);
});

describe('A start is confirmed, and the host cannot take the student before it comes:', () => {
  const confirmed = () => accepted().school.confirmsTheStart('2025-01-13');

  test('the provider declines, the case goes back to CAP, and everybody who was told of the start hears that it does not come', () => {
    const story = confirmed();
    story.at('2025-01-10T10:00Z');
    const before = story.told.length;
    story.provider.declines('capacity');
    expect(story.state.position).toEqual({ stage: 'alternatives', because: 'declined', declinedBy: 'provider:TP-ONE' });
    expect(story.told.slice(before)).toEqual([
      'explore-alternatives to cap',
      'start-given-up to cap',
      'start-given-up to school:SCH-A',
    ]);
    expect(story.emails.at(-1)?.notices).toContainEqual({ template: 'start-given-up', start: '2025-01-13' });
    expect(story.viewers).not.toContain('provider:TP-ONE');
    expect(placedFrom(story.state)).toBeNull();
    expect(story.waits).toMatchObject([{ party: 'cap', what: 'alternatives' }]);
  });

  test('what was open of that placement is over with it, and opens again with the next start', () => {
    // It starts on Monday 14 September; Tuesday 15 is the first day with the provider.
    const story = courseOf2026(6, { ...sampleStudent, ehcp: true });
    const open = story.state.matters.map(({ kind }) => kind);
    expect(open).toContain('task');
    for (const about of ['review', 'attendance'] as const) {
      story.school.does('callMeeting', { about, at: '2026-09-23T13:00:00.000Z' });
    }
    story.at('2026-09-14T10:00Z').provider.declines('capacity');
    expect(story.state.matters).toEqual([]);
    expect(story.viewers).not.toContain('send');
    const calledOff = (to: string) =>
      story.emails
        .findLast((email) => email.to === to)
        ?.notices.flatMap((notice) => (notice.template === 'start-given-up' ? (notice.calledOff ?? []).map(({ on }) => on) : []));
    expect([calledOff('school:SCH-A'), calledOff('cap'), calledOff('send')].map((off) => off?.length)).toEqual([2, 2, 1]);
    story.cap.does('sendPack', { provider: 'TP-ONE', course: 'T1-BICYCLES' }, ['why']);
    story.at('2026-09-15T10:00Z').provider.holdsTheInterview().provider.accepts();
    const plan = ['objectives', 'measures', 'reintegration'];
    story.school.does('confirmStart', { start: '2026-09-21', weekdays: 'wed' }, plan);
    expect(story.state.position).toMatchObject({ stage: 'placement', start: '2026-09-21' });
    expect(story.state.matters.map(({ kind }) => kind)).toEqual(open);
  });

  test('the start first confirmed is counted, and no second one (R4)', () => {
    const story = confirmed();
    const submitted = '2024-12-01T10:00:00.000Z';
    const again = {
      kind: 'startConfirmed',
      at: '2025-01-14T10:00:00.000Z',
      start: '2025-01-20',
      end: '2025-04-11',
      schoolWeeks: 11,
    } as const;
    const counts = () => countedIn(story.state, [again], story.state, submitted).map(({ what }) => what);
    expect(counts()).toEqual(['start']);
    story.at('2025-01-10T10:00Z').provider.declines('capacity');
    expect(counts()).toEqual([]);
  });

  test('whoever onboards refuses, and the place is free (R13, R78)', () => {
    const story = onboarded().school.confirmsTheStart('2025-01-27');
    expect(story.state.place).not.toBeNull();
    story.academy.refusesTheOnboarding();
    expect(story.state.position).toMatchObject({ stage: 'alternatives', because: 'onboarding-refused' });
    expect(story.state.place).toBeNull();
  });

  test('another school receives the student, or the heads meet again: CAP says it for them (R75)', () => {
    const transfer = () =>
      transferBeforeItsAllocation().at('2024-12-19T14:00Z').heads.allocates('SCH-B').school.confirmsTheStart('2025-01-13');
    const moved = transfer();
    const before = moved.told.length;
    expect(moved.offered('panel:headteacher-placement')).not.toContain('allocateSchool');
    moved.at('2025-01-08T10:00Z').cap.allocates('SCH-C', { outsideMeeting: true });
    expect(moved.state.position).toEqual({ stage: 'start-date', host: 'school:SCH-C' });
    expect(moved.waits).toMatchObject([{ party: 'school:SCH-A', what: 'start-date' }]);
    expect(moved.told.slice(before)).toEqual(
      expect.arrayContaining([
        'start-given-up to school:SCH-A',
        'start-given-up to school:SCH-B',
        'student-allocated to school:SCH-C',
      ]),
    );
    moved.school.does('confirmStart', { start: '2025-01-13', shortened: true });
    expect(moved.state.position).toMatchObject({ stage: 'placement', host: 'school:SCH-C' });
    const postponed = transfer();
    postponed.at('2025-01-08T10:00Z').cap.postponesTheAllocation({ outsideMeeting: true });
    expect(postponed.state.position).toMatchObject({ stage: 'allocation', meeting: { day: '2025-01-30' } });
    postponed.at('2025-01-30T14:00Z').heads.allocates('SCH-C');
    expect(postponed.stage).toBe('start-date');
  });

  test('the pack of a course that nobody was interviewed for goes to another provider, and the school confirms a start there (R84)', () => {
    const courses = [
      { code: 'Y11-WORKSHOP', provider: 'TP-ONE', schoolWeeks: 12 },
      { code: 'Y11-OUTDOORS', provider: 'TP-TWO', schoolWeeks: 6 },
    ];
    const story = year11Application({ courses });
    story.at('2024-12-02T10:00Z').school.submits().at('2024-12-03T10:00Z').cap.findsThePackComplete();
    story.at('2024-12-16T14:00Z').chair.approves().school.confirmsTheStart('2025-01-06');
    expect(story.offered('provider:TP-ONE')).not.toContain('providerResponse');
    story.at('2025-01-03T10:00Z').cap.does('sendPack', { provider: 'TP-TWO', course: 'Y11-OUTDOORS' });
    expect(story.state.position).toEqual({ stage: 'start-date', host: 'provider:TP-TWO' });
    expect(story.waits).toMatchObject([{ party: 'school:SCH-A', what: 'start-date' }]);
  });
});

describe('It is over', () => {
  test('once the first session has come, when it is a withdrawal (R109)', () => {
    const story = accepted().school.confirmsTheStart('2025-01-13');
    expect(story.offered('provider:TP-ONE')).toContain('providerResponse');
    story.at('2025-01-13T08:00Z');
    expect(story.offered('provider:TP-ONE')).not.toContain('providerResponse');
    expect(story.refusal(() => story.provider.declines('risk'))).toMatchObject({
      ...{ refused: 'not-now', rule: 'A24' },
      message: expect.stringContaining('Monday 13 January 2025'),
    });
  });

  test('for another provider than the one who has the pack', () => {
    const story = accepted();
    expect(story.refusal(() => story.otherProvider.declines('risk')).refused).toMatch(/^not-/);
  });

  test('where nobody was asked: a host of a route without interview or onboarding has accepted nothing', () => {
    const story = accepted();
    expect(story.offered('provider:TP-ONE')).toContain('providerResponse');
    expect(story.offered('provider:TP-ONE')).not.toContain('recordOnboarding');
    expect(onboarded().offered('provider:AP-ACADEMY')).toContain('recordOnboarding');
    expect(onboarded().offered('provider:AP-ACADEMY')).not.toContain('providerResponse');
  });
});
