// `npm run demo` runs on any day: the cycle that it enters is one that CAP may enter, in the week and at its end.
import { demoCycle } from '../../dev/demoCycle';
import { addDays, cycleByHandProblems, schoolDayFrom } from '../../domain/calendar';
import { calendar2026 } from '../support/story';

const programmes = new Map(
  ['flourish', 'refocus', 'supported-transfer', 'year-11-bespoke', 'tier-4'].map((programme) => [programme, null] as const),
);

// Monday 23 November 2026 and the days after it.
test.each([0, 1, 2, 3, 4, 5, 6].map((after) => addDays('2026-11-23', after)))('on %s', (today) => {
  const cycle = demoCycle(today, schoolDayFrom(today, calendar2026) ?? '');
  expect(cycle.meetings['multi-agency']).toBe(today);
  expect(cycleByHandProblems(cycle, { today, calendar: calendar2026, programmes, cycles: [] })).toEqual([]);
});
