// When a command counts: by when it was received while that can be true, and never so that a timeline runs backwards.
import fc from 'fast-check';
import { countsFrom } from '../../domain/received';

const now = '2024-12-16T10:00:00.000Z';
const counts = (received: string | null, after: string | null = null) => countsFrom({ received, now, after });

test('what a door received while the engine was away counts from then, for an hour at most', () => {
  expect(counts('2024-12-16T09:30:00.000Z')).toBe('2024-12-16T09:30:00.000Z');
  expect(counts('2024-12-16T09:00:00.000Z')).toBe('2024-12-16T09:00:00.000Z');
  expect(counts('2024-12-16T08:59:59.999Z')).toBe(now);
});

test('it never counts from before the last event of its case, nor from before its draft was saved', () => {
  expect(counts('2024-12-16T09:30:00.000Z', '2024-12-16T09:30:00.000Z')).toBe('2024-12-16T09:30:00.000Z');
  expect(counts('2024-12-16T09:30:00.000Z', '2024-12-16T09:30:00.001Z')).toBe(now);
});

test('what no door received counts when it is taken, and so does what a door received in the future', () => {
  expect(counts(null)).toBe(now);
  expect(counts('2024-12-16T10:00:00.001Z')).toBe(now);
});

test('whatever the clocks say, nothing counts from before the last event, nor from more than an hour back', () => {
  const instants = fc.date({ min: new Date('2024-12-16T06:00:00Z'), max: new Date('2024-12-16T14:00:00Z'), noInvalidDate: true });
  const instant = instants.map((date) => date.toISOString());
  fc.assert(
    fc.property(fc.option(instant), instant, fc.option(instant), (received, at, after) => {
      const counted = countsFrom({ received, now: at, after });
      expect(after === null || counted >= after).toBe(true);
      expect(Date.parse(at) - Date.parse(counted)).toBeLessThanOrEqual(60 * 60 * 1000);
    }),
  );
});
