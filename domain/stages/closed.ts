// The end of a case: nothing is taken from people and nobody is waited for, but for e-mails that were not delivered. Once it is kept no longer, what was written of it is erased (A14).
import { londonDay } from '../calendar';
import { refuse } from '../refusal';
import { isErasedOn, retentionOf } from '../retention';
import type { Stage } from './stage';

export const closed: Stage<'closed'> = {
  takes: {
    erase: {
      when: ({ position }) => !position.erased,
      by: () => ['system'],
      decide: (_state, _body, { retention, now }) => {
        if (retention === null) return refuse('not-due', 'A14', 'Of a student who is not known nothing is erased.');
        if (retention.held) return refuse('not-due', 'A14', 'A legal hold stands: nothing of it is erased until it is lifted.');
        return isErasedOn(retention, londonDay(now))
          ? [{ kind: 'erased' }]
          : refuse('not-due', 'A14', `It is kept until ${retentionOf(retention).until}.`);
      },
    },
  },
  moves: { erased: ({ position }) => ({ ...position, erased: true }) },
  waits: () => null,
};
