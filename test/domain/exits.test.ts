// Alternative provision is an intervention, not a destination: whatever the programme, the student can go back to mainstream school (R2).
import { decide } from '../../domain/case';
import { neededTexts } from '../../domain/commands';
import type { Facts } from '../../domain/facts';
import { keyOf } from '../../domain/programme';
import { programmes } from '../../domain/programmes';
import { routeOf } from '../../domain/route';
import { tier1Application } from '../support/story';
import { at } from '../support/teller';

/** A placement that runs, as a case of any programme, with everything done that comes before its exit. */
function running(programme: (typeof programmes)[number]) {
  const story = tier1Application();
  story.at('2024-12-02T10:00Z').school.submits().cap.findsThePackComplete();
  story.provider.holdsTheInterview().provider.accepts().school.confirmsTheStart('2025-01-06');
  const { state } = story;
  const its = { programme: keyOf(programme), panels: null };
  const position = { ...at(state, 'placement'), pathwayReviewed: true };
  return { ...state, ...its, at: routeOf(its).length - 1, position, matters: [] };
}

test.each(programmes.map((programme) => [keyOf(programme), programme] as const))(
  '%s leads back to the home school (R2)',
  (_key, programme) => {
    const state = running(programme);
    const body = { destination: 'home-school' } as const;
    const actor = { person: 'cap.one', parties: ['cap'] } as const;
    const facts = { now: '2025-02-14T12:00:00.000Z', actor, texts: neededTexts('recordExit', body) } as unknown as Facts;
    expect(decide(state, { kind: 'recordExit', body }, facts)).toMatchObject([{ kind: 'exited', destination: 'home-school' }]);
  },
);
