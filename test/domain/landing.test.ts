// Which cycle and which meeting a case lands on, and where it goes when they change (R93, C16-C18).
import type { IsoDate } from '../../domain/calendar';
import { lacksMeeting, meetingsAhead } from '../../domain/landing';
import type { CaseState } from '../../domain/state';
import {
  cycle,
  cycles2024,
  flourishApplication,
  flourishBeforeItsPanel,
  refocusApplication,
  tier1Application,
} from '../support/story';

/** The cycles of 2024-25 with the meeting of the fourth on another day. */
const movedTo = (panel: 'review-and-authorisation' | 'multi-agency', day: IsoDate) =>
  cycles2024.map((each) => {
    const meeting = each.meetings[panel];
    return meeting && each.number === 4 ? { ...each, meetings: { ...each.meetings, [panel]: { ...meeting, day } } } : each;
  });
const upTo = (last: number) => cycles2024.filter(({ number }) => number <= last);

test.each([
  ['2024-12-04T23:59Z', '2024-25-4', '2025-01-13'],
  ['2024-12-05T00:01Z', '2024-25-7', '2025-04-28'],
  ['2025-03-12T23:59Z', '2024-25-7', '2025-04-28'],
  ['2025-07-02T22:59Z', '2024-25-11', '2025-09-01'],
])('Flourish submitted at %s lands on cycle %s with the cohort of %s', (at, id, cohort) => {
  const story = flourishApplication();
  story.at(at).school.submits();
  expect(story.state.landing).toMatchObject({ cycle: id, cohort });
});

test('a case is on its way to the meetings of the panels that it has yet to pass, and to none that it has passed', () => {
  const ahead = (story: { readonly state: CaseState }) => meetingsAhead(story.state).map(({ id }) => id);
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  expect(ahead(story)).toEqual(['RAP-2024-12-16', 'MAP-2024-12-17']);
  story.cap.returnsThePack();
  expect(ahead(story)).toEqual(['RAP-2024-12-16', 'MAP-2024-12-17']);
  story.school.sendsTheCorrectedPack().cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.approves();
  expect(ahead(story)).toEqual(['MAP-2024-12-17']);
  story.at('2024-12-17T14:00Z').secondChair.approves();
  expect(ahead(story)).toEqual([]);
  const refused = flourishBeforeItsPanel();
  expect(ahead(refused)).toEqual(['RAP-2024-12-16']);
  expect(ahead(refused.at('2024-12-16T14:00Z').chair.refuses())).toEqual([]);
});

test('a case without a cycle, and a case whose panel has no meeting, wait for one to be planned; a course never does', () => {
  const unplanned = flourishApplication({ cycles: [] });
  expect(lacksMeeting(unplanned.school.submits().state)).toBe(true);
  expect(lacksMeeting(unplanned.plan({ cycles: cycles2024 }).recalculates().state)).toBe(false);
  const deferred = flourishBeforeItsPanel({ cycles: upTo(4) });
  expect(lacksMeeting(deferred.state)).toBe(false);
  expect(lacksMeeting(deferred.at('2024-12-16T14:00Z').chair.defers().state)).toBe(true);
  expect(lacksMeeting(deferred.school.withdraws().state)).toBe(false);
  expect(lacksMeeting(tier1Application().school.submits().state)).toBe(false);
});

test('late is the next cycle that lists the programme, never refused', () => {
  const story = refocusApplication();
  story.at('2024-10-10T09:00Z').school.submits();
  expect(story.state.landing).toMatchObject({ cycle: '2024-25-4', cohort: '2025-01-27' });
});

test('a course lands on no cycle', () => {
  const story = tier1Application();
  story.at('2024-10-10T09:00Z').school.submits().recalculates();
  expect(story.state.landing).toBeNull();
});

test('a returned pack keeps its cycle until the end of the day on which the agenda closes', () => {
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.returnsThePack();
  expect(story.wait).toMatchObject({ role: 'school', what: 'corrected-pack', due: '2024-12-10T23:59:59.999Z' });
  expect(story.told.at(-1)).toBe('pack-returned to school:SCH-A');
  story.at('2024-12-04T23:30Z').school.sendsTheCorrectedPack();
  expect(story.state.landing).toMatchObject({ cycle: '2024-25-4' });
  expect(story.stage).toBe('pack-check');
  expect(story.happened).not.toContain('landed');
});

test('a pack that came in time keeps its cycle however long CAP takes to check it', () => {
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-09T10:00Z').cap.findsThePackComplete();
  expect(story.state.position).toMatchObject({ stage: 'panel', meeting: { day: '2024-12-16' } });
});

test('a pack that comes back after the agenda has closed lands on the next cycle, and the school is told its date', () => {
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.returnsThePack();
  story.at('2024-12-05T00:30Z').school.sendsTheCorrectedPack();
  expect(story.state.landing).toMatchObject({ cycle: '2024-25-7', cohort: '2025-04-28' });
  expect(story.told.at(-1)).toBe('pack-resubmitted to cap');
  story.cap.findsThePackComplete();
  expect(story.state.position).toMatchObject({ meeting: { day: '2025-03-24' } });
  expect(story.emails.find(({ to, step }) => to === 'school:SCH-A' && step === 4)?.notices).toMatchObject([
    { template: 'pack-complete', meeting: '2025-03-24' },
  ]);
});

test('a pack that comes back after the agenda has closed, when no later cycle is planned, waits for one', () => {
  const story = flourishApplication({ cycles: upTo(4) });
  story.at('2024-12-02T10:00Z').school.submits().cap.returnsThePack();
  story.at('2024-12-05T10:00Z').school.sendsTheCorrectedPack().cap.findsThePackComplete();
  expect(story.state).toMatchObject({ landing: null, position: { stage: 'panel', meeting: null } });
  expect(story.wait).toMatchObject({ role: 'cap', what: 'panel-cycle' });
  expect(story.told).not.toContain('panel-date to school:SCH-A');
});

test('with no cycle planned the case waits for one, CAP is who it waits for, and it lands when the calendar is recalculated', () => {
  const story = flourishApplication({ cycles: upTo(3) });
  story.at('2024-12-02T10:00Z').school.submits();
  expect(story.state.landing).toBeNull();
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  expect(story.wait).toMatchObject({ role: 'cap', what: 'panel-cycle', due: '2024-12-10T23:59:59.999Z' });
  expect(story.refusal(() => story.chair.approves())).toMatchObject({ refused: 'no-meeting', rule: 'C18' });
  story.recalculates();
  expect(story.happened.at(-1)).toBe('recalculated');

  story.plan({ cycles: cycles2024 }).recalculates();
  expect(story.state).toMatchObject({
    landing: { cycle: '2024-25-4' },
    position: { stage: 'panel', meeting: { day: '2024-12-16' } },
  });
  expect(story.told.slice(-2)).toEqual(['panel-date to school:SCH-A', 'new-item to panel:review-and-authorisation']);
  expect(story.wait).toMatchObject({ role: 'panel', what: 'panel-decision' });
});

test('a cycle planned while CAP checks the pack is landed on at once', () => {
  const story = flourishApplication({ cycles: upTo(3) });
  story.at('2024-12-02T10:00Z').school.submits();
  story.plan({ cycles: cycles2024 }).recalculates();
  expect(story.state.landing).toMatchObject({ cycle: '2024-25-4' });
});

test('a cycle planned unnoticed while CAP checks the pack is found when the pack is complete', () => {
  const story = flourishApplication({ cycles: upTo(3) });
  story.at('2024-12-02T10:00Z').school.submits();
  story.plan({ cycles: cycles2024 }).cap.findsThePackComplete();
  expect(story.state.position).toMatchObject({ stage: 'panel', meeting: { day: '2024-12-16' } });
});

test('a meeting that moves takes its cases with it, and its school is told', () => {
  const story = flourishBeforeItsPanel();
  story.plan({ cycles: movedTo('review-and-authorisation', '2024-12-18') });
  expect(story.refusal(() => story.at('2024-12-17T10:00Z').chair.approves())).toMatchObject({ refused: 'before-the-meeting' });
  story.recalculates();
  expect(story.state.position).toMatchObject({ meeting: { day: '2024-12-18' } });
  expect(story.wait).toMatchObject({ due: '2024-12-23T23:59:59.999Z' });
  expect(story.told.at(-1)).toBe('panel-date to school:SCH-A');
});

test('a meeting that moves to an earlier day takes its cases with it too', () => {
  const story = flourishBeforeItsPanel();
  story.plan({ cycles: movedTo('review-and-authorisation', '2024-12-10') }).recalculates();
  expect(story.wait).toMatchObject({ what: 'panel-decision', due: '2024-12-13T23:59:59.999Z' });
  story.at('2024-12-10T14:00Z').chair.approves();
  expect(story.eventsOf('outcomeIssued')).toMatchObject([{ outcome: { due: '2024-12-13T23:59:59.999Z' } }]);
});

/** The cycles of 2024-25 with another referral deadline of the fourth. */
const closesOn = (deadline: IsoDate) => cycles2024.map((each) => (each.number === 4 ? { ...each, deadline } : each));

test('a referral deadline that moves reaches a case that has landed: a returned pack is in time until the new one', () => {
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits().cap.returnsThePack();
  story.plan({ cycles: closesOn('2024-12-06') }).recalculates();
  expect(story.happened.at(-1)).toBe('deadlineMoved');
  expect(story.state.landing).toMatchObject({ cycle: '2024-25-4', agendaCloses: '2024-12-06' });
  story.at('2024-12-06T23:30Z').school.sendsTheCorrectedPack();
  expect(story.state.landing).toMatchObject({ cycle: '2024-25-4' });
  story.recalculates();
  expect(story.happened.at(-1)).toBe('recalculated');
});

test('a returned pack is too late after a referral deadline that came nearer', () => {
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits().cap.returnsThePack();
  story.plan({ cycles: closesOn('2024-12-03') }).recalculates();
  story.at('2024-12-04T10:00Z').school.sendsTheCorrectedPack();
  expect(story.state.landing).toMatchObject({ cycle: '2024-25-7' });
});

test('a deadline and a meeting that were moved before the case is told are both taken over at once', () => {
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  const both = movedTo('review-and-authorisation', '2024-12-18').map((each) =>
    each.number === 4 ? { ...each, deadline: '2024-12-06' } : each,
  );
  story.plan({ cycles: both }).recalculates();
  expect(story.state.landing).toMatchObject({
    agendaCloses: '2024-12-06',
    meetings: { 'review-and-authorisation': { day: '2024-12-18' } },
  });
});

test('the second meeting that moves while the case is still before the first is the one that it comes to', () => {
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.plan({ cycles: movedTo('multi-agency', '2024-12-19') }).recalculates();
  expect(story.state.position).toMatchObject({ panel: 'review-and-authorisation', meeting: { day: '2024-12-16' } });
  story.at('2024-12-16T14:00Z').chair.approves();
  expect(story.state.position).toMatchObject({ panel: 'multi-agency', meeting: { day: '2024-12-19' } });
  expect(story.wait).toMatchObject({ due: '2024-12-24T23:59:59.999Z' });
});

test('a cycle without a meeting is decided outside the meeting, or when it is given a day', () => {
  const story = flourishApplication();
  story.at('2025-06-30T10:00Z').school.submits().cap.findsThePackComplete();
  expect(story.state).toMatchObject({ landing: { cycle: '2024-25-11' }, position: { stage: 'panel', meeting: null } });
  story.at('2025-07-04T10:00Z').recalculates();
  expect(story.state.position).toMatchObject({ meeting: null });
  expect(story.refusal(() => story.chair.approves())).toMatchObject({ refused: 'no-meeting', field: 'outsideMeeting' });

  const given = cycles2024.map((each) =>
    each.number === 11
      ? {
          ...each,
          meetings: {
            ...each.meetings,
            'review-and-authorisation': { id: 'RAP-2025-07-08', panel: 'review-and-authorisation' as const, day: '2025-07-08' },
          },
        }
      : each,
  );
  story.plan({ cycles: given }).recalculates();
  expect(story.state).toMatchObject({
    landing: { cycle: '2024-25-11', cohort: '2025-09-01' },
    position: { meeting: { day: '2025-07-08' } },
  });
});

test('a cycle without a meeting keeps its cases when the next year is planned', () => {
  const story = flourishApplication();
  story.at('2025-06-30T10:00Z').school.submits().cap.findsThePackComplete();
  const september = cycle('2025-26-1', '2025-09-10', [], { 'review-and-authorisation': '2025-09-22' });
  story.plan({ cycles: [...cycles2024, september] }).recalculates();
  expect(story.state).toMatchObject({ landing: { cycle: '2024-25-11' }, position: { meeting: null } });
});

test('a case that was refused is not told when its meeting moves', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-12T14:00Z').chair.refuses({ outsideMeeting: true });
  story.plan({ cycles: movedTo('review-and-authorisation', '2024-12-18') }).recalculates();
  expect(story.happened.at(-1)).toBe('recalculated');
});

test('a deferred case goes to the next meeting of that panel, whatever that one lists', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.defers();
  expect(story.state.position).toMatchObject({ stage: 'panel', meeting: { day: '2025-01-27' } });
  expect(cycles2024[4]?.items.map(({ programme }) => programme)).not.toContain('flourish');
});

test('a deferral that is recorded late goes to a meeting that is still to come', () => {
  const story = flourishBeforeItsPanel();
  // The panel met on 16 December, and has met again on 27 January by now.
  story.at('2025-01-27T16:00Z').chair.defers();
  expect(story.state.position).toMatchObject({ stage: 'panel', meeting: { day: '2025-02-24' } });
});

test('a cohort that begins on the day of the next meeting has begun by then: the case takes the next one, that begins later', () => {
  const starts = (cohortStart: IsoDate) => [{ programme: 'flourish', cohortStart }];
  const story = flourishApplication({
    cycles: [
      cycle('one', '2024-10-02', starts('2024-11-18'), { 'review-and-authorisation': '2024-10-14' }),
      cycle('two', '2024-11-06', starts('2024-11-18'), { 'review-and-authorisation': '2024-11-18' }),
      cycle('three', '2024-12-04', starts('2025-01-13'), { 'review-and-authorisation': '2024-12-16' }),
    ],
  });
  story.at('2024-10-01T10:00Z').school.submits().cap.findsThePackComplete();
  expect(story.state.landing).toMatchObject({ cohort: '2024-11-18' });
  story.at('2024-10-14T14:00Z').chair.defers();
  expect(story.state.landing).toMatchObject({ cycle: 'two', cohort: '2025-01-13' });
});

test('a case whose cohort has begun by the next meeting takes the next cohort', () => {
  const story = flourishBeforeItsPanel();
  expect(story.state.landing).toMatchObject({ cohort: '2025-01-13' });
  story.at('2024-12-16T14:00Z').chair.defers();
  expect(story.state.landing).toMatchObject({ cycle: '2024-25-5', cohort: '2025-04-28' });
});

test('a case whose cohort has not begun keeps it when it is deferred', () => {
  const story = flourishApplication({
    cycles: [
      cycle('one', '2024-10-02', [{ programme: 'flourish', cohortStart: '2025-01-13' }], {
        'review-and-authorisation': '2024-10-14',
      }),
      cycle('two', '2024-11-06', [], { 'review-and-authorisation': '2024-11-18' }),
    ],
  });
  story.at('2024-10-01T10:00Z').school.submits().cap.findsThePackComplete();
  story.at('2024-10-14T14:00Z').chair.defers();
  expect(story.state.landing).toMatchObject({ cycle: 'two', cohort: '2025-01-13' });
});

test('a case deferred by the first of two panels comes to the second after it, with a cohort that has not begun by then', () => {
  const listed = [{ programme: 'refocus', cohortStart: '2025-01-28' }];
  const later = [{ programme: 'refocus', cohortStart: '2025-05-06' }];
  const story = refocusApplication({
    cycles: [
      cycle('one', '2024-12-04', listed, { 'review-and-authorisation': '2024-12-16', 'multi-agency': '2024-12-17' }),
      cycle('two', '2025-01-15', [], { 'review-and-authorisation': '2025-01-27', 'multi-agency': '2025-01-30' }),
      cycle('three', '2025-03-12', later, { 'review-and-authorisation': '2025-03-24', 'multi-agency': '2025-03-25' }),
    ],
  });
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.defers();
  expect(story.state.landing).toMatchObject({
    cycle: 'two',
    cohort: '2025-05-06',
    meetings: { 'review-and-authorisation': { day: '2025-01-27' }, 'multi-agency': { day: '2025-01-30' } },
  });
});

test('a second panel that meets before the first in the next cycle is come to in a later one, and so is one that has no day in it', () => {
  const listed = [{ programme: 'refocus', cohortStart: null }];
  for (const earlier of [{ 'multi-agency': '2025-01-24' }, {}]) {
    const story = refocusApplication({
      cycles: [
        cycle('one', '2024-12-04', listed, { 'review-and-authorisation': '2024-12-16', 'multi-agency': '2024-12-17' }),
        cycle('two', '2025-01-15', [], { 'review-and-authorisation': '2025-01-27', ...earlier }),
        cycle('three', '2025-02-12', [], { 'review-and-authorisation': '2025-02-24', 'multi-agency': '2025-02-25' }),
      ],
    });
    story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
    story.at('2024-12-16T14:00Z').chair.defers();
    expect(story.state.landing).toMatchObject({
      cycle: 'two',
      meetings: { 'review-and-authorisation': { day: '2025-01-27' }, 'multi-agency': { day: '2025-02-25' } },
    });
  }
});

test('a deferral with no later meeting of its panel keeps the meeting that was planned of the next one', () => {
  const listed = [{ programme: 'refocus', cohortStart: null }];
  const story = refocusApplication({
    cycles: [cycle('one', '2024-12-04', listed, { 'review-and-authorisation': '2024-12-16', 'multi-agency': '2025-01-28' })],
  });
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.defers();
  expect(story.state.landing).toMatchObject({
    meetings: { 'review-and-authorisation': null, 'multi-agency': { day: '2025-01-28' } },
  });
});

test('panels that meet on one day are both come to on that day', () => {
  const story = refocusApplication({
    cycles: [
      cycle('one', '2024-12-04', [{ programme: 'refocus', cohortStart: null }], { 'review-and-authorisation': '2024-12-16' }),
      cycle('two', '2025-01-15', [], { 'review-and-authorisation': '2025-01-28', 'multi-agency': '2025-01-28' }),
    ],
  });
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.defers();
  story.at('2025-01-28T10:00Z').chair.approves().secondChair.approves();
  expect(story.stage).toBe('onboarding');
});

test('a deferral with no later meeting planned waits for one, with its days anew, and then goes to it whatever it lists', () => {
  const story = flourishBeforeItsPanel({ cycles: upTo(4) });
  story.at('2024-12-16T14:00Z').chair.defers();
  expect(story.state.position).toMatchObject({ stage: 'panel', meeting: null });
  expect(story.wait).toMatchObject({ role: 'cap', what: 'panel-cycle', due: '2024-12-23T23:59:59.999Z' });

  story.recalculates();
  expect(story.state.position).toMatchObject({ meeting: null });
  story.at('2024-12-20T10:00Z').plan({ cycles: cycles2024 }).recalculates();
  expect(story.state).toMatchObject({
    landing: { cycle: '2024-25-5', cohort: '2025-04-28' },
    position: { meeting: { day: '2025-01-27' } },
  });
});
