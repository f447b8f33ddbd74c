// A school may withdraw at any stage before the start, and CAP may close; once a placement has started it ends with an exit.
import { allowed } from '../../domain/case';
import { flourishApplication, refocusBeforeTheMultiAgencyPanel, type Story } from '../support/story';

/** A Flourish case brought to each stage in turn. */
const stages: readonly [string, (story: Story) => unknown][] = [
  ['pack-check', () => undefined],
  ['correction', (story) => story.cap.returnsThePack()],
  ['panel', (story) => story.cap.findsThePackComplete()],
  ['send-pack', (story) => story.cap.findsThePackComplete().at('2024-12-16T10:00Z').chair.approves()],
  ['alternatives', (story) => story.cap.findsThePackComplete().at('2024-12-16T10:00Z').chair.refuses()],
  [
    'interview',
    (story) => story.cap.findsThePackComplete().at('2024-12-16T10:00Z').chair.approves().cap.sendsThePackTo('TP-ONE'),
  ],
  [
    'start-date',
    (story) =>
      story.cap
        .findsThePackComplete()
        .at('2024-12-16T10:00Z')
        .chair.approves()
        .cap.sendsThePackTo('TP-ONE')
        .provider.holdsTheInterview()
        .provider.accepts(),
  ],
  [
    'placement',
    (story) =>
      story.cap
        .findsThePackComplete()
        .at('2024-12-16T10:00Z')
        .chair.approves()
        .cap.sendsThePackTo('TP-ONE')
        .provider.holdsTheInterview()
        .provider.accepts()
        .school.confirmsTheStart('2025-01-13'),
  ],
];

const submitted = () => {
  const story = flourishApplication();
  story.at('2024-12-02T10:00Z').school.submits();
  return story;
};

test.each(stages)('the school withdraws at %s before the start, and nobody else can', (stage, arrive) => {
  const story = submitted();
  arrive(story);
  expect(story.stage).toBe(stage);
  for (const other of [story.cap, story.chair, story.provider, story.person('school:SCH-B')]) {
    expect(story.refusal(() => other.withdraws())).toMatchObject({ refused: 'not-yours' });
  }
  story.school.withdraws();
  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'withdrawn' });
  expect(story.told).toContain('withdrawn to cap');
  expect(story.wait).toBeNull();
});

test.each(stages)('CAP closes at %s before the start, and nobody else can', (_stage, arrive) => {
  const story = submitted();
  arrive(story);
  for (const other of [story.school, story.chair, story.provider]) {
    expect(story.refusal(() => other.closesTheCase())).toMatchObject({ refused: 'not-yours' });
  }
  story.cap.closesTheCase();
  expect(story.state.position).toMatchObject({ stage: 'closed', because: 'closed-by-cap' });
  expect(story.told).toContain('closed to school:SCH-A');
});

test('onboarding can be withdrawn from too', () => {
  const story = refocusBeforeTheMultiAgencyPanel();
  story.at('2024-12-17T10:00Z').secondChair.approves().school.withdraws();
  expect(story.stage).toBe('closed');
  expect(story.told).toContain('withdrawn to provider:AP-ACADEMY');
});

test('from the day of the start, it is neither withdrawn nor closed: CAP records how it ends', () => {
  const story = submitted();
  stages.at(-1)?.[1](story);
  story.at('2025-01-12T23:59Z').at('2025-01-13T00:00Z');
  expect(story.refusal(() => story.school.withdraws())).toMatchObject({ refused: 'not-now', rule: 'stage' });
  expect(story.refusal(() => story.cap.closesTheCase())).toMatchObject({ refused: 'not-now', rule: 'stage' });
  story.cap.recordsTheExit('ended-early');
  expect(story.stage).toBe('closed');
});

test('from the day of the start, nobody is offered to withdraw it or to close it', () => {
  const story = submitted();
  stages.at(-1)?.[1](story);
  expect(allowed(story.state, '2025-01-12T23:59:00.000Z')).toEqual(expect.arrayContaining(['withdraw', 'closeCase']));
  const offered = allowed(story.state, '2025-01-13T00:00:00.000Z');
  expect(offered).toContain('recordExit');
  expect(offered).not.toContain('withdraw');
  expect(offered).not.toContain('closeCase');
});

test('a closed case takes nothing more, and says so', () => {
  const story = submitted();
  story.school.withdraws();
  for (const attempt of [
    () => story.school.withdraws(),
    () => story.cap.closesTheCase(),
    () => story.cap.findsThePackComplete(),
    () => story.theClockRings(),
    () => story.recalculates(),
  ]) {
    expect(story.refusal(attempt)).toMatchObject({ refused: 'not-now' });
  }
});
