// The messages that a case or a panel meeting takes: an Update and a Signal for each command that people give, and those of the service.
import { ApplicationFailure, defineQuery, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import { refusedOutright, type Machine, type MachineState } from '../domain/machine';
import { isKeepable, messages, refusedFailure, type CommandMessage, type Reply } from './messages';
import type { ProcessFile } from './processFile';
import type { RefusedSignal, Standing } from './show';

/** A machine as its workflow listens for it. */
interface Listening<State extends MachineState, Kind extends string, Given extends Kind> {
  readonly machine: Pick<
    Machine<State, { readonly kind: Kind }, never, never>,
    'titles' | 'allowed' | 'parties' | 'everGivenBy' | 'sides'
  >;
  /** The commands that people give. */
  readonly kinds: readonly Given[];
  /** For each, what stands beside the form in the Web UI. */
  readonly help: Readonly<Record<Given, string>>;
  /** Shows where it stands, at the cost of no event. */
  readonly show: (standing: Standing<State>, refused: RefusedSignal | null) => void;
}

/**
 * Every handler stands before the first `await`: a message that comes earlier would be refused. There is no handler for signals of other
 * names, which the SDK leaves alone: with one, a signal of a name that the SDK keeps for itself would fail every task of the case.
 */
export function listen<State extends MachineState, Kind extends string, Given extends Kind>(
  file: ProcessFile<State>,
  { machine, kinds, help, show }: Listening<State, Kind, Given>,
): void {
  const enter = async (kind: Given, message: unknown) => {
    await file.enter(kind, message);
    const standing = file.standing();
    if (standing) show(standing, file.refusedSignal());
  };
  for (const kind of kinds) {
    const title = machine.titles[kind];
    setHandler(defineUpdate<Reply, [CommandMessage]>(kind), (message) => file.take(message), {
      description: title,
      validator: (message) => validate(file, machine, kind, message),
    });
    setHandler(defineSignal<[unknown]>(kind), (message) => enter(kind, message), {
      description: `${title}. ${help[kind]}`,
    });
  }
  setHandler(defineSignal(messages.refresh), () => file.refresh(), { description: 'Take over what the record says' });
  setHandler(defineSignal<[unknown]>(messages.recalculate), (change) => file.recalculate(change), {
    description: 'The calendar changed',
  });
  setHandler(defineQuery<Standing<State> | null>(messages.standing), () => file.standing(), {
    description: 'Where it stands, codes only',
  });
}

/** Refuses what the state forbids, without a trace in history. It lets pass what was based on a newer step than its own. */
function validate<State extends MachineState, Kind extends string>(
  file: ProcessFile<State>,
  machine: Listening<State, Kind, Kind>['machine'],
  kind: Kind,
  message: unknown,
): void {
  if (!isCommandMessage(message)) {
    const todo = 'Tell it which command: {"command": "<id>", "step": <number>}.';
    throw ApplicationFailure.nonRetryable(todo, refusedFailure, { refused: 'unreadable', rule: 'message', message: todo });
  }
  const standing = file.standing();
  if (standing === null || message.step > standing.state.step) return;
  const refusal = refusedOutright(machine, standing.state, kind, null);
  if (refusal) throw ApplicationFailure.nonRetryable(refusal.message, refusedFailure, refusal);
}

function isCommandMessage(message: unknown): message is CommandMessage {
  if (typeof message !== 'object' || message === null) return false;
  const { command, step } = message as Partial<Record<keyof CommandMessage, unknown>>;
  return isKeepable(command) && typeof step === 'number';
}
