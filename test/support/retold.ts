// A timeline told again: what its events come to, by the rules alone.
import { afterStep, type MachineState } from '../../domain/machine';
import type { Database } from '../../records/database';

/** What one command led to, as its timeline has it. */
export interface ToldStep<Event> {
  readonly command: string;
  readonly source: string;
  /** The kind of the command. */
  readonly given: string;
  readonly body: unknown;
  readonly events: readonly Event[];
}

/**
 * @param from the first step that is wanted
 * @returns the steps of a case, or of a meeting, in their order
 */
export function stepsOf<Event>(db: Database, reference: string, from = 1): Promise<ToldStep<Event>[]> {
  return db.directly(
    (connection) => connection.$queryRaw<ToldStep<Event>[]>`
      SELECT command, source, commands.kind AS given, body,
        jsonb_agg(event || jsonb_build_object('kind', timeline.kind, 'at', instant(at)) ORDER BY seq) AS events
      FROM timeline JOIN commands ON commands.id = command
      WHERE timeline.reference = ${reference} AND timeline.step >= ${from}
      GROUP BY timeline.step, command, source, commands.kind, body ORDER BY timeline.step`,
  );
}

/** @returns the state that the whole timeline comes to; null where there is none */
export async function retold<State extends MachineState>(
  machine: { evolve(state: State | null, event: never): State },
  db: Database,
  reference: string,
): Promise<State | null> {
  const steps = await stepsOf<never>(db, reference);
  return steps.reduce<State | null>((state, { events }) => afterStep(machine, state, events), null);
}
