// A panel refused, or a provider declined: CAP explores alternatives with the school (R64, C30), and closes with what was offered.
import { applicantOf } from '../applicant';
import { londonDay } from '../calendar';
import { deferral } from '../landing';
import { refuse } from '../refusal';
import { routeStage } from '../route';
import { sendTo } from './sendPack';
import type { At, CaseState, Position } from '../state';
import { workingDaysAfter } from '../take';
import type { Stage } from './stage';

const workingDays = 10;

type Hosted = CaseState & { readonly position: At<'interview' | 'onboarding' | 'start-date' | 'placement'> };

/** Whoever was to take the student does not, when they are asked or after all. */
export const turnedDown = {
  providerDeclined: ({ position }: Hosted): Position => ({
    stage: 'alternatives',
    because: 'declined',
    declinedBy: position.host,
  }),
  onboardingRefused: ({ position }: Hosted): Position => ({
    stage: 'alternatives',
    because: 'onboarding-refused',
    declinedBy: position.host,
  }),
};

export const alternatives: Stage<'alternatives'> = {
  takes: {
    askReconsideration: {
      // Once, of the panel that refused it (A8).
      when: ({ position, reconsidered }) => position.because === 'refused' && !reconsidered,
      whyNot: ({ position }) =>
        position.because === 'refused'
          ? refuse('not-now', 'A8', 'The panel reconsiders once, and has: CAP explores alternatives with the school.')
          : null,
      by: (state) => [applicantOf(state)],
      decide: (state, _body, facts) => {
        if (!facts.texts?.includes('evidence')) {
          return refuse('reason-needed', 'A8', 'Write the new evidence, in the service.', 'evidence');
        }
        const { panel } = routeStage(state, 'panel');
        return [{ kind: 'reconsiderationAsked', panel, landing: deferral(state, panel, londonDay(facts.now), facts.cycles) }];
      },
    },
    sendPack: {
      // Only a provider that was interviewed for declines, and CAP may send the pack to another; Refocus has one alone (R78).
      when: ({ position }) => position.because === 'declined',
      by: () => ['cap'],
      decide: (state, body, facts) =>
        `provider:${body.provider}` === state.position.declinedBy && !facts.texts?.includes('why')
          ? refuse('reason-needed', 'A25', 'This provider has just declined: write why it is asked again.', 'why')
          : sendTo(state, body, facts),
    },
  },
  moves: {
    reconsiderationAsked: (_state, { panel, landing }) => ({
      stage: 'panel',
      panel,
      meeting: landing?.meetings[panel] ?? null,
    }),
    packSent: (_state, { host }) => ({ stage: 'interview', host, booked: null, held: null }),
  },
  waits: (state, calendar) => ({ party: 'cap', what: 'alternatives', due: workingDaysAfter(state.since, workingDays, calendar) }),
};
