// A command's way in: its row is written before the engine hears of it, and the same key again is the same command again.
import { caseMachine } from '../domain/case';
import type { BodyOf, PersonCommandKind } from '../domain/commands';
import { refusedOutright } from '../domain/machine';
import type { CaseState } from '../domain/state';
import { commandId, receiveCommand } from '../records/commands';
import { readDraft } from '../records/drafts';
import type { Person } from '../records/types';
import { caseWorkflowId } from '../temporal/names';
import type { CaseReply } from '../temporal/engine';
import { HttpProblem, refusalProblem } from './problems';
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
 * @throws HttpProblem when it is refused, here or by the case; EngineAway, EngineTimeout, DatabaseAway: try again with the same key
 */
export async function giveCommand(services: Services, person: Person, given: Given): Promise<Recorded> {
  const { reference, kind, body, texts, key, read } = given;
  const { database, engine, now } = services;
  const id = commandId(person.person, reference, key);
  const row = { id, reference, kind, body, texts, received: now(), based: read ?? 0 };
  const received = await receiveCommand(database, person, row);
  if (!received) throw notThere();
  const { written, state } = received;
  if (written === 'other-body') {
    throw new HttpProblem(
      'key-reused',
      'This Idempotency-Key came with something else before: take a new key for a new command.',
    );
  }
  if (typeof written === 'object') {
    nudge(services, reference, state);
    return { result: 'recorded', reference, step: written.recorded };
  }
  if (state) requireMay(person, kind, state, read);
  else if (kind !== 'submit') await requireOutOfSight(services, person, reference, written);
  const reply =
    kind === 'submit' ? await engine.submit(reference, id) : await engine.tell(reference, kind, id, read ?? state?.step ?? 0);
  return recordedOr(reply, reference);
}

/** The same questions that the case's validator and the record step ask, of the row as it stands: most refusals need no engine. */
function requireMay(person: Person, kind: PersonCommandKind, state: CaseState, read: number | null): void {
  if (read !== null && read < state.step) {
    throw new HttpProblem('stale', 'The case has moved on since you read it: read it again, and decide on what it says now.', {
      members: { step: state.step },
    });
  }
  if (kind === 'submit') {
    throw refusalProblem({
      refused: 'already-submitted',
      rule: 'R23',
      message: 'The application is submitted already: follow its case.',
    });
  }
  const refusal = refusedOutright(caseMachine, state, kind, person);
  if (refusal) throw refusalProblem(refusal);
}

/** No case in sight: it is a draft still, or the very command that is repeated took it out of the caller's sight. */
async function requireOutOfSight(
  { database }: Services,
  person: Person,
  reference: string,
  written: 'new' | 'pending',
): Promise<void> {
  if (written === 'new') throw notThere('The application is not submitted yet: submit it first.');
  const draft = await readDraft(database, person, reference);
  if (draft && !draft.submitted) throw notThere('The application is not submitted yet: submit it first.');
}

function notThere(detail?: string): HttpProblem {
  return new HttpProblem('not-found', detail ?? 'There is no such case for you: look it up in your list of cases.');
}

function recordedOr({ result, refusal, step }: CaseReply, reference: string): Recorded {
  if (result === 'recorded') return { result, reference, step };
  if (refusal) throw refusalProblem(refusal);
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
