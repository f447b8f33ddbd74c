// How a use-case says no: in the shape of domain's refusals, with a few codes for what no rule of a case knows. A door makes its answer of
// one (`api/problems.ts`), and no use-case knows which.
import type { Problem } from '../domain/commands';
import type { LastEdit, Overtaken } from '../domain/edits';
import type { Refusal, RefusalCode } from '../domain/state';

export type RefusedCode =
  | RefusalCode
  /** There is no such thing for this person. */
  | 'not-found'
  /** The person's roles do not let them do this at all. */
  | 'not-allowed'
  /** It has changed since the person read it. */
  | 'stale'
  /** It is past, or something depends on it: it stays as it is. */
  | 'not-editable'
  /** The key came with something else before. */
  | 'key-reused'
  /** The school has this student: `known` has the codes. */
  | 'known-student'
  /** A file has more than it may. */
  | 'too-large'
  /** Nobody has found the file clean. */
  | 'in-quarantine'
  /** One or more fields are wrong: `problems` names each. */
  | 'wrong-values';

export interface Refused extends Pick<Refusal, 'message' | 'field'> {
  readonly refused: RefusedCode;
  /** The number of CAP's requirement that it enforces, where it is one of those. */
  readonly rule?: string;
  /** Every field at fault, where several may be. */
  readonly problems?: readonly Problem[];
  /** What it is at now, where it has changed: the `step` of a case, the `version` of a draft. */
  readonly newest?: { readonly step: number } | { readonly version: number; readonly by?: string };
  /** Codes of what is there already. */
  readonly known?: readonly string[];
}

/** @returns whether a use-case said no, rather than giving what was asked for */
export function isRefused(result: object): result is Refused {
  return 'refused' in result;
}

export const versionNeeded: Problem = {
  field: 'version',
  rule: 'form',
  message: 'Say which version you changed: If-Match with its ETag, or version.',
};

export function wrongValues(...problems: readonly Problem[]): Refused {
  return { refused: 'wrong-values', message: 'Mend the fields that are named, then send it again.', problems };
}

/** What was read of a step or a version that is still to come: nobody read that. @param now what it is at */
export function neverRead(now: number): Refused {
  const message = `It is at ${now}: send the ETag that you read of it.`;
  return wrongValues({ field: 'if-match', rule: 'form', message });
}

/** @returns an outcome of the records as a use-case says it: what somebody edited after it was read is not overwritten */
export function unlessOvertaken<Outcome>(outcome: Outcome | Overtaken): Exclude<Outcome, Overtaken> | Refused {
  const isOvertaken = typeof outcome === 'object' && outcome !== null && 'overtaken' in outcome;
  return isOvertaken ? editedMeanwhile(outcome.overtaken) : (outcome as Exclude<Outcome, Overtaken>);
}

/** @param by whose name the reader may know */
export function editedMeanwhile({ version, by = null }: Pick<LastEdit, 'version'> & Partial<LastEdit>): Refused {
  const who = by ?? 'Somebody';
  const message = `${who} changed it meanwhile: read version ${String(version)}, then repeat your change.`;
  return { refused: 'stale', message, newest: { version, ...(by === null ? {} : { by }) } };
}

export const keyReused: Refused = {
  refused: 'key-reused',
  message: 'This Idempotency-Key came with something else before: take a new key for a new command.',
};

/** A legal hold stands: why, and who placed it, is for CAP to know. */
export const keptByCap: Refused = {
  refused: 'not-editable',
  rule: 'A14',
  message: 'CAP keeps what there is of this student for the time being, so that nothing of it is deleted: ask CAP.',
};

export const alreadySubmitted: Refused = {
  refused: 'already-submitted',
  rule: 'R23',
  message: 'The application is submitted already: follow its case.',
};
