// A panel refused, or a provider declined: CAP explores alternatives with the school (R64, C30), and closes with what was offered.
import { refuse } from '../refusal';
import { sendTo } from './sendPack';
import { workingDaysAfter } from '../take';
import type { Stage } from './stage';

const workingDays = 10;

export const alternatives: Stage<'alternatives'> = {
  takes: {
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
    packSent: (_state, { host }) => ({ stage: 'interview', host, booked: null, held: null }),
  },
  waits: (state, calendar) => ({ party: 'cap', what: 'alternatives', due: workingDaysAfter(state.since, workingDays, calendar) }),
};
