// The case as its workflow holds it: takes one command at a time through the record step, and sees that e-mails are delivered.
import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import { commandTable, type CommandKind, type PersonCommandKind } from '../domain/commands';
import type { Activities, Answer, EmailDue, Entered } from '../activities';
import { isKeepable, type Reply, type Told } from './messages';
import type { Now } from './show';

// The record step commits in a few milliseconds. It is tried without end: a thrown failure here would fail the case.
const { recordStep, readStanding } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '10s' },
});

// A mail server may be away for a long week-end. After that CAP is told (A16).
const { deliver } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '5 days',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '10m' },
});

export interface CaseFile {
  /** The case as last recorded; null before its submission is. */
  now(): Now | null;
  /** Whether the first command has been answered, recorded or refused. */
  answered(): boolean;
  /** Whether no e-mail is under way and nobody has the turn. */
  idle(): boolean;
  /** Takes a command whose row stands in the record. */
  take(kind: PersonCommandKind, told: Told): Promise<Reply>;
  /** Takes a command that was typed by hand: its row is written by the record step. */
  enter(kind: PersonCommandKind, typed: unknown): Promise<void>;
  /** The clock ran out at this step. */
  clock(step: number): Promise<void>;
  recalculate(id: unknown): Promise<void>;
  /** Takes over what the record says. */
  refresh(): Promise<void>;
}

export function caseFile(reference: string): CaseFile {
  let now: Now | null = null;
  let answers = 0;
  let entered = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const underway = new Set<string>();

  /** One at a time: handlers interleave at every `await`. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    waiting += 1;
    const mine = turn.then(work).finally(() => {
      waiting -= 1;
    });
    turn = mine.catch(() => undefined);
    return mine;
  }

  function takeOver({ state, waits, emails }: Pick<Answer, 'state' | 'waits' | 'emails'>): void {
    answers += 1;
    if (state && state.step >= (now?.state.step ?? 0)) now = { state, waits };
    for (const email of emails) send(email);
  }

  function record(title: string, command: string | Entered): Promise<Answer> {
    return inTurn(async () => {
      const step = { reference, command, now: new Date().toISOString() };
      const answer = await recordStep.executeWithOptions({ summary: `Record: ${title}` }, [step]);
      takeOver(answer);
      return answer;
    });
  }

  function system(kind: CommandKind, id: string, body: object = {}): Promise<Answer> {
    return record(commandTable[kind].title, { id, kind, body, person: 'system', source: 'system' });
  }

  /** Each e-mail at most once under way. It holds nothing up; only the end of the case and a new run wait for it. */
  function send(email: EmailDue): void {
    if (underway.has(email.id)) return;
    underway.add(email.id);
    void deliver
      .executeWithOptions({ summary: `E-mail: ${email.title}` }, [email.id])
      .then(
        () => undefined,
        () => system('emailUndelivered', `${email.id}.undelivered`, { email: email.id }),
      )
      .catch(() => undefined)
      .finally(() => underway.delete(email.id));
  }

  return {
    now: () => now,
    answered: () => answers > 0,
    idle: () => underway.size === 0 && waiting === 0,
    take: async (kind, { command }) => {
      const { result, refusal, state } = await record(commandTable[kind].title, command);
      return { result, refusal, step: state?.step ?? 0 };
    },
    enter: async (kind, typed) => {
      // Of the run and a count, never of chance: a replay must give the same id to the same signal.
      entered += 1;
      const id = `${workflowInfo().runId}.${String(entered)}`;
      const { person, ...body } = Object(typed) as Record<string, unknown>;
      await record(commandTable[kind].title, {
        id,
        kind,
        body,
        person: isKeepable(person) ? person : '',
        source: 'temporal',
      });
    },
    clock: async (step) => {
      await system('clock', `${reference}.${String(step)}.clock`);
    },
    recalculate: async (id) => {
      entered += 1;
      await system('recalculate', isKeepable(id) ? `${reference}.${id}` : `${workflowInfo().runId}.${String(entered)}`);
    },
    refresh: () =>
      inTurn(async () => {
        takeOver(await readStanding(reference));
      }),
  };
}
