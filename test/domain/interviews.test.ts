// An interview is booked, then it takes place, then it is recorded: in this order (A10, C30).
import { flourishBeforeItsPanel, type Story } from '../support/story';

function packSent(): Story {
  const story = flourishBeforeItsPanel();
  story.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  return story;
}

test.each(['held', 'missed'] as const)('an interview that was never booked is not recorded as %s', (result) => {
  const story = packSent();
  expect(story.refusal(() => story.provider.does('recordInterview', { result }))).toMatchObject({ rule: 'A10', field: 'result' });
});

test.each(['held', 'missed'] as const)('an interview is recorded as %s once its time has come, not before', (result) => {
  const story = packSent();
  story.provider.booksTheInterview('2025-01-08T10:00Z');
  story.at('2025-01-08T09:59Z');
  const early = story.refusal(() => story.provider.does('recordInterview', { result }));
  expect(early).toMatchObject({ refused: 'wrong-value', rule: 'A10', field: 'result' });
  expect(early.message).toContain('8 January 2025');
  story.at('2025-01-08T10:00Z').provider.does('recordInterview', { result });
});

test('the record of an interview is offered once one is booked', () => {
  const story = packSent();
  expect(story.offered('provider:TP-ONE')).toEqual(['bookInterview', 'noteCpoms']);
  story.provider.booksTheInterview('2025-01-08T10:00Z');
  expect(story.offered('provider:TP-ONE')).toEqual(['bookInterview', 'noteCpoms']);
  story.at('2025-01-08T10:00Z');
  expect(story.offered('provider:TP-ONE')).toEqual(['bookInterview', 'noteCpoms', 'recordInterview']);
});
