// The cycle that `npm run demo` enters, so that it runs on any day: the deadline and the meetings are today, Saturdays and Sundays too.
import type { IsoDate, NewCycle } from '../domain/calendar';

/** @param start of its cohorts: today, or the first school day after it (C10) */
export function demoCycle(today: IsoDate, start: IsoDate): NewCycle {
  return {
    deadline: today,
    items: [
      { programme: 'flourish', cohortStart: start, panels: null },
      { programme: 'refocus', cohortStart: start, panels: null },
      { programme: 'supported-transfer', cohortStart: null, panels: null },
      { programme: 'year-11-bespoke', cohortStart: null, panels: null },
      { programme: 'tier-4', cohortStart: null, panels: null },
    ],
    meetings: { 'review-and-authorisation': today, 'multi-agency': today, 'headteacher-placement': null },
  };
}
