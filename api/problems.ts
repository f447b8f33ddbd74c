// What the service answers when it does not do what was asked: problem details (RFC 9457), one kind for each reason, each with what to do.
import type { Response } from 'express';
import { mostNamed, type Problem as FieldProblem } from '../domain/commands';
import type { RefusalCode } from '../domain/state';
import { isRefused, type Refused } from '../usecases/refused';

interface Kind {
  readonly status: number;
  readonly title: string;
  /** What to do, where the place that raises it says nothing better. */
  readonly todo: string;
}

/** Why a case did not take a command. The codes are domain's. */
const refusals = {
  'not-now': { status: 409, title: 'Not at this stage', todo: 'Read the case again: it says what it takes now.' },
  'not-yours': { status: 403, title: 'Not yours to do', todo: 'Ask whoever the case waits for.' },
  'not-due': { status: 409, title: 'Not due', todo: 'Nothing needs to be done.' },
  'no-place': {
    status: 409,
    title: 'No place left',
    todo: 'Defer the case until one is free, or choose a start in another term.',
  },
  'before-the-meeting': { status: 409, title: 'Before the meeting', todo: 'Decide on or after the day of the meeting.' },
  'no-meeting': { status: 409, title: 'No meeting', todo: 'Decide outside the meeting, with a reason.' },
  'no-quorum': { status: 409, title: 'Not enough of the panel', todo: 'Record who is present, or decide outside the meeting.' },
  'reason-needed': { status: 422, title: 'A reason is needed', todo: 'Write the reasons.' },
  'not-eligible': { status: 422, title: 'Not ready to be submitted', todo: 'Mend the fields that are named, then submit again.' },
  'wrong-value': { status: 422, title: 'Against a rule', todo: 'Mend the field that is named, then send it again.' },
  'already-submitted': { status: 409, title: 'Submitted already', todo: 'Follow the case instead.' },
  'nothing-changed': { status: 409, title: 'Nothing would change', todo: 'Nothing needs to be done.' },
  'not-received': { status: 503, title: 'Outcome lost', todo: 'Nothing is recorded: try again with the same key.' },
  unreadable: { status: 422, title: 'Not readable', todo: 'Send it as the documentation of this door says.' },
  'unknown-case': { status: 404, title: 'Not found', todo: 'Look the reference up in your list of cases.' },
} as const satisfies Record<RefusalCode, Kind>;

/** Every kind of problem, by the end of its type's address: `/problems/<kind>`. */
export const problemKinds = {
  ...refusals,
  malformed: { status: 400, title: 'Not readable', todo: 'Send it as the documentation of this door says.' },
  'not-signed-in': { status: 401, title: 'Not signed in', todo: 'Send a valid bearer token.' },
  'person-unknown': { status: 403, title: 'No access', todo: 'Ask the CAP team to give you access.' },
  'not-allowed': { status: 403, title: 'Not allowed', todo: 'Ask somebody who may do it.' },
  'not-found': { status: 404, title: 'Not found', todo: 'Look the address up in the list or in the documentation.' },
  'method-not-allowed': { status: 405, title: 'Not this method', todo: 'Use one of the methods in Allow.' },
  'not-acceptable': {
    status: 406,
    title: 'Not in that form',
    todo: 'Ask for the type that the documentation of this door names.',
  },
  'too-slow': { status: 408, title: 'Too slow', todo: 'The request did not come in whole in time: send it again.' },
  stale: { status: 412, title: 'Changed meanwhile', todo: 'Read it again, then repeat your change.' },
  'not-editable': { status: 409, title: 'Stays as it is', todo: 'It is past, or something depends on it.' },
  'known-student': {
    status: 409,
    title: 'Student known',
    todo: 'Take the code of the one that your school has, or say that it is another child.',
  },
  'too-large': { status: 413, title: 'Too large', todo: 'Send at most 1 MB.' },
  'wrong-type': { status: 415, title: 'Not this type', todo: 'Send application/json in UTF-8, not compressed.' },
  'wrong-values': {
    status: 422,
    title: 'Some fields are not right',
    todo: 'Mend the fields that are named, then send it again.',
  },
  'not-our-form': { status: 403, title: 'Not one of our forms', todo: 'Open the page here, and send the form from it.' },
  'key-reused': { status: 422, title: 'Key used before', todo: 'Take a new Idempotency-Key for a new command.' },
  'in-quarantine': {
    status: 409,
    title: 'Not found clean',
    todo: 'A file is read once it is found clean: try again later, or ask for another.',
  },
  'too-many': { status: 429, title: 'Too many requests', todo: 'Wait a while, then try again.' },
  'headers-too-large': { status: 431, title: 'Headers too large', todo: 'Send fewer or shorter headers.' },
  fault: { status: 500, title: 'A fault of ours', todo: 'Try again; if it stays, tell ops the request id.' },
  'records-away': { status: 503, title: 'Records away', todo: 'Nothing is lost: try again with the same key.' },
  'files-away': { status: 503, title: 'Files away', todo: 'The store of files does not answer just now: try again.' },
  'web-ui-away': { status: 502, title: 'Web UI away', todo: 'The Web UI of Temporal does not answer just now: try again.' },
  'engine-away': { status: 503, title: 'Engine away', todo: 'Nothing is lost: try again with the same key.' },
  'engine-timeout': { status: 503, title: 'No answer in time', todo: 'It may have been recorded: try again with the same key.' },
  'identity-away': { status: 503, title: 'Sign-in away', todo: 'Your token could not be checked just now: try again.' },
} as const satisfies Record<string, Kind>;

export type ProblemKind = keyof typeof problemKinds;

interface More {
  readonly rule?: string;
  readonly errors?: readonly FieldProblem[];
  /** Further members of the answer, such as the newest version of a draft. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Thrown wherever a request cannot be done; `api/errors.ts` answers it. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;

  /** @param detail a sentence that says what to do; by default the kind's own. It is shown to the caller: no names, no texts of a case. */
  constructor(
    readonly kind: ProblemKind,
    detail: string = problemKinds[kind].todo,
    readonly more: More = {},
  ) {
    super(detail, { cause: more.cause });
    this.status = problemKinds[kind].status;
  }
}

/** @returns a refusal as the problem that the caller sees: the same whether a door, the validator or the record refused. */
function refusalProblem({ refused, rule, message, field, problems, newest, known }: Refused): HttpProblem {
  const errors = problems ?? (field === undefined ? undefined : [{ field, rule: rule ?? 'form', message }]);
  return new HttpProblem(refused, message, {
    ...(rule === undefined ? {} : { rule }),
    ...(errors === undefined ? {} : { errors }),
    members: { ...newest, ...(known === undefined ? {} : { known }), ...(Object.hasOwn(refusals, refused) ? { refused } : {}) },
  });
}

/** @returns what a use-case gave. @throws HttpProblem when it refused */
export function given<Result extends object>(result: Result | Refused): Result {
  if (isRefused(result)) throw refusalProblem(result);
  return result;
}

const retryAfterSeconds = '2';

/** @returns the members of a problem, as they are sent. Of very many wrong things the first are named, and how many there are. */
export function problemBody({ kind, status, message, more }: HttpProblem): Record<string, unknown> {
  const { rule, errors, members } = more;
  const tooMany = errors !== undefined && errors.length > mostNamed;
  return {
    type: `/problems/${kind}`,
    title: problemKinds[kind].title,
    status,
    detail: tooMany ? `${message} The first ${mostNamed} of ${errors.length.toLocaleString('en-GB')} are named.` : message,
    ...(rule === undefined ? {} : { rule }),
    ...(errors === undefined ? {} : { errors: errors.slice(0, mostNamed) }),
    ...members,
  };
}

/** @returns the response with the status and headers of a problem. A service that is away says when to come back. */
export function withStatusOf({ status, more }: HttpProblem, res: Response): Response {
  if (status === 503) res.set('Retry-After', retryAfterSeconds);
  return res.status(status).set({ 'Cache-Control': 'no-store', ...more.headers });
}

/** Sends a problem. */
export function sendProblem(res: Response, problem: HttpProblem): void {
  withStatusOf(problem, res)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem)));
}
