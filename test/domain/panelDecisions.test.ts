// What a panel may decide, when, and how the school hears of it (R71, R72, A8, C18).
import { viewers } from '../../domain/case';
import type { BodyOf } from '../../domain/commands';
import {
  cycle,
  flourishApplication,
  flourishBeforeItsPanel,
  refocusApplication,
  refocusBeforeTheMultiAgencyPanel,
} from '../support/story';

const decisions = [
  ['approves', 'send-pack', 'approved', 'approved'],
  ['approvesWithConditions', 'send-pack', 'approved', 'approved-with-conditions'],
  ['refuses', 'alternatives', 'refused', 'refused'],
  ['defers', 'panel', 'deferred', 'deferred'],
] as const;

test.each(decisions)('a Flourish panel that %s leads to %s', (verb, stage, event, decision) => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair[verb]();
  expect(story.stage).toBe(stage);
  expect(story.happened.slice(-2)).toEqual([event, 'outcomeIssued']);
  expect(story.eventsOf('outcomeIssued')).toMatchObject([{ outcome: { decision, due: '2024-12-19T23:59:59.999Z' } }]);
});

const atBothPanels = [
  ['first', 'approves', { stage: 'panel', panel: 'multi-agency' }],
  ['first', 'approvesWithConditions', { stage: 'panel', panel: 'multi-agency' }],
  ['first', 'refuses', { stage: 'alternatives', because: 'refused' }],
  ['first', 'defers', { stage: 'panel', panel: 'review-and-authorisation', meeting: { day: '2025-01-27' } }],
  ['second', 'approves', { stage: 'onboarding' }],
  ['second', 'approvesWithConditions', { stage: 'onboarding' }],
  ['second', 'refuses', { stage: 'alternatives', because: 'refused' }],
  ['second', 'defers', { stage: 'panel', panel: 'multi-agency', meeting: { day: '2025-01-28' } }],
] as const;

test.each(atBothPanels)('of the two panels of Refocus, the %s that %s leads to %o', (which, verb, position) => {
  const story = which === 'second' ? refocusBeforeTheMultiAgencyPanel() : refocusApplication();
  if (which === 'first') story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  const chair = which === 'first' ? story.chair : story.secondChair;
  story.at(which === 'first' ? '2024-12-16T14:00Z' : '2024-12-17T14:00Z');
  chair[verb]();
  expect(story.state.position).toMatchObject(position);
});

test('a decision before the day of the meeting is refused, unless it is outside the meeting with its reason', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-15T23:59Z');
  expect(story.refusal(() => story.chair.approves())).toMatchObject({
    refused: 'before-the-meeting',
    rule: 'C18',
    message: expect.stringContaining('Monday 16 December 2024'),
  });
  expect(story.refusal(() => story.chair.approves({ outsideMeeting: true, withoutWords: true }))).toMatchObject({
    refused: 'reason-needed',
    rule: 'C18',
    field: 'reasons',
  });
  story.chair.approves({ outsideMeeting: true });
  expect(story.eventsOf('approved')).toMatchObject([{ outsideMeeting: true }]);
});

test('the outcome of a decision outside the meeting is due three working days after the decision', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-05T10:00Z').chair.approves({ outsideMeeting: true });
  expect(story.eventsOf('outcomeIssued')).toMatchObject([{ outcome: { due: '2024-12-10T23:59:59.999Z' } }]);
  // So long the panel reads the case and may take its decision back, whenever it was to meet.
  expect(viewers(story.state)).toContainEqual({
    ...{ party: 'panel:review-and-authorisation', until: '2024-12-10T23:59:59.999Z', opens: null },
  });
  expect(story.state.lastDecision).toMatchObject({ until: '2024-12-10T23:59:59.999Z' });
});

test('a decision is taken from the first minute of the London day of the meeting', () => {
  const story = flourishApplication({
    cycles: [
      cycle('one', '2025-05-07', [{ programme: 'flourish', cohortStart: null }], { 'review-and-authorisation': '2025-05-20' }),
    ],
  });
  story.at('2025-05-01T10:00Z').school.submits().cap.findsThePackComplete();
  expect(story.refusal(() => story.at('2025-05-19T22:59Z').chair.approves())).toMatchObject({ refused: 'before-the-meeting' });
  story.at('2025-05-19T23:00Z').chair.approves();
  expect(story.stage).toBe('send-pack');
});

test.each([
  ['2024-12-19', '2024-12-24T23:59:59.999Z'],
  ['2024-09-24', '2024-09-27T22:59:59.999Z'],
  ['2025-05-01', '2025-05-07T22:59:59.999Z'],
  ['2025-05-22', '2025-05-28T22:59:59.999Z'],
])('the panel of %s has until %s to let the school know', (day, due) => {
  const story = flourishApplication({
    cycles: [cycle('one', day, [{ programme: 'flourish', cohortStart: null }], { 'review-and-authorisation': day })],
  });
  story.at('2024-09-16T10:00Z').school.submits().cap.findsThePackComplete();
  expect(story.wait).toMatchObject({ role: 'panel', what: 'panel-decision', due });
});

test('a decision through Temporal brings no words: they are owed, and the outcome document waits for them', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves({ withoutWords: true });
  expect(story.stage).toBe('send-pack');
  expect(story.told).not.toContain('outcome to school:SCH-A');
  expect(story.told.at(-1)).toBe('reasons-owed to panel:review-and-authorisation');
  expect(story.state.matters).toMatchObject([
    { kind: 'reasons', party: 'panel:review-and-authorisation', outcome: { decision: 'approved' } },
  ]);

  expect(story.refusal(() => story.cap.givesReasons())).toMatchObject({ refused: 'not-yours' });
  expect(story.refusal(() => story.chair.does('giveReasons', {}, []))).toMatchObject({ rule: 'A23', field: 'reasons' });
  expect(story.refusal(() => story.chair.does('giveReasons', {}, null))).toMatchObject({ rule: 'A23', field: 'reasons' });
  story.at('2024-12-17T10:00Z').chair.givesReasons();
  expect(story.happened.slice(-2)).toEqual(['reasonsGiven', 'outcomeIssued']);
  expect(story.told.at(-1)).toBe('outcome to school:SCH-A');
  expect(story.state.matters).toEqual([]);
  expect(story.refusal(() => story.chair.givesReasons())).toMatchObject({ refused: 'not-now' });
});

test('the outcome document names the command in which its reasons stand, also when they came later', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves({ withoutWords: true });
  const [owed] = story.state.matters;
  story.chair.givesReasons();
  const [issued] = story.eventsOf('outcomeIssued');
  expect(issued?.outcome.command).not.toBe(owed?.subject);
  expect(story.eventsOf('reasonsGiven')).toMatchObject([{ of: owed?.subject }]);
});

test('the case goes on while reasons are owed, and waits for them as well', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves({ withoutWords: true });
  expect(story.wait).toMatchObject({ role: 'cap', what: 'pack-to-be-sent', due: '2024-12-18T23:59:59.999Z' });
  story.cap.sendsThePackTo('TP-ONE');
  expect(story.wait).toMatchObject({ role: 'panel', what: 'reasons', due: '2024-12-19T23:59:59.999Z' });
});

test('the reasons of a quality assurance are owed too, though no outcome document waits for them, from the day of the decision', () => {
  const story = refocusApplication();
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.approves({ withoutWords: true });
  expect(story.told).toContain('went-on to school:SCH-A');
  expect(story.wait).toMatchObject({ what: 'reasons', party: 'panel:review-and-authorisation', due: '2024-12-18T23:59:59.999Z' });
  story.at('2024-12-17T14:00Z').secondChair.approves();
  expect(story.wait).toMatchObject({ what: 'reasons', due: '2024-12-18T23:59:59.999Z' });
  story.chair.givesReasons();
  expect(story.happened.at(-1)).toBe('reasonsGiven');
});

test('two decisions owed are answered one by one, the first first', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.defers({ withoutWords: true });
  story.at('2025-01-27T14:00Z').chair.refuses({ withoutWords: true });
  expect(story.state.matters).toHaveLength(2);
  story.chair.givesReasons();
  expect(story.eventsOf('outcomeIssued')).toMatchObject([{ outcome: { decision: 'deferred' } }]);
  story.chair.givesReasons();
  expect(story.eventsOf('outcomeIssued')).toMatchObject([{}, { outcome: { decision: 'refused' } }]);
});

test('of two chairs at the same instant one wins, and the other is told why not', () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves();
  expect(story.refusal(() => story.chair.refuses())).toMatchObject({ refused: 'not-now' });

  const deferred = flourishBeforeItsPanel();
  deferred.at('2024-12-16T14:00Z').chair.defers();
  expect(deferred.refusal(() => deferred.chair.approves())).toMatchObject({ refused: 'before-the-meeting' });
});

describe('Every outcome needs its words, and takes no others (A23)', () => {
  const decides = (outcome: BodyOf<'panelDecision'>['outcome'], texts: readonly string[] | null, by?: string) => {
    const story = flourishBeforeItsPanel().at('2024-12-16T14:00Z');
    const conditionsBy = by ?? (outcome === 'approve-with-conditions' ? '2025-01-31' : undefined);
    story.chair.does('panelDecision', conditionsBy === undefined ? { outcome } : { outcome, conditionsBy }, texts);
    return story;
  };
  const refusal = (...given: Parameters<typeof decides>) => flourishBeforeItsPanel().refusal(() => decides(...given));

  test.each([
    ['approve', ['reasons']],
    ['approve-with-conditions', ['reasons', 'conditions']],
    ['refuse', ['reasons', 'alternatives']],
    ['defer', ['reasons', 'information']],
  ] as const)('%s needs %j', (outcome, needed) => {
    expect(decides(outcome, needed).happened).toContain('outcomeIssued');
    for (const left of needed) {
      const given = needed.filter((name) => name !== left);
      expect(refusal(outcome, given)).toMatchObject({ rule: 'A23', field: left });
    }
    for (const foreign of ['conditions', 'alternatives', 'information'].filter((name) => !needed.includes(name as never))) {
      expect(refusal(outcome, [...needed, foreign])).toMatchObject({ refused: 'wrong-value', rule: 'A23', field: foreign });
    }
  });

  test.each(['2024-12-16', '2025-12-17'])('conditions are met by the day itself or by one a year on: by %s', (by) => {
    const story = flourishBeforeItsPanel();
    story.at('2024-12-16T14:00Z');
    story.chair.does('panelDecision', { outcome: 'approve-with-conditions', conditionsBy: by });
    expect(story.stage).toBe('send-pack');
  });

  test.each(['2024-12-15', '2025-12-18', '2099-12-31'])('conditions are met by a day to come, within a year: not by %s', (by) => {
    expect(refusal('approve-with-conditions', ['reasons', 'conditions'], by)).toMatchObject({
      rule: 'A23',
      field: 'conditionsBy',
    });
  });

  test.each([
    ['approve-with-conditions', ['reasons', 'conditions']],
    ['refuse', ['reasons', 'alternatives']],
    ['defer', ['reasons', 'information']],
  ] as const)('%s through Temporal owes its words, and they are given together and no others', (outcome, owes) => {
    const story = decides(outcome, null);
    expect(story.state.matters).toMatchObject([{ kind: 'reasons', owes }]);
    expect(story.refusal(() => story.chair.does('giveReasons', {}, ['reasons']))).toMatchObject({ rule: 'A23', field: owes[1] });
    const foreign = owes[1] === 'conditions' ? 'alternatives' : 'conditions';
    const tooMuch = story.refusal(() => story.chair.does('giveReasons', {}, [...owes, foreign]));
    expect(tooMuch).toMatchObject({ rule: 'A23', field: foreign });
    expect(story.chair.givesReasons().happened).toContain('outcomeIssued');
  });

  test('a pack that is returned says why; through Temporal CAP owes it', () => {
    const story = flourishApplication().at('2024-12-02T10:00Z').school.submits();
    const checks = (result: 'complete' | 'returned', texts: readonly string[]) => () =>
      story.cap.does('checkPack', { result }, texts);
    expect(story.refusal(checks('returned', []))).toMatchObject({ rule: 'A23', field: 'reasons' });
    expect(story.refusal(checks('complete', ['reasons']))).toMatchObject({ rule: 'A23', field: 'reasons' });
    story.cap.does('checkPack', { result: 'returned' }, null);
    expect(story.stage).toBe('correction');
    expect(story.state.matters).toMatchObject([{ kind: 'reasons', party: 'cap', owes: ['reasons'], outcome: null }]);
    story.cap.givesReasons();
    expect(story.state.matters).toEqual([]);
    // The school has read that it is returned, and now why.
    expect(story.told.at(-1)).toBe('reasons-given to school:SCH-A');
  });

  test('an onboarding that is refused says why; through Temporal CAP asks for it', () => {
    const story = refocusBeforeTheMultiAgencyPanel();
    story.at('2024-12-17T14:00Z').secondChair.approves();
    expect(story.refusal(() => story.academy.does('recordOnboarding', { result: 'refused' }, []))).toMatchObject({
      field: 'reasons',
    });
    story.academy.does('recordOnboarding', { result: 'refused' }, null);
    expect(story.state.matters).toMatchObject([{ kind: 'reasons', party: 'cap', owes: ['reasons'] }]);
  });
});
