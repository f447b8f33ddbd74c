// What is shown where a page cannot be: what is the matter, and what to do, to somebody who knows nothing of keys, tags and headers.
import { problemKinds, type HttpProblem, type ProblemKind } from '../api/problems';
import { html } from './html';
import { written as writtenBack } from './forms/written';
import type { Shown } from './page';
import { inset, link, list, paragraph } from './parts';

interface Words {
  readonly title: string;
  readonly todo: string;
}

const later =
  'Wait a minute, then load this page again. If you had sent a form, that sends it again as it was filled in, and it counts once.';
const unavailable = (what: string): Words => ({ title: 'Sorry, this is not available just now', todo: `${what} ${later}` });
const notFromHere: Words = {
  title: 'This could not be read',
  todo: 'What arrived is not what this page sends. Open the page here, and send it from there.',
};

/** What a person reads in the place of what a program is told, unless whoever raised the problem wrote a sentence for just this case. */
const toPeople: Partial<Record<ProblemKind, Words>> = {
  'not-found': {
    title: 'Page not found',
    todo: 'If you typed the address, check that it is right. If you followed a link in an e-mail, what it leads to may not be for you to see any more.',
  },
  malformed: { title: 'This address cannot be read', todo: 'If you typed or copied the address, check that it is whole.' },
  unreadable: notFromHere,
  'wrong-type': notFromHere,
  'method-not-allowed': notFromHere,
  'not-acceptable': notFromHere,
  'headers-too-large': notFromHere,
  'not-our-form': {
    title: 'Not sent from this page',
    todo: 'The form was open too long, or it is not ours. Open the page here, and send the form from it.',
  },
  'not-signed-in': { title: 'You are not signed in', todo: 'Sign in, then come back to this page.' },
  'too-slow': {
    title: 'This took too long',
    todo: 'Not all of what you sent arrived in time: nothing is recorded. Go back and send it again.',
  },
  'too-large': {
    title: 'This is too much at once',
    todo: 'Nothing is recorded. Go back, shorten what you wrote, and send it again.',
  },
  'key-reused': { title: 'Sent before', todo: 'This form was sent before with something else in it. Send it again.' },
  'not-received': unavailable('Nothing is recorded.'),
  'records-away': unavailable('The records do not answer. Nothing that was recorded is lost.'),
  'files-away': unavailable('The store of files does not answer. Nothing that was recorded is lost.'),
  'engine-away': unavailable('What takes decisions does not answer. Nothing that was recorded is lost.'),
  'engine-timeout': unavailable('There was no answer in time: what you sent may have been recorded.'),
  'identity-away': unavailable('Signing in does not answer.'),
  'web-ui-away': unavailable('The Web UI of Temporal does not answer.'),
  fault: {
    title: 'Sorry, there is a problem with the service',
    todo: `It is our fault, and not yours. ${later}`,
  },
};

/** While the service is down, nobody reads here where to turn with a concern (R123). */
const isDown: ReadonlySet<ProblemKind> = new Set(['fault', 'not-received', 'records-away', 'identity-away', 'engine-away']);

/** Those of which a sentence for just this case speaks to a program all the same. */
const alwaysToPrograms: ReadonlySet<ProblemKind> = new Set(['not-found', 'key-reused', 'not-received']);

function wordsFor({ kind, message }: HttpProblem): Words {
  const { title, todo } = problemKinds[kind];
  const words = message === todo || alwaysToPrograms.has(kind) ? toPeople[kind] : undefined;
  return words ?? { title, todo: message };
}

/** @returns what a problem says to somebody at a page */
export function sentenceOf(problem: HttpProblem): string {
  const {
    kind,
    more: { members },
  } = problem;
  const by = members?.['by'];
  if (kind === 'stale')
    return `${typeof by === 'string' ? by : 'Somebody else'} changed this while you had it open. What you see now is how it stands: look at it, and send yours again only if it still holds.`;
  const request = members?.['request'];
  const told = typeof request === 'string' ? ` If it stays, tell CAP this number: ${request}` : '';
  return wordsFor(problem).todo + told;
}

/** What a form was about may be gone from whoever sends it: sent twice, it was taken from them by the first. */
const goneWithIt: Words = {
  title: 'Not for you to see any more',
  todo: 'What this form was about is not, or no longer, for you to see. If you sent the form twice, the first one counted, and nothing is to be done.',
};

/** Of the request that met the problem. */
interface Met {
  /** Whether a form was sent, and not a page asked for. */
  readonly isForm?: boolean;
  /** The page of what it was about, which says what comes next; null where there is none for this reader. */
  readonly of?: { readonly href: string; readonly text: string } | null;
  /** What somebody wrote into a form that is not shown any more: it is not lost with it (R25). */
  readonly written?: readonly string[];
}

export function problemPage(problem: HttpProblem, { isForm = false, of = null, written = [] }: Met = {}): Shown {
  const {
    kind,
    more: { errors = [] },
  } = problem;
  const { title, todo } =
    isForm && kind === 'not-found' ? goneWithIt : { title: wordsFor(problem).title, todo: sentenceOf(problem) };
  return {
    title,
    main: html`${errors.length === 0 ? paragraph(todo) : list(errors.map((error) => error.message))} ${writtenBack(written)}
    ${isDown.has(kind) ? inset('If a child is in danger now, call 999. Do not wait for this service.') : ''}
    ${of === null ? '' : paragraph(link(of.href, of.text))} ${paragraph(link('/', 'Go to what waits for you'))}`,
  };
}
