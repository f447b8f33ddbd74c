// The AP Academy initiates onboarding (R78): there is no interview.
import type { BodyOf } from '../commands';
import type { Facts } from '../facts';
import { owed } from '../matters/reasons';
import { routeStage } from '../route';
import { workingDaysAfter, type Happenings } from '../take';
import { turnedDown } from './alternatives';
import type { Stage } from './stage';

export const onboarding: Stage<'onboarding'> = {
  enter: (stage) => ({ stage: 'onboarding', host: stage.host }),
  takes: {
    recordOnboarding: {
      by: ({ position }) => [position.host],
      decide: (_state, body, facts) => (body.result === 'completed' ? [{ kind: 'onboarded' }] : onboardingRefused(body, facts)),
    },
  },
  moves: {
    onboarded: () => 'next-stage',
    onboardingRefused: turnedDown.onboardingRefused,
  },
  waits: (state, calendar) => ({
    party: state.position.host,
    what: 'onboarding',
    due: workingDaysAfter(state.since, routeStage(state, 'onboarding').workingDays, calendar),
  }),
};

/** Who refused sees the case no longer: what they owe is CAP's to ask of them, and to write down. */
export function onboardingRefused(body: BodyOf<'recordOnboarding'>, facts: Facts): Happenings {
  return [{ kind: 'onboardingRefused' }, ...owed('recordOnboarding', body, facts, 'cap')];
}
