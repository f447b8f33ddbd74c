// One case, from its submission to its exit. The record owns what happened; this process owns waiting, order and being seen.
import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  setDefaultSignalHandler,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { caseMachine } from '../domain/case';
import { commandTable, personCommandKinds, type PersonCommandKind } from '../domain/commands';
import { refusedOutright } from '../domain/machine';
import { waitTitles } from '../domain/waits';
import { caseFile, type CaseFile } from './caseFile';
import { isKeepable, messages, refusedFailure, signalHelp, type Reply, type Told } from './messages';
import { show, type Now } from './show';

export interface ApplicationInput {
  /** The case, and the id of this workflow. */
  readonly reference: string;
  /** Whether a run before this one, or a record, already knows the case: it then begins by taking what the record says. */
  readonly begun: boolean;
}

/** The workflow of a case. It ends when the case is closed, or when its submission was refused. */
export async function application({ reference, begun }: ApplicationInput): Promise<void> {
  const file = caseFile(reference);
  listen(file);
  if (begun) await file.refresh();
  else await condition(() => file.answered());

  const startedPlaced = begun && file.now()?.state.position.stage === 'placement';
  // Once the start is confirmed a new run is owed, so that the months of a placement do not replay the weeks before it.
  const newRunOwed = ({ state }: Now) =>
    workflowInfo().continueAsNewSuggested || (state.position.stage === 'placement' && !startedPlaced);

  let shown = 0;
  for (let now = file.now(); now !== null && !caseMachine.isOver(now.state); now = file.now()) {
    const seen = now.state.step;
    const owed = newRunOwed(now);
    if (seen > shown) show(now);
    // The clock of this step has run out before and nothing came of it: ask again in a while, not at once.
    const patience = seen > shown ? 1 : 60_000;
    shown = seen;
    const stirred = () => (file.now()?.state.step ?? 0) > seen || (owed && allHandlersFinished() && file.idle());
    const moved = await untilNext(now, patience, stirred);
    if (!moved) await file.clock(seen);
    else if (owed && file.now()?.state.step === seen) await continueAsNew<typeof application>({ reference, begun: true });
  }

  const last = file.now();
  if (last) show(last);
  await condition(() => allHandlersFinished() && file.idle());
}

/**
 * Waits until `stirred`, or until the clock of the case is due.
 * @param patience milliseconds to wait at least before the clock
 * @returns whether it was stirred
 */
async function untilNext(now: Now, patience: number, stirred: () => boolean): Promise<boolean> {
  const [wait] = now.waits.filter(({ next }) => next !== null).sort((a, b) => (a.next ?? '').localeCompare(b.next ?? ''));
  if (!wait?.next) {
    await condition(stirred);
    return true;
  }
  const milliseconds = Math.max(Date.parse(wait.next) - Date.now(), patience);
  return condition(stirred, milliseconds, { summary: `${waitTitles[wait.what]}: the clock of ${wait.role}` });
}

/** Every handler stands before the first `await`: a message that comes earlier would be refused. */
function listen(file: CaseFile): void {
  for (const kind of personCommandKinds) {
    const { title } = commandTable[kind];
    setHandler(defineUpdate<Reply, [Told]>(kind), (told) => file.take(kind, told), {
      description: title,
      validator: (told) => validate(file, kind, told),
    });
    setHandler(defineSignal<[unknown]>(kind), (typed) => file.enter(kind, typed), {
      description: `${title}. ${signalHelp[kind]}`,
    });
  }
  setHandler(defineSignal(messages.refresh), () => file.refresh(), { description: 'Take over what the record says' });
  setHandler(defineSignal<[unknown]>(messages.recalculate), (id) => file.recalculate(id), {
    description: 'The calendar changed',
  });
  setHandler(defineQuery<Now | null>(messages.standing), () => file.now(), { description: 'Where the case stands, codes only' });
  // A signal of an unknown name must not wedge the case.
  setDefaultSignalHandler(() => undefined);
}

/** Refuses what the state forbids, without a trace in history. It lets pass what was based on a newer step than its own. */
function validate(file: CaseFile, kind: PersonCommandKind, told: unknown): void {
  if (!isTold(told)) {
    const message = 'Tell the case which command: {"command": "<id>", "step": <number>}.';
    throw ApplicationFailure.nonRetryable(message, refusedFailure, { refused: 'unreadable', rule: 'message', message });
  }
  const now = file.now();
  if (now === null || told.step > now.state.step) return;
  const refusal = refusedOutright(caseMachine, now.state, kind, null);
  if (refusal) throw ApplicationFailure.nonRetryable(refusal.message, refusedFailure, refusal);
}

function isTold(told: unknown): told is Told {
  if (typeof told !== 'object' || told === null) return false;
  const { command, step } = told as Partial<Record<keyof Told, unknown>>;
  return isKeepable(command) && typeof step === 'number';
}
