// The SLA pays the quality assurance of fifteen Tier 1 placements a year (R9).
import { allowanceWarning } from '../../domain/allowance';

test.each([
  [0, null],
  [14, null],
  [15, 'All 15 are used'],
  [17, '2 more than the SLA pays for'],
])('of %i placements the school is told: %s', (used, told) => {
  if (told === null) expect(allowanceWarning(used)).toBeNull();
  else expect(allowanceWarning(used)).toContain(told);
});
