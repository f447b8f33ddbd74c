// A command's way in: its row is written before the engine hears of it, the same key again is the same command again, and what is refused
// leaves nothing: the same key may then bring it again, put right.
import { caseMachine } from '../domain/case';
import type { BodyOf, MeetingPersonCommandKind, PersonCommandKind } from '../domain/commands';
import type { Actor } from '../domain/facts';
import { refusedOutright, type MachineState } from '../domain/machine';
import { meetingMachine } from '../domain/meetings/meeting';
import type { MeetingState } from '../domain/meetings/state';
import type { Refusal } from '../domain/state';
import { commandId, receiveCommand, takeBack } from '../records/commands';
import type { Person } from '../records/types';
import type { CaseReply } from '../temporal/engine';
import { workflowIdOf } from '../temporal/names';
import { alreadySubmitted, isRefused, keyReused, neverRead, type Refused } from './refused';
import type { Services } from './services';

type GivenKind = PersonCommandKind | MeetingPersonCommandKind;

export interface Given<K extends GivenKind = PersonCommandKind> {
  /** Of the case, or of the meeting. */
  readonly reference: string;
  readonly kind: K;
  readonly body: BodyOf<K>;
  readonly texts: Readonly<Record<string, string>>;
  /** The caller's Idempotency-Key. */
  readonly key: string;
  /** The step that the caller read; null when they did not say. */
  readonly read: number | null;
}

export interface Recorded {
  readonly result: 'recorded';
  readonly reference: string;
  /** The step at which the command was recorded. */
  readonly step: number;
}

/**
 * Gives a command to a case, or submits an application.
 * @throws EngineAway, EngineTimeout, DatabaseAway: try again with the same key
 */
export async function giveCommand(services: Services, person: Person, given: Given): Promise<Recorded | Refused> {
  const { kind } = given;
  return give(services, person, given, {
    submits: kind === 'submit',
    unseen: noCase,
    refused: (state) => (kind === 'submit' ? alreadySubmitted : refusedOutright(caseMachine, state, kind, person)),
  });
}

/** Gives a command to a panel meeting. @throws as `giveCommand` */
export async function giveToMeeting(
  services: Services,
  person: Person,
  given: Given<MeetingPersonCommandKind>,
): Promise<Recorded | Refused> {
  return give<MeetingState, MeetingPersonCommandKind>(services, person, given, {
    submits: false,
    unseen: noMeeting,
    refused: (state) => refusedOutright(meetingMachine, state, given.kind, person),
  });
}

interface To<State> {
  readonly submits: boolean;
  /** What is said where this person sees no such thing. */
  readonly unseen: Refused;
  /** The same questions that the validator and the record step ask, of the row as it stands: most refusals need no engine. */
  readonly refused: (state: State) => Refusal | Refused | null;
}

async function give<State extends MachineState, K extends GivenKind>(
  services: Services,
  person: Person & Actor,
  { reference, kind, body, texts, key, read }: Given<K>,
  { submits, unseen, refused }: To<State>,
): Promise<Recorded | Refused> {
  const { database, engine, now } = services;
  const id = commandId(person.person, reference, key);
  const row = { id, reference, kind, body, texts, received: now(), based: read ?? 0 };
  const received = await receiveCommand<State>(database, person, row);
  if (!received) return unseen;
  const { written, state, draft } = received;
  if (written === 'other-body') return keyReused;
  if ('recorded' in written) {
    nudge(services, reference, state);
    return { result: 'recorded', reference, step: written.recorded };
  }
  const told = { command: id, attempt: written.attempt };
  const here = state ? (changedSince(read, state) ?? refused(state)) : draft && !submits ? notSubmitted : null;
  const outcome =
    here ??
    recordedOr(
      submits ? await engine.submit(reference, told) : await engine.tell(reference, kind, told, read ?? state?.step ?? 0),
      reference,
    );
  if (isRefused(outcome)) await takeBack(database, person, id, written.attempt);
  return outcome;
}

/** Somebody decides on what they read: on no step that has passed, and on none that is still to come. */
function changedSince(read: number | null, { step }: MachineState): Refused | null {
  if (read === null || read === step) return null;
  if (read > step) return neverRead(step);
  const message = 'It has moved on since you read it: read it again, and decide on what it says now.';
  return { refused: 'stale', message, newest: { step } };
}

const noCase: Refused = {
  refused: 'not-found',
  message: 'There is no such case for you: look it up in your list of cases.',
};

const noMeeting: Refused = {
  refused: 'not-found',
  message: 'There is no such meeting for you, or it is not begun yet: look it up in the list of meetings.',
};

const notSubmitted: Refused = {
  refused: 'not-found',
  message: 'The application is not submitted yet: submit it first.',
};

function recordedOr({ result, refusal, step }: CaseReply, reference: string): Recorded | Refused {
  if (result === 'recorded') return { result, reference, step };
  if (refusal) return refusal;
  throw new Error('A case refused a command without saying why');
}

/** Should the workflow be behind what is recorded, it is told to look: beside the answer, for the caller has theirs already. */
function nudge({ engine, log }: Services, reference: string, state: MachineState | null): void {
  if (!state) return;
  const look = async () => {
    const shown = await engine.shown(workflowIdOf(reference));
    if (!shown || shown.step < state.step) await engine.refresh(reference);
  };
  look().catch((error: unknown) => {
    log.warn(
      { reference, fault: error instanceof Error ? error.name : 'unknown' },
      'A process could not be nudged; the sweep will',
    );
  });
}
