// What somebody wrote into a form that is not taken and cannot be shown again: it is given back to them on the page that says so (R25).
import { html, type Html } from '../html';
import { heading } from '../parts';
import type { Posted } from './fields';

/** @returns the words among the fields of a form: neither a choice, nor a number, nor what our forms carry for themselves */
export function wordsIn(posted: Posted): string[] {
  const fields = Object.entries(posted).filter(([name]) => !name.startsWith('_'));
  return fields.flatMap(([, value]) => (typeof value === 'string' && /\S\s+\S/.test(value) ? [value] : []));
}

/** @returns the words, to be copied from the page; nothing where there are none */
export function written(words: readonly string[]): Html {
  if (words.length === 0) return html``;
  return html`${heading('What you had written')} ${words.map((text) => html`<p class="govuk-body cap-words">${text}</p>`)}`;
}
