// The end of a case: nothing is taken, nobody is waited for.
import type { Stage } from './stage';

export const closed: Stage<'closed'> = { takes: {}, moves: {}, waits: () => null };
