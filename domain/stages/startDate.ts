// The school confirms the start date (R57, R65). A start in another term needs a place there (R13).
import { addDays, londonDay, placementEnd, type IsoDate } from '../calendar';
import type { Facts } from '../facts';
import { isRefusal, refuse } from '../refusal';
import { placementOf, routeStage } from '../route';
import type { CaseState } from '../state';
import { workingDaysAfter } from '../take';
import { weeksOf } from '../timetable';
import type { Host } from '../words';
import { takePlace } from './panel';
import type { Stage } from './stage';

export const startDate: Stage<'start-date'> = {
  enter: (_stage, state) => ({ stage: 'start-date', host: hostIn(state) }),
  takes: {
    confirmStart: {
      by: (state) => [`school:${state.school}`],
      decide: (state, { start }, facts) => {
        if (start < londonDay(state.since)) {
          return refuse(
            'wrong-value',
            'R57',
            `A start is on or after ${londonDay(state.since)}, the day it was agreed.`,
            'start',
          );
        }
        if (start > addDays(londonDay(facts.now), 366)) {
          return refuse('wrong-value', 'R57', 'A start is confirmed for the year ahead, not later.', 'start');
        }
        const place = takePlace(state, start, facts);
        if (isRefusal(place)) return place;
        return [{ kind: 'startConfirmed', start, end: endOf(state, start, facts) }, ...place];
      },
    },
  },
  moves: { startConfirmed: () => 'next-stage' },
  waits: (state, calendar) => ({
    party: `school:${state.school}`,
    what: 'start-date',
    due: workingDaysAfter(state.since, routeStage(state, 'start-date').workingDays, calendar),
  }),
};

function hostIn({ reference, position }: CaseState): Host {
  if (!('host' in position) || position.host === null) throw new Error(`${reference} comes to its start without a host`);
  return position.host;
}

/** The last day in school weeks (C8, C9); in plain weeks where the terms of that time are not entered yet. */
function endOf(state: CaseState, start: IsoDate, facts: Facts): IsoDate {
  const { phases, withinTerm } = placementOf(state);
  const weeks = weeksOf(phases, state.course?.schoolWeeks ?? null);
  return placementEnd(start, weeks, { withinTerm }, facts.calendar) ?? addDays(start, weeks * 7 - 3);
}
