// What a deferral asks for is answered by the school before the panel's next meeting (A22).
import { flourishBeforeItsPanel, refocusApplication, type Story } from '../support/story';

function deferred(): Story {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.defers();
  return story;
}

test('a deferral waits for the information from the school, until the working day before the next meeting, and for the panel', () => {
  const story = deferred();
  expect(story.state.position).toMatchObject({ meeting: { day: '2025-01-27' } });
  expect(story.waits.map(({ party, what, due }) => [party, what, due])).toEqual([
    ['school:SCH-A', 'information', '2025-01-24T23:59:59.999Z'],
    ['panel:review-and-authorisation', 'panel-decision', '2025-01-30T23:59:59.999Z'],
  ]);
});

test('the school gives the information in its own words, once, and the chair is told', () => {
  const story = deferred();
  expect(story.offered('school:SCH-A')).toContain('giveInformation');
  expect(story.refusal(() => story.school.does('giveInformation', {}, null))).toMatchObject({
    refused: 'reason-needed',
    rule: 'A22',
    field: 'information',
  });
  const before = story.told.length;
  story.at('2025-01-10T10:00Z').school.does('giveInformation', {}, ['information']);
  expect(story.told.slice(before)).toEqual(['information-given to panel:review-and-authorisation']);
  expect(story.waits.map(({ what }) => what)).toEqual(['panel-decision']);
  expect(story.refusal(() => story.school.does('giveInformation', {}, ['information']))).toMatchObject({ refused: 'not-now' });
});

test('a meeting that is moved moves the day by which the information is needed', () => {
  const story = deferred();
  const cycles = story.cycles.map((cycle) => {
    const meeting = cycle.meetings['review-and-authorisation'];
    return meeting?.day === '2025-01-27'
      ? { ...cycle, meetings: { ...cycle.meetings, 'review-and-authorisation': { ...meeting, day: '2025-01-28' } } }
      : cycle;
  });
  story.plan({ cycles }).recalculates();
  expect(story.waits[0]).toMatchObject({ what: 'information', due: '2025-01-27T23:59:59.999Z' });
});

test('a panel that decides without it, or asks for something else, ends what was asked for before', () => {
  const approved = deferred();
  approved.at('2025-01-27T14:00Z').chair.approves();
  expect(approved.state.matters).toEqual([]);
  const refused = deferred();
  refused.at('2025-01-27T14:00Z').chair.refuses();
  expect(refused.state.matters).toEqual([]);
  const assured = refocusApplication();
  assured.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  assured.at('2024-12-16T14:00Z').chair.defers();
  expect(assured.state.matters).toMatchObject([{ kind: 'information' }]);
  assured.at('2025-01-27T14:00Z').chair.approves();
  expect(assured.state).toMatchObject({ position: { panel: 'multi-agency' }, matters: [] });
  const again = deferred();
  again.at('2025-01-27T14:00Z').chair.defers();
  expect(again.state.matters).toHaveLength(1);
  expect(again.waits.map(({ what }) => what)).toContain('information');
});

test('where no later meeting is planned yet, the school has ten working days', () => {
  const story = flourishBeforeItsPanel();
  story
    .at('2024-12-16T14:00Z')
    .plan({ cycles: story.cycles.slice(0, 4) })
    .chair.defers();
  expect(story.state.position).toMatchObject({ meeting: null });
  expect(story.waits).toContainEqual(expect.objectContaining({ what: 'information', due: '2025-01-02T23:59:59.999Z' }));
});

test('a deferral that came without words asks for nothing yet: its reasons are owed first', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.defers({ withoutWords: true });
  expect(story.waits.map(({ what }) => what).sort()).toEqual(['panel-decision', 'reasons']);
  story.chair.givesReasons();
  expect(story.waits.map(({ what }) => what).sort()).toEqual(['information', 'panel-decision']);
});
