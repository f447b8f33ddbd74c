// CAP picks the training provider and sends it the approved pack (R63, C20).
import type { Facts } from '../facts';
import { routeStage } from '../route';
import { refuse } from '../refusal';
import { workingDaysAfter, type Decision } from '../take';
import type { Stage } from './stage';

export const sendPack: Stage<'send-pack'> = {
  enter: () => ({ stage: 'send-pack' }),
  takes: {
    sendPack: {
      by: () => ['cap'],
      decide: (_state, { provider }, facts) => sendTo(provider, facts),
    },
  },
  moves: { packSent: () => 'next-stage' },
  waits: (state, calendar) => ({
    party: 'cap',
    what: 'pack-to-be-sent',
    due: workingDaysAfter(state.since, routeStage(state, 'send-pack').workingDays, calendar),
  }),
};

/** The pack goes to a provider of the directory, by its code (R54, R103). */
export function sendTo(provider: string, facts: Facts): Decision {
  return facts.providers.includes(provider)
    ? [{ kind: 'packSent', host: `provider:${provider}` }]
    : refuse(
        'wrong-value',
        'R103',
        `No provider of the directory has the code ${provider}: choose one that CAP has procured.`,
        'provider',
      );
}
