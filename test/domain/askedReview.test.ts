// A review that parents or the local authority ask for in writing (A4).
import { flourishBeforeItsPanel } from '../support/story';

/** A Flourish placement from 13 January to 11 April 2025. */
const running = () => {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  story.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-13');
  return story.at('2025-01-20T10:00Z');
};
const ask = (receivedOn: string, by: 'parents' | 'local-authority' = 'parents') => ['askReview', { by, receivedOn }] as const;

test('school, host or CAP record it; the host holds it, and both sides are told (A4)', () => {
  const story = running();
  story.cap.does(...ask('2025-01-17'));
  expect(story.told.slice(-2)).toEqual(['review-asked to school:SCH-A', 'review-asked to provider:TP-ONE']);
  // Ten working days from Monday 20 January.
  expect(story.waits.find(({ what }) => what === 'asked-review')).toMatchObject({
    party: 'provider:TP-ONE',
    due: '2025-02-03T23:59:59.999Z',
  });
  expect(story.offered('school:SCH-A')).not.toContain('askReview');
  expect(story.refusal(() => story.school.does(...ask('2025-01-20', 'local-authority')))).toMatchObject({
    ...{ refused: 'not-now', rule: 'A4' },
    message: 'A review that was asked for is still to be held: it answers for this one too.',
  });
  story.at('2025-01-28T10:00Z').provider.reviews('2025-01-28');
  expect(story.state.matters).toEqual([]);
});

test('a review within the ten weeks before answers for it (A4)', () => {
  const story = running();
  story.at('2025-01-28T10:00Z').provider.reviews('2025-01-28');
  story.at('2025-04-08T10:00Z');
  expect(story.refusal(() => story.school.does(...ask('2025-04-08')))).toMatchObject({ refused: 'nothing-changed', rule: 'A4' });
  story.at('2025-04-09T10:00Z').school.does(...ask('2025-04-09', 'local-authority'));
  expect(story.eventsOf('reviewAsked')).toMatchObject([{ by: 'local-authority' }]);
});

test('a review that was held longer than ten weeks before it was asked for, and is recorded late, does not answer for it (A4)', () => {
  const story = running();
  story.at('2025-04-02T10:00Z').school.does(...ask('2025-04-02'));
  const waits = () => story.waits.some(({ what }) => what === 'asked-review');
  // 22 January is ten weeks before 2 April.
  story.at('2025-04-03T10:00Z').provider.reviews('2025-01-21');
  expect(waits()).toBe(true);
  story.provider.reviews('2025-01-22');
  expect(waits()).toBe(false);
});

test('the ten weeks are those before the day on which it came, also where it is written down later (A4)', () => {
  const story = running();
  // It came on 2 April: 22 January is ten weeks before.
  story.at('2025-04-09T10:00Z').school.does(...ask('2025-04-02'));
  const waits = () => story.waits.some(({ what }) => what === 'asked-review');
  story.at('2025-04-10T10:00Z').provider.reviews('2025-01-21');
  expect(waits()).toBe(true);
  story.provider.reviews('2025-01-22');
  expect(waits()).toBe(false);
});

test('it came on a day of the placement that has come', () => {
  const story = running();
  for (const day of ['2025-01-21', '2025-01-12'])
    expect(story.refusal(() => story.school.does(...ask(day)))).toMatchObject({ rule: 'A4', field: 'receivedOn' });
  // The first day of the placement is one of them.
  story.school.does(...ask('2025-01-13'));
});
