// What a machine is: a process with a record of its own, such as a case. Commands lead to events, events make the next state, and the state
// says who may do what next, whom it waits for and who may see it. Everything under it (command rows, the record step, the timeline,
// viewers, e-mails, Updates and Signals) is written once, over a machine.
import type { Calendar, Instant } from './calendar';
import type { EmailFacts, EmailToWrite } from './emails';
import type { Actor, CommonFacts } from './facts';
import type { Refusal, Viewer, Wait } from './state';
import { refuse } from './refusal';
import { roleOf, type Host, type Party } from './words';

/** What every state has, whatever it is the state of. */
export interface MachineState {
  /** The name of the process everywhere: of its row, its workflow, its commands. */
  readonly reference: string;
  /** How many commands were recorded. */
  readonly step: number;
  /** When the last event happened. */
  readonly updated: Instant;
}

/** A process as rules: each function is pure, and nothing else in the project derives again what one of them says. */
export interface Machine<
  State extends MachineState,
  Command extends { readonly kind: string },
  Event extends { readonly kind: string; readonly at: Instant },
  Facts extends CommonFacts,
> {
  /** The titles of its commands, as people read them. */
  readonly titles: Readonly<Record<Command['kind'], string>>;
  /** Reads a command from anything at all, or says why it is none. */
  read(kind: string, body: unknown): Command | Refusal;
  /** The events that a command leads to, at least one; or why not, and then nothing has changed. `state` is null before the first command. */
  decide(state: State | null, command: Command, facts: Facts): Refusal | readonly Event[];
  evolve(state: State | null, event: Event): State;
  /** What the state permits; with `now` what the day forbids is left out too, for what people are offered. */
  allowed(state: State | null, now?: Instant): readonly Command['kind'][];
  /** Why the state does not permit a command, where more can be said than that; null where not. */
  whyNot?(state: State, kind: Command['kind']): Refusal | null;
  /** Who may give a command to it as it stands. */
  parties(state: State, kind: Command['kind']): readonly Party[];
  /** Who may give it at some time, whatever the state: everybody else never may. */
  everGivenBy(state: State, kind: Command['kind']): readonly Party[];
  /** Those whose matter it is: they decide nothing as somebody else (A21). */
  sides(state: State): readonly Host[];
  /** All that it waits for, what is due first in front. */
  waits(state: State, calendar: Calendar): readonly Wait[];
  /** Everybody who may see it. */
  viewers(state: State): readonly Viewer[];
  /** Of those, who reads this event, and the command and the words that led to it; null: all of them. */
  readers(state: State, event: Event): readonly Party[] | null;
  isOver(state: State): boolean;
  /** Who is told of the events of one command. */
  emails(before: State | null, events: readonly Event[], after: State, facts: EmailFacts): readonly EmailToWrite[];
}

/** Any machine, for what looks at none of its insides. */
type AnyMachine<State extends MachineState, Kind extends string> = Pick<
  Machine<State, { readonly kind: Kind }, never, never>,
  'titles' | 'allowed' | 'whyNot' | 'parties' | 'everGivenBy' | 'sides'
>;

/** @returns the titles of a table of commands, as people read them */
export function titlesOf<Kind extends string>(table: Readonly<Record<Kind, { readonly title: string }>>): Record<Kind, string> {
  const titles = Object.entries<{ readonly title: string }>(table).map(([kind, { title }]) => [kind, title]);
  return Object.fromEntries(titles) as Record<Kind, string>;
}

/**
 * The state after all events of one command: one step further.
 * @throws Error when there is none: a command that changes nothing is refused
 */
export function afterStep<State extends MachineState, Event>(
  machine: { evolve(state: State | null, event: Event): State },
  state: State | null,
  events: readonly Event[],
): State {
  let after = state;
  for (const event of events) after = machine.evolve(after, event);
  if (after === null) throw new Error('A command was recorded without an event');
  return { ...after, step: (state?.step ?? 0) + 1 };
}

/** @returns whether a viewer may see it at a time. */
export function seesAt({ until, opens }: Viewer, now: Instant): boolean {
  return until === null || now < until || (opens !== null && now >= opens);
}

/** @returns the parties as viewers without an end */
export function alwaysSeen(parties: readonly Party[]): Viewer[] {
  return parties.map((party) => ({ party, until: null, opens: null }));
}

/**
 * The step from which on a viewer sees what is recorded, when they come to see it at `step`: a host when its pack is sent to it, and nothing
 * of before; everybody else sees all.
 */
export function seesFrom({ party }: Viewer, step: number): number {
  return party.startsWith('provider:') ? step : 0;
}

/** @returns what is left to somebody who has an interest in a case: for it they are of no panel (A7) */
export function withoutPanels(parties: readonly Party[]): Party[] {
  return parties.filter((party) => roleOf(party) !== 'panel');
}

/** @returns the side for which somebody acts; who holds grants of both acts for the first, the home school (A21). Undefined: for none */
function ownSide<State extends MachineState, Kind extends string>(
  machine: AnyMachine<State, Kind>,
  state: State,
  held: readonly Party[],
): Party | undefined {
  return machine.sides(state).find((side) => held.includes(side));
}

/** The parties as which somebody gave a command: who holds other grants too did not act for those. */
export function actingAs<State extends MachineState, Kind extends string>(
  machine: AnyMachine<State, Kind>,
  before: State | null,
  after: State,
  kind: Kind,
  { parties: held }: Actor,
): readonly Party[] {
  const own = ownSide(machine, before ?? after, held);
  if (own !== undefined) return [own];
  return before ? machine.parties(before, kind).filter((party) => held.includes(party)) : [];
}

/**
 * Why a command is not taken before anything else is looked at. The validator of a workflow, the doors and `decide` refuse with these
 * very words.
 * @param actor null where it is not known who asks: then the state alone is asked
 * @returns null when nothing stands against it so far
 */
export function refusedOutright<State extends MachineState, Kind extends string>(
  machine: AnyMachine<State, Kind>,
  state: State,
  kind: Kind,
  actor: Actor | null,
): Refusal | null {
  const title = machine.titles[kind];
  // What one never may is said first: it is true whatever the stage.
  if (actor && !machine.everGivenBy(state, kind).some((party) => actor.parties.includes(party))) return notTheirs(title);
  if (!machine.allowed(state).includes(kind)) {
    return machine.whyNot?.(state, kind) ?? refuse('not-now', 'stage', `${title}: that is not for its present stage.`);
  }
  return actor && refusedToThem(machine, state, kind, actor);
}

/** @returns those of some commands that are the actor's to give: now, or at another stage. Every other is refused to them as not theirs. */
export function theirsAmong<State extends MachineState, Kind extends string>(
  machine: AnyMachine<State, Kind>,
  state: State,
  kinds: readonly Kind[],
  actor: Actor,
): Kind[] {
  return kinds.filter((kind) => refusedOutright(machine, state, kind, actor)?.refused !== 'not-yours');
}

/**
 * Why a command that the state permits is not this person's to give. Who holds a grant of a side acts for that side alone: nobody decides
 * on a case of their own school or organisation, and who is of both answers no application of their school as its host (A21).
 * @returns null when it is theirs
 */
export function refusedToThem<State extends MachineState, Kind extends string>(
  machine: AnyMachine<State, Kind>,
  state: State,
  kind: Kind,
  { parties: held }: Actor,
): Refusal | null {
  const title = machine.titles[kind];
  const theirs = machine.parties(state, kind).filter((party) => held.includes(party));
  if (theirs.length === 0) return notTheirs(title);
  const own = ownSide(machine, state, held);
  if (own === undefined || theirs.includes(own)) return null;
  return refuse(
    'not-yours',
    'A21',
    `${title}: you act for the home school or the host of this case, and so decide nothing about it. Ask a colleague who does not.`,
  );
}

function notTheirs(title: string): Refusal {
  return refuse('not-yours', 'role', `${title}: this is for somebody else to do.`);
}
