// What `npm run bench` is asked for on its command line.
import { parseArgs } from 'node:util';
import { PlainError } from '../dev/plainError';

/** What can be measured, each by itself with `--only`. */
export const measures = ['load', 'events', 'latency', 'failover', 'start', 'morning', 'memory', 'idle', 'lists'] as const;
export type Measure = (typeof measures)[number];

export interface Options {
  /** Cases a round, for each side. */
  readonly cases: number;
  readonly rounds: number;
  readonly inFlight: number;
  /** Pairs of decisions, one through HTTP and one raw. */
  readonly pairs: number;
  /** Cases that are opened to see what one takes of the worker's memory. */
  readonly openCases: number;
  /** Running placements whose registers a morning looks at, and that are kept open while nothing happens to them. */
  readonly placements: number;
  /** Cases that the lists and the numbers are read among. */
  readonly listCases: number;
  readonly only: readonly Measure[];
  /** A folder for CPU profiles of the worker and the API; null for none. */
  readonly profile: string | null;
}

export const usage = `npm run bench -- [options]

  --cases N       cases a round, for each side (24)
  --rounds N      rounds, each side first in turn (4)
  --in-flight N   cases under way at once (12)
  --pairs N       pairs of decisions for the latency, HTTP beside raw (100)
  --open-cases N  cases that are opened to see what one takes of the worker's memory (2000)
  --placements N  running placements whose registers a morning looks at, and that are kept open (10000)
  --list-cases N  cases that the lists and the numbers are read among (1000000)
  --only A,B      of: ${measures.join(', ')} (all)
  --profile DIR   writes CPU profiles of the worker and the API there`;

/** @throws PlainError that says what is wrong and what there is */
export function readOptions(args: readonly string[]): Options | 'help' {
  const text = { type: 'string' } as const;
  const options = {
    cases: text,
    rounds: text,
    'in-flight': text,
    pairs: text,
    'open-cases': text,
    placements: text,
    'list-cases': text,
    only: text,
    profile: text,
  } as const;
  const { values } = orUsage(() => parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean' } } }));
  if (values.help) return 'help';
  const only = values.only?.split(',') ?? [];
  const unknown = only.filter((name) => !measures.some((each) => each === name));
  if (unknown.length > 0) throw new PlainError(`There is no measure ${unknown.join(', ')}.\n\n${usage}`);
  return {
    cases: count('cases', values.cases, 24),
    rounds: count('rounds', values.rounds, 4),
    inFlight: count('in-flight', values['in-flight'], 12),
    pairs: count('pairs', values.pairs, 100),
    openCases: count('open-cases', values['open-cases'], 2000),
    placements: count('placements', values.placements, 10_000),
    listCases: count('list-cases', values['list-cases'], 1_000_000),
    only: only.length === 0 ? measures : measures.filter((each) => only.includes(each)),
    profile: values.profile ?? null,
  };
}

function orUsage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function count(name: string, text: string | undefined, standard: number): number {
  const value = text === undefined ? standard : Number(text);
  if (!Number.isInteger(value) || value < 1) throw new PlainError(`--${name} takes a number from 1 on.\n\n${usage}`);
  return value;
}
