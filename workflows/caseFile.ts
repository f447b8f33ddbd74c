// The case as its workflow holds it: takes one command at a time through the record step, and sees that e-mails are delivered.
import { condition, proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import { commandTable, type CommandKind, type PersonCommandKind } from '../domain/commands';
import type { Activities, EmailDue, Entered, StepOutcome } from '../activities';
import { readByHand } from '../domain/byHand';
import { isKeepable, type CommandMessage, type Reply } from './messages';
import type { RefusedSignal, Standing } from './show';

// The record step commits in a few milliseconds. It is tried without end: a thrown failure here would fail the case.
const { recordStep, readStanding } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '10s' },
});

// A mail server may be away for a night. After a day it is recorded that the e-mails were not delivered, in time to act on it (A16, R71).
const { deliver } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '10m' },
});

export interface CaseFile {
  /** Where the case stands, as last recorded; null before its submission is. */
  standing(): Standing | null;
  /** Whether the record has been heard: a first command was recorded or refused, or the record was read. */
  heard(): boolean;
  /** Whether no e-mail is under way and nobody has the turn. */
  idle(): boolean;
  /** The last signal of this run that was refused. */
  refusedSignal(): RefusedSignal | null;
  /** Takes a command whose row stands in the record. */
  take(message: CommandMessage): Promise<Reply>;
  /** Takes a command that was typed by hand: its row is written by the record step. */
  enter(kind: PersonCommandKind, message: unknown): Promise<void>;
  /** The clock ran out at this step. */
  clock(step: number): Promise<void>;
  /** The calendar changed. @param change names the change: told twice, it counts once */
  recalculate(change: unknown): Promise<void>;
  /** Takes over what the record says. */
  refresh(): Promise<void>;
}

export function caseFile(reference: string): CaseFile {
  let standing: Standing | null = null;
  let heard = false;
  let refusedSignal: RefusedSignal | null = null;
  let entered = 0;
  let busy = false;
  const underway = new Set<string>();

  /**
   * Asks the record and takes over what it says. One at a time, for handlers interleave at every `await`. Where nobody is before, it waits
   * for nothing: each promise of a workflow is dear.
   */
  async function inTurn<Said extends Pick<StepOutcome, 'state' | 'waits' | 'emails'>>(ask: () => Promise<Said>): Promise<Said> {
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

  function takeOver({ state, waits, emails }: Pick<StepOutcome, 'state' | 'waits' | 'emails'>): void {
    heard = true;
    if (state && state.step >= (standing?.state.step ?? 0)) standing = { state, waits };
    send(emails);
  }

  /** @param title what ops read of it; null where the Update before it says the same, for each summary is encrypted and kept */
  function record(title: string | null, asked: string | Entered): Promise<StepOutcome> {
    const options = title === null ? {} : { summary: `Record: ${title}` };
    return inTurn(() => recordStep.executeWithOptions(options, [{ reference, asked, now: new Date().toISOString() }]));
  }

  function system(kind: CommandKind, id: string, body: object = {}): Promise<StepOutcome> {
    return record(commandTable[kind].title, { id, kind, body, person: 'system', source: 'system' });
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
    refusedSignal: () => refusedSignal,
    take: ({ command }) =>
      record(null, command).then(({ result, refusal, state }) => ({ result, refusal, step: state?.step ?? 0 })),
    enter: async (kind, message) => {
      const { person, body, seal } = readByHand(message);
      const who = isKeepable(person) ? person : '';
      const byHand = { id: nextId(), kind, body, person: who, source: 'temporal', seal } as const;
      const { refusal } = await record(commandTable[kind].title, byHand);
      if (refusal) refusedSignal = { kind, at: new Date().toISOString(), why: refusal.message };
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
