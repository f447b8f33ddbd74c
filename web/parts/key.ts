// A key of the keyboard that reaches a control, for whoever decides at the table (`web/script.ts`).
import { html, type Html } from '../html';

/** The attributes by which a control has its key. */
export function keyed(key: string): Readonly<Record<string, string>> {
  return { 'data-key': key, 'aria-keyshortcuts': key };
}

/** The key as it is shown beside its control, where keys work at all. */
export function keyCap(key: string): Html {
  return html`<kbd class="cap-key" aria-hidden="true">${key.toUpperCase()}</kbd>`;
}

/** A link that a key reaches, too. @param of read out behind the text */
export function keyLink(href: string, text: string, key: string, of?: string): Html {
  const more = of === undefined ? '' : html`<span class="govuk-visually-hidden"> ${of}</span>`;
  return html`<a class="govuk-link" href="${href}" data-key="${key}" aria-keyshortcuts="${key}"
    >${text}${more} ${keyCap(key)}</a
  >`;
}

/** Says which keys there are, and turns them off and on: the browser keeps that. Keys work only where scripts do. */
export function keyHelp(keys: readonly (readonly [key: string, what: string])[]): Html {
  return html`<details class="govuk-details cap-keys">
    <summary class="govuk-details__summary"><span class="govuk-details__summary-text">Keys on this page</span></summary>
    <div class="govuk-details__text">
      <dl class="cap-keys__list">
        ${keys.map(
          ([key, what]) =>
            html`<div>
              <dt><kbd class="cap-key">${key}</kbd></dt>
              <dd>${what}</dd>
            </div> `,
        )}
      </dl>
      <p class="govuk-body">They work while you are in no text field.</p>
      <div class="govuk-checkboxes govuk-checkboxes--small">
        <div class="govuk-checkboxes__item">
          <input class="govuk-checkboxes__input" type="checkbox" id="keys-on" data-keys checked />
          <label class="govuk-label govuk-checkboxes__label" for="keys-on">Use these keys in this browser</label>
        </div>
      </div>
    </div>
  </details>`;
}
