// A panel refused, or a provider declined: CAP explores alternatives with the school (R64, C30), and closes with what was offered.
import { routeOf } from '../route';
import { refuse, workingDaysAfter, type Stage } from './stage';

const workingDays = 10;

export const alternatives: Stage<'alternatives'> = {
  takes: {
    sendPack: {
      when: (position) => position.because === 'declined',
      by: () => ['cap'],
      decide: (state, { provider }) =>
        routeOf(state).some((stage) => stage.stage === 'interview')
          ? [{ kind: 'packSent', provider }]
          : refuse('wrong-value', 'R78', 'This programme has one provider only.', 'provider'),
    },
  },
  moves: {
    packSent: (_state, { provider }) => ({ stage: 'interview', provider, booked: null, held: null }),
  },
  waits: (state, calendar) => ({ party: 'cap', what: 'alternatives', due: workingDaysAfter(state.since, workingDays, calendar) }),
};
