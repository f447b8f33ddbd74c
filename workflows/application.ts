// One case, from its submission to its exit. The record owns what happened; this process owns waiting, order and being seen.
import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { caseMachine } from '../domain/case';
import { commandTable, personCommandKinds, type PersonCommandKind } from '../domain/commands';
import { refusedOutright } from '../domain/machine';
import { waitTitles } from '../domain/waits';
import { caseFile, type CaseFile } from './caseFile';
import { isKeepable, messages, refusedFailure, signalHelp, type CommandMessage, type Reply } from './messages';
import { show, showDetails, type Standing } from './show';

/**
 * The workflow of a case; the id of the workflow is the reference. It ends when the case is closed, or when its submission was refused.
 * @param input none: with none there is nothing to forge, and whoever gives one is not this service
 */
export async function application(...input: readonly unknown[]): Promise<void> {
  if (input.length > 0) return;
  const { workflowId: reference, continuedFromExecutionRunId } = workflowInfo();
  const file = caseFile(reference);
  listen(file);
  // The run before knew the case; the first run, and one that was lost and is started again, is told something at once.
  if (continuedFromExecutionRunId !== undefined) await file.refresh();
  await condition(() => file.heard());

  const beganPlaced = file.standing()?.state.position.stage === 'placement';
  // Once the start is confirmed a new run is owed, so that the months of a placement do not replay the weeks before it.
  const newRunOwed = ({ state }: Standing) =>
    workflowInfo().continueAsNewSuggested || (state.position.stage === 'placement' && !beganPlaced);

  let shown = 0;
  for (let standing = file.standing(); standing !== null && !caseMachine.isOver(standing.state); standing = file.standing()) {
    const seen = standing.state.step;
    const owed = newRunOwed(standing);
    if (seen > shown) show(standing, file.refusedSignal());
    // The clock of this step has run out before and nothing came of it: ask again in a while, not at once.
    const patience = seen > shown ? 1 : 60_000;
    shown = seen;
    const stirred = () => (file.standing()?.state.step ?? 0) > seen || (owed && allHandlersFinished() && file.idle());
    const moved = await untilNext(standing, patience, stirred);
    if (!moved) await file.clock(seen);
    else if (owed && file.standing()?.state.step === seen) await continueAsNew<typeof application>();
  }

  const last = file.standing();
  if (last) show(last, file.refusedSignal());
  await condition(() => allHandlersFinished() && file.idle());
}

/**
 * Waits until `stirred`, or until the clock of the case is due.
 * @param patience milliseconds to wait at least before the clock
 * @returns whether it was stirred
 */
function untilNext({ waits }: Standing, patience: number, stirred: () => boolean): Promise<boolean> {
  const [wait] = waits.filter(({ next }) => next !== null).sort((a, b) => (a.next ?? '').localeCompare(b.next ?? ''));
  if (!wait?.next) return condition(stirred).then(() => true);
  const milliseconds = Math.max(Date.parse(wait.next) - Date.now(), patience);
  return condition(stirred, milliseconds, { summary: `${waitTitles[wait.what]}: the clock of ${wait.role}` });
}

/**
 * Every handler stands before the first `await`: a message that comes earlier would be refused. There is no handler for signals of other
 * names, which the SDK leaves alone: with one, a signal of a name that the SDK keeps for itself would fail every task of the case.
 */
function listen(file: CaseFile): void {
  for (const kind of personCommandKinds) {
    const { title } = commandTable[kind];
    setHandler(defineUpdate<Reply, [CommandMessage]>(kind), (message) => file.take(message), {
      description: title,
      validator: (message) => validate(file, kind, message),
    });
    setHandler(defineSignal<[unknown]>(kind), (message) => enter(file, kind, message), {
      description: `${title}. ${signalHelp[kind]}`,
    });
  }
  setHandler(defineSignal(messages.refresh), () => file.refresh(), { description: 'Take over what the record says' });
  setHandler(defineSignal<[unknown]>(messages.recalculate), (change) => file.recalculate(change), {
    description: 'The calendar changed',
  });
  setHandler(defineQuery<Standing | null>(messages.standing), () => file.standing(), {
    description: 'Where the case stands, codes only',
  });
}

async function enter(file: CaseFile, kind: PersonCommandKind, message: unknown): Promise<void> {
  await file.enter(kind, message);
  const standing = file.standing();
  if (standing) showDetails(standing, file.refusedSignal());
}

/** Refuses what the state forbids, without a trace in history. It lets pass what was based on a newer step than its own. */
function validate(file: CaseFile, kind: PersonCommandKind, message: unknown): void {
  if (!isCommandMessage(message)) {
    const todo = 'Tell the case which command: {"command": "<id>", "step": <number>}.';
    throw ApplicationFailure.nonRetryable(todo, refusedFailure, { refused: 'unreadable', rule: 'message', message: todo });
  }
  const standing = file.standing();
  if (standing === null || message.step > standing.state.step) return;
  const refusal = refusedOutright(caseMachine, standing.state, kind, null);
  if (refusal) throw ApplicationFailure.nonRetryable(refusal.message, refusedFailure, refusal);
}

function isCommandMessage(message: unknown): message is CommandMessage {
  if (typeof message !== 'object' || message === null) return false;
  const { command, step } = message as Partial<Record<keyof CommandMessage, unknown>>;
  return isKeepable(command) && typeof step === 'number';
}
