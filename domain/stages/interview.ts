// The interview and the provider's response. The school arranges it at Tier 1 (R55), the provider for Flourish (R63).
import { applicantOf } from '../applicant';
import { addDays, endOfLondonDay, formatLondon, londonDay, whyNotMetAt } from '../calendar';
import type { BodyOf } from '../commands';
import { hostAfter } from '../host';
import { takeCoursePlace } from '../matters/coursePlace';
import { routeStage } from '../route';
import { refuse } from '../refusal';
import type { Refusal } from '../state';
import { workingDaysAfter } from '../take';
import type { Party } from '../words';
import { turnedDown } from './alternatives';
import { sendTo, sentAlready } from './sendPack';
import type { CaseAt, Stage } from './stage';

export const interview: Stage<'interview'> = {
  enter: (_stage, state, event) => ({ stage: 'interview', host: hostAfter(state, event), booked: null, held: null }),
  takes: {
    bookInterview: {
      when: ({ position }) => position.held === null,
      by: (state) => [arranger(state), 'cap'],
      decide: (state, { at }, facts) => {
        const whyNot = whyNotMetAt(at, facts.now, facts.calendar);
        if (whyNot !== null) return refuse('wrong-value', 'A10', whyNot, 'at');
        return at === state.position.booked
          ? refuse('nothing-changed', 'A10', 'The interview is booked for that time already.', 'at')
          : [{ kind: 'interviewBooked', on: at }];
      },
    },
    recordInterview: {
      // That it was held may have been recorded by mistake: until the provider responds it can still be recorded as missed.
      by: ({ position }) => [position.host, 'cap'],
      offered: ({ position }, now) => position.booked !== null && position.booked <= now,
      decide: ({ position: { booked, held } }, { result }, facts) => {
        if (held !== null && result === 'held')
          return refuse('nothing-changed', 'A10', 'The interview is recorded as held already.', 'result');
        if (booked === null) return refuse('wrong-value', 'A10', 'No interview is booked: book it first.', 'result');
        if (facts.now < booked) {
          const message = `The interview is on ${formatLondon(booked)}: record it then or later, or move it.`;
          return refuse('wrong-value', 'A10', message, 'result');
        }
        return [{ kind: result === 'held' ? 'interviewHeld' : 'interviewMissed' }];
      },
    },
    sendPack: {
      // A pack that went to the wrong provider goes to another, while nothing was booked (A25).
      when: ({ position }) => position.booked === null && position.held === null,
      by: () => ['cap'],
      decide: (state, body, facts) => isThereAlready(state, body) ?? sendTo(state, body, facts),
    },
    providerResponse: {
      // A response comes after the pack was received and the interview held (C30).
      when: ({ position }) => position.held !== null,
      by: ({ position }) => [position.host],
      // A ground comes with a decline, and with nothing else.
      decide: (state, { ground }, facts) =>
        ground === undefined
          ? [{ kind: 'providerAccepted' }, ...takeCoursePlace(state, facts)]
          : [{ kind: 'providerDeclined', ground }],
    },
  },
  moves: {
    packSent: (_state, { host }) => ({ stage: 'interview', host, booked: null, held: null }),
    interviewBooked: ({ position }, { on }) => ({ ...position, booked: on }),
    interviewMissed: ({ position }) => ({ ...position, booked: null, held: null }),
    interviewHeld: ({ position }, { at }) => ({ ...position, held: at }),
    providerAccepted: () => 'next-stage',
    providerDeclined: turnedDown.providerDeclined,
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

/** Sent once more to who has it, a pack would tell the school that it went elsewhere, and begin the days for booking anew. */
function isThereAlready(
  { position, course: applied }: CaseAt<'interview'>,
  { provider, course }: BodyOf<'sendPack'>,
): Refusal | null {
  if (`provider:${provider}` !== position.host) return null;
  if (course === undefined) return refuse('nothing-changed', 'A25', 'The pack is with this provider already.', 'provider');
  return course === applied?.code ? sentAlready : null;
}

function arranger(state: CaseAt<'interview'>): Party {
  return routeStage(state, 'interview').arrangedBy === 'school' ? applicantOf(state) : state.position.host;
}
