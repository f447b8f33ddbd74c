// CAP picks the training provider and sends it the approved pack (R63, C20).
import { routeStage } from '../route';
import { workingDaysAfter, type Stage } from './stage';

export const sendPack: Stage<'send-pack'> = {
  enter: () => ({ stage: 'send-pack' }),
  takes: {
    sendPack: {
      by: () => ['cap'],
      decide: (_state, { provider }) => [{ kind: 'packSent', provider }],
    },
  },
  moves: { packSent: () => 'next-stage' },
  waits: (state, calendar) => ({
    party: 'cap',
    what: 'pack-to-be-sent',
    due: workingDaysAfter(state.since, routeStage(state, 'send-pack').workingDays, calendar),
  }),
};
