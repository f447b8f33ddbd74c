// A cycle may take a panel out of the route of a programme (C5, R94): the case goes the way of its own cycle.
import { cycle, flourishApplication, refocusApplication } from '../support/story';
import type { PanelCode } from '../../domain/words';

const meetings = { 'review-and-authorisation': '2024-12-16', 'multi-agency': '2024-12-17' } as const;

/** A cycle in which these panels alone decide on a programme. */
function cycleWith(programme: string, panels: readonly PanelCode[] | null) {
  const made = cycle('2024-25-9', '2024-12-04', [{ programme, cohortStart: '2025-01-27' }], meetings);
  return [{ ...made, items: made.items.map((item) => ({ ...item, panels })) }];
}

test('a cycle that takes out the only panel sends the complete pack straight on', () => {
  const story = flourishApplication({ cycles: cycleWith('flourish', []) });
  story.at('2024-12-02T10:00Z').school.submits();
  story.cap.findsThePackComplete();
  expect(story.stage).toBe('send-pack');
  expect(story.viewers).not.toContain('panel:review-and-authorisation');
});

test('a cycle that takes out the first of two panels leaves the second, which approves and takes the place', () => {
  const story = refocusApplication({ cycles: cycleWith('refocus', ['multi-agency']) });
  story.at('2024-12-02T10:00Z').school.submits();
  story.cap.findsThePackComplete();
  expect(story.state.position).toMatchObject({ stage: 'panel', panel: 'multi-agency', meeting: { day: '2024-12-17' } });
  story.at('2024-12-17T14:00Z').secondChair.approves();
  expect(story.happened).toEqual(expect.arrayContaining(['approved', 'placeTaken', 'outcomeIssued']));
  expect(story.state).toMatchObject({ position: { stage: 'onboarding' }, place: { term: 'spring' } });
});

test('a cycle that takes out the second panel has the first approve, and no case goes on to nobody', () => {
  const story = refocusApplication({ cycles: cycleWith('refocus', ['review-and-authorisation']) });
  story.at('2024-12-02T10:00Z').school.submits();
  story.cap.findsThePackComplete();
  story.at('2024-12-16T14:00Z').chair.approves();
  expect(story.happened).toContain('approved');
  expect(story.stage).toBe('onboarding');
});

test('a case that is deferred keeps its own route, whatever the next cycle lists', () => {
  const [first] = cycleWith('refocus', ['multi-agency']);
  const second = cycle('2024-25-10', '2025-01-15', [{ programme: 'refocus', cohortStart: '2025-02-24' }], {
    'review-and-authorisation': '2025-01-27',
    'multi-agency': '2025-01-28',
  });
  const story = refocusApplication({ cycles: first ? [first, second] : [] });
  story.at('2024-12-02T10:00Z').school.submits();
  story.cap.findsThePackComplete();
  story.at('2024-12-17T14:00Z').secondChair.defers();
  expect(story.state.position).toMatchObject({ panel: 'multi-agency', meeting: { day: '2025-01-28' } });
  story.at('2025-01-28T14:00Z').secondChair.approves();
  expect(story.stage).toBe('onboarding');
});

test('a pack that is returned and comes too late lands on the next cycle, and goes the way of that one', () => {
  const [first] = cycleWith('flourish', []);
  const second = cycle('2024-25-10', '2025-01-15', [{ programme: 'flourish', cohortStart: '2025-02-24' }], {
    'review-and-authorisation': '2025-01-27',
  });
  const story = flourishApplication({ cycles: first ? [first, second] : [] });
  story.at('2024-12-02T10:00Z').school.submits().cap.returnsThePack();
  story.at('2024-12-10T10:00Z').school.sendsTheCorrectedPack().cap.findsThePackComplete();
  expect(story.state.position).toMatchObject({ stage: 'panel', meeting: { day: '2025-01-27' } });
});
