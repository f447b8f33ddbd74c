// The AP Academy initiates onboarding (R78): there is no interview.
import { routeStage } from '../route';
import { workingDaysAfter, type Stage } from './stage';

export const onboarding: Stage<'onboarding'> = {
  enter: (stage) => ({ stage: 'onboarding', provider: stage.provider }),
  takes: {
    recordOnboarding: {
      by: (state) => [`provider:${state.position.provider}`],
      decide: (_state, { result }) => [{ kind: result === 'completed' ? 'onboarded' : 'onboardingRefused' }],
    },
  },
  moves: {
    onboarded: () => 'next-stage',
    onboardingRefused: () => ({ stage: 'alternatives', because: 'onboarding-refused' }),
  },
  waits: (state, calendar) => ({
    party: `provider:${state.position.provider}`,
    what: 'onboarding',
    due: workingDaysAfter(state.since, routeStage(state, 'onboarding').workingDays, calendar),
  }),
};
