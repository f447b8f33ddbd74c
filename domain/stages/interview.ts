// The interview and the provider's response. The school arranges it at Tier 1 (R55), the provider for Flourish (R63).
import { addDays, endOfLondonDay, londonDay } from '../calendar';
import { routeStage } from '../route';
import type { CaseState, Event } from '../state';
import { refuse } from '../refusal';
import { workingDaysAfter } from '../take';
import type { Host, Party } from '../words';
import type { CaseAt, Stage } from './stage';

export const interview: Stage<'interview'> = {
  enter: (_stage, state, event) => ({ stage: 'interview', host: receives(state, event), booked: null, held: null }),
  takes: {
    bookInterview: {
      when: ({ position }) => position.held === null,
      by: (state) => [arranger(state), 'cap'],
      decide: (state, { at }, facts) => {
        // No farther than any calendar reaches: the days after it are counted too.
        if (at < facts.now || londonDay(at) > addDays(londonDay(facts.now), 366)) {
          return refuse('wrong-value', 'A10', 'An interview is booked for a time to come, within a year.', 'at');
        }
        return at === state.position.booked
          ? refuse('nothing-changed', 'A10', 'The interview is booked for that time already.', 'at')
          : [{ kind: 'interviewBooked', on: at }];
      },
    },
    recordInterview: {
      when: ({ position }) => position.held === null,
      by: ({ position }) => [position.host, 'cap'],
      decide: (state, { result }) =>
        result === 'held'
          ? [{ kind: 'interviewHeld' }]
          : state.position.booked === null
            ? refuse('wrong-value', 'A10', 'An interview that was never booked cannot have been missed: book it first.', 'result')
            : [{ kind: 'interviewMissed' }],
    },
    providerResponse: {
      // A response comes after the pack was received and the interview held (C30).
      when: ({ position }) => position.held !== null,
      by: ({ position }) => [position.host],
      decide: (_state, { result, ground }) => {
        if (result === 'accept') {
          return ground === undefined
            ? [{ kind: 'providerAccepted' }]
            : refuse('wrong-value', 'A10', 'A ground is given with a decline, not with an acceptance.', 'ground');
        }
        return ground === undefined
          ? refuse('wrong-value', 'A10', 'A decline needs its ground: need, risk or capacity.', 'ground')
          : [{ kind: 'providerDeclined', ground }];
      },
    },
  },
  moves: {
    interviewBooked: ({ position }, { on }) => ({ ...position, booked: on }),
    interviewMissed: ({ position }) => ({ ...position, booked: null }),
    interviewHeld: ({ position }, { at }) => ({ ...position, held: at }),
    providerAccepted: () => 'next-stage',
    providerDeclined: () => ({ stage: 'alternatives', because: 'declined' }),
  },
  waits: (state, calendar) => {
    const { position, since } = state;
    const { bookingDays, responseDays } = routeStage(state, 'interview');
    if (position.held !== null) {
      return {
        party: position.host,
        what: 'provider-response',
        due: endOfLondonDay(addDays(londonDay(position.held), responseDays)),
      };
    }
    if (position.booked !== null) {
      return { party: position.host, what: 'interview-record', due: workingDaysAfter(position.booked, 1, calendar) };
    }
    return { party: arranger(state), what: 'interview-booking', due: workingDaysAfter(since, bookingDays, calendar) };
  },
};

/** Whom CAP sent the pack to, or at Tier 1 the provider whose course was applied for. */
function receives(state: CaseState, event: Event): Host {
  if (event.kind === 'packSent') return event.host;
  if (state.course === null) throw new Error(`${state.reference} comes to an interview without a provider`);
  return `provider:${state.course.provider}`;
}

function arranger(state: CaseAt<'interview'>): Party {
  return routeStage(state, 'interview').arrangedBy === 'school' ? `school:${state.school}` : state.position.host;
}
