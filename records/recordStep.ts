// The record step: the one way in which a process changes, whatever machine it is of. One short transaction in which its row is locked,
// the machine is asked with the row's own state and the received command's own words, and everything that follows is written; or the
// refusal is the outcome. What is a machine's own (its row, what its rules may know) is in a file beside this one.
import { sentBefore } from '../domain/byHand';
import type { Instant, IsoDate } from '../domain/calendar';
import type { CommonFacts } from '../domain/facts';
import { actingAs, afterStep, seesAt, seesFrom, withoutPanels, type Machine, type MachineState } from '../domain/machine';
import { countsFrom } from '../domain/received';
import { isRefusal, refuse } from '../domain/refusal';
import type { Refusal, Viewer, Wait } from '../domain/state';
import type { Party } from '../domain/words';
import { noTexts } from './commands';
import type { Connection, Database, Transaction } from './database';
import { emailDue, emailRows, type EmailRow } from './emails';
import type { Entered, StepOutcome } from './types';

export interface StepToRecord {
  readonly reference: string;
  /** The id of a command that a door received, or a command that none did. */
  readonly asked: string | Entered;
  /** The workflow's own time. */
  readonly now: Instant;
}

type AnyKind = { readonly kind: string };
type AnyEvent = AnyKind & { readonly at: Instant };

/** A machine, and how its processes are kept: what the record step must know of it. */
export interface KeptMachine<
  State extends MachineState,
  Command extends AnyKind,
  Event extends AnyEvent,
  Facts extends CommonFacts,
> {
  readonly machine: Machine<State, Command, Event, Facts>;
  /**
   * Locks the process and reads where it stands, with the command that is asked.
   * @param enteredBy who gave it where no door received it; else null
   */
  begin(
    db: Database,
    connection: Connection,
    step: { readonly reference: string; readonly commandId: string; readonly enteredBy: string | null; readonly now: Instant },
  ): Promise<Begun<State, Command, Event, Facts>>;
}

/** A step that has begun: its process is locked. */
export interface Begun<State extends MachineState, Command extends AnyKind, Event extends AnyEvent, Facts extends CommonFacts> {
  readonly found: Found<State>;
  /** What the command cannot have come before; null when there is no such moment. */
  readonly notBefore: Instant | null;
  /** Reads what the rules may know beside the state, and locks what they count. */
  gather(read: ReadCommand<Command>): Promise<Gathered<State, Event, Facts>>;
}

export interface Gathered<State extends MachineState, Event extends AnyEvent, Facts extends CommonFacts> {
  readonly facts: Facts;
  /** The day of the meeting at which it is decided, for the timeline; null where there is none. */
  readonly meetingDay: IsoDate | null;
  /** The ids of e-mails that are given up by these events. */
  undelivered(events: readonly Event[]): readonly string[];
  /** Writes the rows that are the machine's own, all statements at once; what every machine leaves is written after them. */
  keep(connection: Connection, done: Done<State, Event>): Promise<unknown>;
}

/** What a step did. */
export interface Done<State extends MachineState, Event extends AnyEvent> {
  readonly before: State | null;
  readonly events: readonly Event[];
  readonly after: State;
  readonly waits: readonly Wait[];
}

/** What is found of a process, and of the command that is asked. */
export interface Found<State extends MachineState> {
  readonly state: State | null;
  readonly waits: readonly Wait[] | null;
  /** Whether the command stands in the record already. */
  readonly isRecorded: boolean;
  /** The command as a door received it, with the names of its texts; null when none did. */
  readonly received: ReceivedCommand | null;
  /** Grants of whoever gives the command; null when they are none of our people now. */
  readonly parties: readonly Party[] | null;
  /** Whether whoever gives it has declared an interest in the case (A7). */
  readonly interested: boolean;
  /** E-mails of earlier steps that are still to be sent. */
  readonly emails: readonly EmailRow[];
}

export interface ReceivedCommand {
  readonly kind: string;
  readonly body: unknown;
  readonly person: string;
  readonly received: Instant;
  readonly texts: readonly string[];
}

/** A command that is readable, with who gives it, when it counts and which texts came with it. */
export interface ReadCommand<Command> extends Pick<CommonFacts, 'commandId' | 'actor' | 'now' | 'texts'> {
  readonly command: Command;
}

/**
 * Records what a command leads to, once: the same command again has the outcome that was recorded, and nothing is decided twice.
 * @returns `recorded` or `refused`, with the newest state, its waits and the e-mails still to be sent
 * @throws DatabaseAway, to be called again until it answers; never for a refusal
 */
export function recordStep<
  State extends MachineState,
  Command extends AnyKind,
  Event extends AnyEvent,
  Facts extends CommonFacts,
>(kept: KeptMachine<State, Command, Event, Facts>, db: Database, step: StepToRecord): Promise<StepOutcome<State>> {
  const { machine } = kept;
  const { reference, asked, now } = step;
  return db.inTransaction(async (transaction) => {
    const enteredBy = typeof asked === 'string' ? null : asked.person;
    const begun = await kept.begin(db, transaction, { reference, commandId: idOf(step), enteredBy, now });
    const { found } = begun;
    if (found.isRecorded) return outcomeOf(found, null);
    const read = (await refusedByHand(transaction, step)) ?? readAsked(machine, found, begun.notBefore, step);
    if (isRefusal(read)) return refused(transaction, step, found, read);
    const gathered = await begun.gather(read);
    const decision = machine.decide(found.state, read.command, gathered.facts);
    if (isRefusal(decision)) return refused(transaction, step, found, decision);

    const after = afterStep(machine, found.state, decision);
    const waits = machine.waits(after, gathered.facts.calendar);
    const by = actingAs<State, Command['kind']>(machine, found.state, after, read.command.kind, read.actor);
    const emails = emailRows(
      after,
      machine.emails(found.state, decision, after, { by: [...by, `person:${read.actor.person}`], waits }),
      now,
    );
    const undelivered = gathered.undelivered(decision);
    const rows = {
      ...(found.received ? { received: idOf(step) } : { entered: enteredRow(step, read.now, after) }),
      ...{ reference, step: after.step, at: after.updated, undelivered },
      entries: decision.map((event, seq) => ({
        ...entryRow(after, event, seq, read.commandId, gathered.meetingDay),
        readers: machine.readers(after, event),
      })),
      waits: waits.map((wait) => waitRow(after, wait)),
      viewers: viewerRows(machine.viewers(after), after, now),
      emails,
    };
    await transaction.$lastly((connection) =>
      Promise.all([
        gathered.keep(connection, { before: found.state, events: decision, after, waits }),
        connection.$executeRaw`SELECT record_step(${JSON.stringify(rows)}::jsonb)`,
      ]),
    );
    const due = [...found.emails, ...emails.map(({ id, template, party: to }) => ({ id, template, to }))].filter(
      ({ id }) => !undelivered.includes(id),
    );
    return { result: 'recorded', refusal: null, state: after, waits, emails: due.map(emailDue) };
  });
}

/**
 * Of what was typed by hand: why it counts for nothing, if so. Its number is spent here, whatever comes of it: a copy decides nothing
 * elsewhere, nor twice, nor later.
 */
async function refusedByHand(connection: Connection, { asked, now }: StepToRecord): Promise<Refusal | null> {
  if (typeof asked === 'string' || asked.source === 'system') return null;
  const { seal } = asked;
  if (isRefusal(seal)) return seal;
  const spent = await connection.$executeRaw`
    INSERT INTO spent_numbers (number, command, spent) VALUES (${seal.once}, ${asked.id}, ${now}::timestamptz)
    ON CONFLICT (number) DO NOTHING`;
  if (spent > 0) return null;
  const [first] = await connection.$queryRaw<{ command: string }[]>`
    SELECT command FROM spent_numbers WHERE number = ${seal.once}`;
  return first?.command === asked.id ? null : sentBefore;
}

/** Kind, body and person are the received row's, never the message's: a forged actor gets nowhere. */
function readAsked<State extends MachineState, Command extends AnyKind>(
  machine: { read(kind: string, body: unknown): Command | Refusal },
  { received, parties, interested }: Found<State>,
  notBefore: Instant | null,
  step: StepToRecord,
): ReadCommand<Command> | Refusal {
  const source = received ?? (typeof step.asked === 'string' ? null : step.asked);
  if (!source) return notReceived;
  const command = machine.read(source.kind, source.body);
  if (isRefusal(command)) return command;
  const grants: readonly Party[] | null = sourceOf(step.asked) === 'system' ? ['system'] : parties;
  if (!grants) return refuse('not-yours', 'role', 'Nobody of that name acts in this service now.');
  return {
    command,
    commandId: idOf(step),
    actor: { person: source.person, parties: interested ? withoutPanels(grants) : grants },
    now: countsFrom({ received: received?.received ?? null, now: step.now, after: notBefore }),
    texts: received?.texts ?? null,
  };
}

/** It was refused before, taken back by its door, or lost with a crash of Postgres: the same key begins afresh. */
const notReceived = refuse(
  'not-received',
  'message',
  'No such command waits for this case: send it through the service, with the same key if it was sent before.',
);

const idOf = ({ asked }: StepToRecord) => (typeof asked === 'string' ? asked : asked.id);
const sourceOf = (asked: StepToRecord['asked']) => (typeof asked === 'string' ? 'api' : asked.source);

function outcomeOf<State extends MachineState>(
  { state, waits, emails }: Found<State>,
  refusal: Refusal | null,
): StepOutcome<State> {
  return { result: refusal ? 'refused' : 'recorded', refusal, state, waits: waits ?? [], emails: emails.map(emailDue) };
}

/** A refused command leaves nothing but a line in the access log: its key may come again, with its own time and another body. */
async function refused<State extends MachineState>(
  transaction: Transaction,
  step: StepToRecord,
  found: Found<State>,
  refusal: Refusal,
): Promise<StepOutcome<State>> {
  const source = sourceOf(step.asked);
  // A clock that was not due is no news.
  if (source !== 'system') {
    const { kind, person } = found.received ?? (typeof step.asked === 'string' ? nobody : step.asked);
    // Whoever typed it by hand hears nothing back: it is here, and on the page of the case. Names of fields are typed too: no word of theirs here.
    const message = source === 'temporal' && refusal.field === undefined ? { message: refusal.message } : {};
    const { refused: code, rule } = refusal;
    const detail = JSON.stringify({ kind, source, command: idOf(step), refused: code, rule, ...message });
    await transaction.$lastly(
      (connection) => connection.$executeRaw`
        WITH gone AS (DELETE FROM received_commands WHERE id = ${found.received ? idOf(step) : null})
        INSERT INTO access_log (at, person, action, reference, detail)
        VALUES (${step.now}::timestamptz, ${person}, 'refused', ${step.reference}, ${detail}::jsonb)`,
    );
  }
  return outcomeOf(found, refusal);
}

const nobody = { kind: 'unknown', person: '' };

/** The row of a command that came through Temporal, where no words travel, or that the workflow gave itself. */
function enteredRow({ reference, asked }: StepToRecord, received: Instant, after: MachineState) {
  if (typeof asked === 'string') throw new Error(`The command ${asked} has no row`);
  const { id, kind, body, person, source } = asked;
  return { id, kind, body, person, source, reference, received, digest: noTexts.digest, based: after.step - 1, step: after.step };
}

function entryRow(
  { reference, step }: MachineState,
  { kind, at, ...event }: AnyEvent,
  seq: number,
  command: string,
  meetingDay: IsoDate | null,
) {
  return { reference, step, seq, command, kind, at, event, meeting_day: meetingDay };
}

function waitRow({ reference }: MachineState, { what, subject, party, due, next }: Wait) {
  return { reference, what, subject: subject ?? '', party, due, next };
}

function viewerRows(viewers: readonly Viewer[], { reference, step }: MachineState, now: Instant) {
  return viewers
    .filter((viewer) => seesAt(viewer, now) || viewer.opens !== null)
    .map((viewer) => {
      const { party, until, opens } = viewer;
      return { reference, party, until, opens, updated: now, from_step: seesFrom(viewer, step) };
    });
}
