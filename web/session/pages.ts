// What signing in says: which issuer, what went wrong, and what to do then.
import { written } from '../forms/written';
import { html, type Html } from '../html';
import type { IssuerSettings } from './issuers';

/** A page without its frame. */
export interface SignInPage {
  readonly status: number;
  readonly title: string;
  readonly main: Html;
}

function page(status: number, title: string, ...rest: readonly Html[]): SignInPage {
  return {
    status,
    title,
    main: html`<h1 class="govuk-heading-l">${title}</h1>
      ${rest}`,
  };
}

const said = (text: string): Html => html`<p class="govuk-body">${text}</p> `;
const link = (path: string, text: string): Html =>
  html`<p class="govuk-body"><a class="govuk-link" href="${path}">${text}</a></p> `;

const signIn = (query: Readonly<Record<string, string>>): string => `/sign-in?${new URLSearchParams(query).toString()}`;

/** @returns the address at which somebody signs in, to come back to a path */
export const signInPath = (back: string): string => signIn({ back });

/** On the way to the issuer: a page between, for a browser holds redirects after a form to where that form may lead. */
export function goingToSignIn(title: string, url: string): SignInPage {
  return page(200, 'Signing you in', link(url, `Go on to ${title}`));
}

/** On the way to the Web UI of Temporal: likewise. */
export function goingToWebUi(url: string): SignInPage {
  return page(200, 'Opening the Web UI', link(url, 'Go on to the Web UI of Temporal'));
}

/** @param another somebody who is signed in there is to sign in anew */
export function whichIssuer(issuers: readonly IssuerSettings[], back: string, another: boolean): SignInPage {
  const as = another ? { as: 'another' } : {};
  const each = issuers.map(
    ({ title }, at) => html`<li><a class="govuk-link" href="${signIn({ back, at: String(at), ...as })}">${title}</a></li> `,
  );
  return page(
    200,
    'How do you sign in?',
    html`<ul class="govuk-list govuk-list--spaced">
      ${each}
    </ul> `,
  );
}

export function issuerAway(title: string, back: string): SignInPage {
  return page(
    503,
    'You cannot sign in just now',
    said(`${title} does not answer. Nothing that you have saved here is lost.`),
    said('Wait a few minutes, then try again. If it stays so, tell those who look after your sign-in.'),
    link(signInPath(back), 'Try again'),
  );
}

export function unknownPerson(back: string): SignInPage {
  return page(
    403,
    'This service does not know you',
    said('You have signed in, but nobody has given you access here, or your access has ended.'),
    said('Ask the CAP team to give you access. If you have another sign-in, use that one.'),
    link(signIn({ back, as: 'another' }), 'Sign in as somebody else'),
  );
}

export function notFinished(back: string): SignInPage {
  return page(
    400,
    'You are not signed in',
    said('Signing in was not finished: it took too long, was begun in another window, or was refused.'),
    link(signInPath(back), 'Sign in'),
  );
}

/**
 * @param kept whether what was typed is kept until they have signed in again (R25)
 * @param words what they wrote, where it is kept nowhere: a session that was ended no longer says whose it is
 */
export function signInAgain(back: string, kept: boolean, words: readonly string[]): SignInPage {
  const why = kept
    ? 'You were signed out because you were away for long, or had been signed in all day. What you typed is kept for an hour.'
    : `What you sent was not taken, for you are signed out.${words.length === 0 ? '' : ' Copy what you had written before you go on: it is kept nowhere.'}`;
  const then = kept
    ? 'Sign in again as the same person, and the form is filled in as you left it. Then send it once more.'
    : null;
  return page(
    401,
    'Sign in again',
    said(why),
    ...(then === null ? [] : [said(then)]),
    written(words),
    link(signInPath(back), 'Sign in'),
  );
}

/** @param further where to sign out at the issuer too; null where it offers none */
export function signedOut(further: { readonly title: string; readonly url: string } | null): SignInPage {
  if (further) return page(200, 'You are signed out here', link(further.url, `Go on, to be signed out at ${further.title} too`));
  return page(200, 'You are signed out', link('/sign-in', 'Sign in'));
}
