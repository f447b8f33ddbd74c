// A command's way in: its row is written before the engine hears of it, the same key again is the same command again, and what is refused
// leaves nothing: the same key may then bring it again, put right.
import { caseMachine } from '../domain/case';
import type { BodyOf, PersonCommandKind } from '../domain/commands';
import { refusedOutright } from '../domain/machine';
import type { CaseState } from '../domain/state';
import { commandId, receiveCommand, takeBack, type Received } from '../records/commands';
import type { Person } from '../records/types';
import type { CaseReply } from '../temporal/engine';
import { caseWorkflowId } from '../temporal/names';
import { alreadySubmitted, isRefused, keyReused, neverRead, type Refused } from './refused';
import type { Services } from './services';

export interface Given<K extends PersonCommandKind = PersonCommandKind> {
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
  const { reference, kind, body, texts, key, read } = given;
  const { database, engine, now } = services;
  const id = commandId(person.person, reference, key);
  const row = { id, reference, kind, body, texts, received: now(), based: read ?? 0 };
  const received = await receiveCommand(database, person, row);
  if (!received) return notThere;
  const { written, state } = received;
  if (written === 'other-body') return keyReused;
  if ('recorded' in written) {
    nudge(services, reference, state);
    return { result: 'recorded', reference, step: written.recorded };
  }
  const told = { command: id, attempt: written.attempt };
  const outcome =
    refusedHere(person, given, received) ??
    recordedOr(
      kind === 'submit'
        ? await engine.submit(reference, told)
        : await engine.tell(reference, kind, told, read ?? state?.step ?? 0),
      reference,
    );
  if (isRefused(outcome)) await takeBack(database, person, id, written.attempt);
  return outcome;
}

/** The same questions that the case's validator and the record step ask, of the row as it stands: most refusals need no engine. */
function refusedHere(person: Person, { kind, read }: Given, { state, draft }: Received): Refused | null {
  if (!state) return draft && kind !== 'submit' ? notSubmitted : null;
  if (read !== null && read > state.step) return neverRead(state.step);
  if (read !== null && read < state.step) return stale(state);
  if (kind === 'submit') return alreadySubmitted;
  return refusedOutright(caseMachine, state, kind, person);
}

const notThere: Refused = {
  refused: 'not-found',
  message: 'There is no such case for you: look it up in your list of cases.',
};

const notSubmitted: Refused = {
  refused: 'not-found',
  message: 'The application is not submitted yet: submit it first.',
};

function stale({ step }: CaseState): Refused {
  const message = 'The case has moved on since you read it: read it again, and decide on what it says now.';
  return { refused: 'stale', message, newest: { step } };
}

function recordedOr({ result, refusal, step }: CaseReply, reference: string): Recorded | Refused {
  if (result === 'recorded') return { result, reference, step };
  if (refusal) return refusal;
  throw new Error('A case refused a command without saying why');
}

/** Should the workflow be behind what is recorded, it is told to look: beside the answer, for the caller has theirs already. */
function nudge({ engine, log }: Services, reference: string, state: CaseState | null): void {
  if (!state) return;
  const look = async () => {
    const shown = await engine.shown(caseWorkflowId(reference));
    if (!shown || shown.step < state.step) await engine.refresh(reference);
  };
  look().catch((error: unknown) => {
    log.warn({ reference, fault: error instanceof Error ? error.name : 'unknown' }, 'A case could not be nudged; the sweep will');
  });
}
