// One panel meeting, from when it is in the calendar to its signed minutes: the agenda closes at the referral deadline, then it is the day. Its
// cases are decided each in its own process.
import {
  allHandlersFinished,
  condition,
  defineSignal,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import { meetingCommandKinds } from '../domain/commands';
import { meetingMachine } from '../domain/meetings/meeting';
import { meetingOfWorkflow } from '../temporal/names';
import { listen } from './listen';
import { meetingSignalHelp, messages } from './messages';
import { processFile, recording } from './processFile';
import { showMeeting, showMeetingDetails } from './show';
import { untilNext } from './untilNext';

const { recordMeetingStep, readMeetingStanding } = proxyLocalActivities<Activities>(recording);

/**
 * The workflow of one meeting, whose id is in its own. It ends when the minutes are signed, when a day of which nothing is kept is over, or when
 * there is no such meeting in the calendar.
 * @param input none: with none there is nothing to forge, and whoever gives one is not this service
 */
export async function meeting(...input: readonly unknown[]): Promise<void> {
  if (input.length > 0) return;
  const file = processFile(meetingOfWorkflow(workflowInfo().workflowId), {
    recordStep: (options, step) => recordMeetingStep.executeWithOptions(options, [step]),
    readStanding: readMeetingStanding,
    titles: meetingMachine.titles,
  });
  listen(file, { machine: meetingMachine, kinds: meetingCommandKinds, help: meetingSignalHelp, show: showMeetingDetails });
  let moved = 0;
  setHandler(defineSignal(messages.moved), () => void (moved += 1), { description: 'The calendar moved it: read it again' });

  await file.refresh();
  if (file.standing() === null) await file.give('convene');

  let shown = 0;
  let answered = 0;
  for (let standing = file.standing(); standing !== null && !meetingMachine.isOver(standing.state); standing = file.standing()) {
    const seen = standing.state.step;
    if (seen > shown) showMeeting(standing, file.refusedSignal());
    const patience = seen > shown ? 1 : 60_000;
    shown = seen;
    const stirred = () => (file.standing()?.state.step ?? 0) > seen || moved > answered;
    if (!(await untilNext(standing, patience, stirred, file.edition()))) await file.clock(seen);
    else if (moved > answered) {
      answered = moved;
      await file.recalculate(null);
    }
  }

  const last = file.standing();
  if (last) showMeeting(last, file.refusedSignal());
  await condition(() => allHandlersFinished() && file.idle());
}
