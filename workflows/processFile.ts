// A case, or a panel meeting, as its workflow holds it: takes one command at a time through the record step, and sees that e-mails are delivered.
import { condition, proxyActivities, workflowInfo, type LocalActivityOptions } from '@temporalio/workflow';
import type { Activities, EmailDue, Entered, OfEdition, StepOutcome } from '../activities';
import { readByHand } from '../domain/byHand';
import type { MachineState } from '../domain/machine';
import { isKeepable, type CommandMessage, type Reply } from './messages';
import type { RefusedSignal, Standing } from './show';

/** The record step commits in a few milliseconds. It is tried without end: a thrown failure here would fail the process. */
export const recording: LocalActivityOptions = {
  startToCloseTimeout: '15s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '10s' },
};

interface StepAsked {
  readonly reference: string;
  readonly asked: string | Entered;
  readonly now: string;
}

type Said<State> = Pick<StepOutcome<State>, 'state' | 'waits' | 'emails'> & OfEdition;

/** How the processes of one machine are recorded and read: local activities with the options `recording`. */
export interface Recorder<State> {
  readonly recordStep: (options: { readonly summary?: string }, step: StepAsked) => Promise<StepOutcome<State>>;
  readonly readStanding: (reference: string) => Promise<Said<State>>;
  readonly titles: Readonly<Record<string, string>>;
}

// A mail server may be away for a night. After a day it is recorded that the e-mails were not delivered, in time to act on it (A16, R71).
const { deliver } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '10m' },
});

export interface ProcessFile<State extends MachineState> {
  /** Where it stands, as last recorded; null before its first command is. */
  standing(): Standing<State> | null;
  /** Whether the record has been heard: a first command was recorded or refused, or the record was read. */
  heard(): boolean;
  /** Whether no e-mail is under way and nobody has the turn. */
  idle(): boolean;
  /** The edition of what it heard of the record last; 1 where that said none. */
  edition(): number;
  /** Whether this run is to end, and the process to go on in a new one. */
  newRunOwed(): boolean;
  /** Whether that new run can begin at once: its clocks and the e-mails of the last step are left to it. */
  handsOver(): boolean;
  /** The last signal of this run that was refused. */
  refusedSignal(): RefusedSignal | null;
  /** Takes a command whose row stands in the record. */
  take(message: CommandMessage): Promise<Reply>;
  /** Takes a command that was typed by hand: its row is written by the record step. */
  enter(kind: string, message: unknown): Promise<void>;
  /** Gives a command of the workflow itself, once. */
  give(kind: string): Promise<void>;
  /** The clock ran out at this step. */
  clock(step: number): Promise<void>;
  /** The calendar changed. @param change names the change: told twice, it counts once */
  recalculate(change: unknown): Promise<void>;
  /** Takes over what the record says. */
  refresh(): Promise<void>;
}

/** @param isNewRunOwed whether a run that began at one standing is to end at another, and the process to go on in a new one */
export function processFile<State extends MachineState>(
  reference: string,
  { recordStep, readStanding, titles }: Recorder<State>,
  isNewRunOwed: (began: Standing<State>, now: Standing<State>) => boolean = () => false,
): ProcessFile<State> {
  let began: Standing<State> | null = null;
  let standing: Standing<State> | null = null;
  let heard = false;
  let edition = 1;
  let handsOver = false;
  let refusedSignal: RefusedSignal | null = null;
  let entered = 0;
  let busy = false;
  const underway = new Set<string>();

  /**
   * Asks the record and takes over what it says. One at a time, for handlers interleave at every `await`. Where nobody is before, it waits
   * for nothing: each promise of a workflow is dear.
   */
  async function inTurn<Answer extends Said<State>>(ask: () => Promise<Answer>): Promise<Answer> {
    while (busy) await condition(() => !busy);
    busy = true;
    try {
      const said = await ask();
      takeOver(said);
      return said;
    } finally {
      busy = false;
    }
  }

  function takeOver({ state, waits, emails, edition: said }: Said<State>): void {
    heard = true;
    edition = said ?? edition;
    if (state && state.step >= (standing?.state.step ?? 0)) standing = { state, waits };
    began ??= standing;
    // A new run reads the record, and finds what is still to be sent. Where it must wait for earlier e-mails, later ones do not wait for it.
    handsOver = edition >= 2 && underway.size === 0 && newRunOwed();
    if (!handsOver) send(emails);
  }

  function newRunOwed(): boolean {
    return began !== null && standing !== null && isNewRunOwed(began, standing);
  }

  /** @param title what ops read of it; null where the Update before it says the same, for each summary is encrypted and kept */
  function record(title: string | null, asked: string | Entered): Promise<StepOutcome<State>> {
    const options = title === null ? {} : { summary: `Record: ${title}` };
    return inTurn(() => recordStep(options, { reference, asked, now: new Date().toISOString() }));
  }

  function system(kind: string, id: string, body: object = {}): Promise<StepOutcome<State>> {
    return record(titles[kind] ?? kind, { id, kind, body, person: 'system', source: 'system' });
  }

  /** Of the run and a count, never of chance: a replay must give the same id to the same signal. */
  function nextId(): string {
    entered += 1;
    return `${workflowInfo().runId}.${String(entered)}`;
  }

  /**
   * The e-mails of a step go out together, each of them at most once under way. They hold nothing up; only the end of the case and a new run
   * wait for them.
   */
  function send(emails: readonly EmailDue[]): void {
    const due = emails.filter(({ id }) => !underway.has(id));
    if (due.length > 0) void deliverAll(due);
  }

  async function deliverAll(due: readonly EmailDue[]): Promise<void> {
    const ids = due.map(({ id }) => id);
    for (const id of ids) underway.add(id);
    try {
      await deliver.executeWithOptions({ summary: summaryOf(due) }, [ids]);
    } catch {
      await giveUp(ids).catch(() => undefined);
    }
    for (const id of ids) underway.delete(id);
  }

  /** Those of them that never went out are recorded as not delivered. */
  async function giveUp(ids: readonly string[]): Promise<void> {
    const { emails } = await readStanding(reference);
    for (const { id } of emails) {
      if (ids.includes(id)) await system('emailUndelivered', `${id}.undelivered`, { email: id });
    }
  }

  return {
    standing: () => standing,
    heard: () => heard,
    idle: () => underway.size === 0 && !busy,
    edition: () => edition,
    newRunOwed,
    handsOver: () => handsOver,
    refusedSignal: () => refusedSignal,
    take: ({ command }) =>
      record(null, command).then(({ result, refusal, state }) => ({ result, refusal, step: state?.step ?? 0 })),
    enter: async (kind, message) => {
      const { person, body, seal } = readByHand(message);
      const who = isKeepable(person) ? person : '';
      const byHand = { id: nextId(), kind, body, person: who, source: 'temporal', seal } as const;
      const { refusal } = await record(titles[kind] ?? kind, byHand);
      if (refusal) refusedSignal = { kind, at: new Date().toISOString(), why: refusal.message };
    },
    give: async (kind) => {
      await system(kind, `${reference}.${kind}`);
    },
    clock: async (step) => {
      await system('clock', `${reference}.${String(step)}.clock`);
    },
    recalculate: async (change) => {
      await system('recalculate', isKeepable(change) ? `${reference}.${change}` : nextId());
    },
    refresh: async () => {
      await inTurn(() => readStanding(reference));
    },
  };
}

/** Temporal keeps a summary of 400 bytes at most, encryption included. */
function summaryOf([first, second, ...others]: readonly EmailDue[]): string {
  const more = others.length > 0 ? ` and ${String(others.length)} more` : '';
  return `E-mail: ${first?.title ?? ''}${second ? `, ${second.title}` : ''}${more}`;
}
