// The AP Academy initiates onboarding (R78): there is no interview.
import { routeStage } from '../route';
import { workingDaysAfter } from '../take';
import type { Stage } from './stage';

export const onboarding: Stage<'onboarding'> = {
  enter: (stage) => ({ stage: 'onboarding', host: stage.host }),
  takes: {
    recordOnboarding: {
      by: ({ position }) => [position.host],
      decide: (_state, { result }) => [{ kind: result === 'completed' ? 'onboarded' : 'onboardingRefused' }],
    },
  },
  moves: {
    onboarded: () => 'next-stage',
    onboardingRefused: ({ position }) => ({ stage: 'alternatives', because: 'onboarding-refused', declinedBy: position.host }),
  },
  waits: (state, calendar) => ({
    party: state.position.host,
    what: 'onboarding',
    due: workingDaysAfter(state.since, routeStage(state, 'onboarding').workingDays, calendar),
  }),
};
