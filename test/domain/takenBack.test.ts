// A decision that was recorded wrongly is taken back by its panel, while nothing has followed it.
import {
  flourishBeforeItsPanel,
  refocusBeforeTheMultiAgencyPanel,
  transferBeforeItsAllocation,
  year11Application,
  type Story,
} from '../support/story';

const atThePanel = () => flourishBeforeItsPanel().at('2024-12-16T14:00Z');
const offers = (story: Story, party: Parameters<Story['offered']>[0] = 'panel:review-and-authorisation') =>
  story.offered(party).includes('takeBackDecision');

test('the case is before the same meeting again, and its promise is that of the meeting (R71)', () => {
  const story = atThePanel();
  const { position, at, landing } = story.state;
  const due = story.wait?.due;
  story.chair.approves().at('2024-12-16T14:05Z').chair.takesTheDecisionBack();
  expect(story.state).toMatchObject({
    position,
    at,
    landing,
    decided: {},
    lastDecision: null,
    since: '2024-12-16T14:05:00.000Z',
  });
  expect(story.wait).toMatchObject({ what: 'panel-decision', party: 'panel:review-and-authorisation', due });
  story.chair.refuses();
  expect(story.stage).toBe('alternatives');
});

test('a refusal is taken back as an approval is; the school has not spent its reconsideration', () => {
  const story = atThePanel();
  story.chair.refuses().chair.takesTheDecisionBack();
  expect(story.state.position).toMatchObject({ stage: 'panel', panel: 'review-and-authorisation' });
  story.chair.refuses();
  expect(story.offered('school:SCH-A')).toContain('askReconsideration');
});

test('whoever had heard of the decision hears that it holds no more, and until when a new one comes', () => {
  const story = atThePanel();
  story.chair.approves().chair.takesTheDecisionBack();
  expect(story.told.slice(-2)).toEqual(['decision-taken-back to school:SCH-A', 'decision-taken-back to cap']);
  const dates = { panel: 'review-and-authorisation', meeting: '2024-12-16', agendaCloses: story.state.landing?.agendaCloses };
  // The outcome goes to the school: nobody else is promised one.
  expect(story.emails.slice(-2).map(({ to, notices }) => [to, notices])).toEqual([
    ['school:SCH-A', [{ template: 'decision-taken-back', ...dates, outcomeBy: '2024-12-19T23:59:59.999Z' }]],
    ['cap', [{ template: 'decision-taken-back', ...dates, outcomeBy: null }]],
  ]);
});

test('a case that went on leaves the agenda of the next panel, which is told', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  expect(story.state.position).toMatchObject({ panel: 'multi-agency' });
  story.chair.takesTheDecisionBack();
  expect(story.state.position).toMatchObject({
    stage: 'panel',
    panel: 'review-and-authorisation',
    meeting: { day: '2024-12-16' },
  });
  expect(story.told).toContain('decision-taken-back to panel:multi-agency');
  story.chair.approves();
  expect(story.state.position).toMatchObject({ stage: 'panel', panel: 'multi-agency', meeting: { day: '2024-12-17' } });
});

test('each panel takes back its own decision alone, and only the last', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.refuses();
  expect(offers(story)).toBe(false);
  expect(story.refusal(() => story.chair.takesTheDecisionBack())).toMatchObject({ refused: 'not-yours' });
  story.secondChair.takesTheDecisionBack();
  expect(story.state.position).toMatchObject({ stage: 'panel', panel: 'multi-agency', meeting: { day: '2024-12-17' } });
  expect(offers(story)).toBe(false);
});

test('the place that it took is free again, and so is the host who was to go on', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T14:00Z').secondChair.approves();
  expect(story.state.place).not.toBeNull();
  story.secondChair.takesTheDecisionBack();
  expect(story.state.place).toBeNull();
  expect(story.told).toContain('decision-taken-back to provider:AP-ACADEMY');
  expect(story.viewers).not.toContain('provider:AP-ACADEMY');
});

test('a place on a course, or in line for one, is left (A9)', () => {
  const story = year11Application();
  story.at('2024-12-02T10:00Z').school.submits();
  story.at('2024-12-03T10:00Z').cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').coursePlaces({ course: 'Y11-ONE', left: 0, hasSla: false }).chair.approves();
  expect(story.state.coursePlace).toMatchObject({ waiting: true });
  story.chair.takesTheDecisionBack();
  expect(story.state.coursePlace).toBeNull();
  expect(story.state.matters).toEqual([]);
});

test('the panel that allocates loses what had joined its agenda', () => {
  const story = transferBeforeItsAllocation();
  expect(story.stage).toBe('allocation');
  story.secondChair.takesTheDecisionBack();
  expect(story.state.position).toMatchObject({ stage: 'panel', panel: 'multi-agency' });
  expect(story.told).toContain('decision-taken-back to panel:headteacher-placement');
});

test('reasons that it owed are owed no more', () => {
  const story = atThePanel();
  story.chair.approves({ withoutWords: true });
  expect(story.state.matters).toMatchObject([{ kind: 'reasons' }]);
  story.chair.takesTheDecisionBack();
  expect(story.state.matters).toEqual([]);
});

describe('Nothing has followed it', () => {
  test('nobody else takes it back: neither CAP nor the school', () => {
    const story = atThePanel();
    story.chair.approves();
    for (const who of [story.cap, story.school, story.secondChair]) {
      expect(story.refusal(() => who.takesTheDecisionBack())).toMatchObject({ refused: 'not-yours' });
    }
  });

  test.each<[string, (story: Story) => Story]>([
    ['CAP has sent the pack', (story) => story.chair.approves().cap.sendsThePackTo('TP-ONE')],
    ['the school has asked for a reconsideration', (story) => story.chair.refuses().school.does('askReconsideration', {})],
    ['the school has withdrawn', (story) => story.chair.approves().school.withdraws()],
    ['the case was deferred, which a decision outside the meeting may follow', (story) => story.chair.defers()],
    ['nothing is decided', (story) => story],
  ])('when %s it is offered no more, and refused', (_what, follow) => {
    const story = follow(atThePanel());
    expect(offers(story)).toBe(false);
    expect(story.refusal(() => story.chair.takesTheDecisionBack())).toMatchObject({ refused: 'not-now' });
  });

  test('a clock that only reminds does not stand against it', () => {
    const story = atThePanel();
    story.chair.approves().at('2024-12-18T23:59:59.999Z').theClockRings();
    expect(offers(story)).toBe(true);
  });

  test('it is taken back until the clock of the outcome ends, while the panel sees the case (R71)', () => {
    const story = atThePanel();
    story.chair.refuses();
    expect(offers(story.at('2024-12-19T23:59:59.999Z'))).toBe(true);
    story.at('2024-12-20T00:00Z');
    expect(offers(story)).toBe(false);
    expect(story.refusal(() => story.chair.takesTheDecisionBack())).toMatchObject({
      refused: 'not-now',
      rule: 'R71',
      message: expect.stringContaining('19 December 2024'),
    });
  });

  test('it needs to be said why', () => {
    const story = atThePanel();
    story.chair.approves();
    const without = (texts: readonly string[] | null) => story.refusal(() => story.chair.does('takeBackDecision', {}, texts));
    expect(without(null)).toMatchObject({ refused: 'reason-needed', field: 'reasons' });
    expect(without([])).toMatchObject({ refused: 'wrong-value', field: 'reasons' });
  });
});

test('twice is once: what is taken back is not there to be taken back again', () => {
  const story = atThePanel();
  story.chair.approves().chair.takesTheDecisionBack();
  expect(story.refusal(() => story.chair.takesTheDecisionBack())).toMatchObject({ refused: 'not-now' });
});
