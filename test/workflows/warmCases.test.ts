// How many cases stay warm follows from the memory of the worker.
import { memoryLimits, warmCases } from '../../worker/warmCases';

const GB = 2 ** 30;

test('twice the memory is more than twice the cases, and the tightest limit counts', () => {
  expect(warmCases([2 * GB, 8 * GB])).toBeGreaterThan(2 * warmCases([GB, 8 * GB]));
  expect(warmCases([8 * GB, GB, 64 * GB])).toBe(warmCases([GB]));
});

test('what they take leaves half of the memory free, at the 260 KB that a case was measured to take', () => {
  for (const limit of [0.5 * GB, GB, 4 * GB]) expect(warmCases([limit]) * 260 * 1024).toBeLessThan(limit / 2);
});

test('with hardly any memory there are ten still', () => {
  expect(warmCases([0.1 * GB])).toBe(10);
});

test('here there are limits, all of them positive', () => {
  expect(memoryLimits()).toHaveLength(3);
  for (const limit of memoryLimits()) expect(limit).toBeGreaterThan(0);
});
