// One case, from its submission to its exit. The record owns what happened; this process owns waiting, order and being seen.
import { allHandlersFinished, condition, continueAsNew, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { caseMachine } from '../domain/case';
import { personCommandKinds } from '../domain/commands';
import { listen } from './listen';
import { signalHelp } from './messages';
import { processFile, recording } from './processFile';
import { show, showDetails, type Standing } from './show';
import { untilNext } from './untilNext';

const { recordStep, readStanding } = proxyLocalActivities<Activities>(recording);

/** Once the start is confirmed a new run is owed, so that the months of a placement do not replay the weeks before it. */
const newRunOwed = (began: Standing, now: Standing) =>
  !caseMachine.isOver(now.state) && (workflowInfo().continueAsNewSuggested || (isPlaced(now) && !isPlaced(began)));
const isPlaced = ({ state }: Standing) => state.position.stage === 'placement';
const noClocks = { waits: [] };

/**
 * The workflow of a case; the id of the workflow is the reference. It ends when the case is closed, or when its submission was refused.
 * @param input none: with none there is nothing to forge, and whoever gives one is not this service
 */
export async function application(...input: readonly unknown[]): Promise<void> {
  if (input.length > 0) return;
  const { workflowId: reference, continuedFromExecutionRunId } = workflowInfo();
  const file = processFile(
    reference,
    {
      recordStep: (options, step) => recordStep.executeWithOptions(options, [step]),
      readStanding,
      titles: caseMachine.titles,
    },
    newRunOwed,
  );
  listen(file, { machine: caseMachine, kinds: personCommandKinds, help: signalHelp, show: showDetails });
  // The run before knew the case; the first run, and one that was lost and is started again, is told something at once.
  if (continuedFromExecutionRunId !== undefined) await file.refresh();
  await condition(() => file.heard());

  let shown = 0;
  for (let standing = file.standing(); standing !== null && !caseMachine.isOver(standing.state); standing = file.standing()) {
    const seen = standing.state.step;
    const owed = file.newRunOwed();
    if (seen > shown) show(standing, file.refusedSignal());
    // The clock of this step has run out before and nothing came of it: ask again in a while, not at once.
    const patience = seen > shown ? 1 : 60_000;
    shown = seen;
    const stirred = () => (file.standing()?.state.step ?? 0) > seen || (owed && allHandlersFinished() && file.idle());
    const moved = await untilNext(file.handsOver() ? noClocks : standing, patience, stirred, file.edition());
    if (!moved) await file.clock(seen);
    else if (owed && file.standing()?.state.step === seen) await continueAsNew<typeof application>();
  }

  const last = file.standing();
  if (last) show(last, file.refusedSignal());
  await condition(() => allHandlersFinished() && file.idle());
}
