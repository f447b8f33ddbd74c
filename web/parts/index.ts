// What pages are made of. Each part is accessible as the library has it; a page says what is in it.
import { html, type Html } from '../html';
import { component } from './component';
import { keyed } from './key';

export { badge, type Tone } from './badge';
export { keyHelp, keyLink } from './key';

/** Text, or markup made by `html`. */
export type Content = string | Html;

const content = (value: Content) => (typeof value === 'string' ? { text: value } : { html: value });

/** A row of what is known of something. */
export interface SummaryRow {
  readonly key: string;
  readonly value: Content | null;
  /** Links behind the row: what they do, and in full for those who do not see the row. */
  readonly actions?: readonly Link[];
}

export interface Link {
  readonly href: string;
  readonly text: string;
  /** Read out behind the text, so that two links of the same text differ. */
  readonly of?: string;
}

/** Keys with their values; rows without a value are left out. */
export function summaryList(rows: readonly SummaryRow[], title?: string): Html {
  return component('summary-list', {
    ...(title === undefined ? {} : { card: { title: { text: title } } }),
    rows: rows.flatMap(({ key, value, actions = [] }) => {
      if (value === null || value === '') return [];
      const items = actions.map(({ href, text, of }) => ({ href, text, visuallyHiddenText: of }));
      return [{ key: { text: key }, value: content(value), ...(items.length > 0 ? { actions: { items } } : {}) }];
    }),
  });
}

export interface Column {
  readonly title: string;
  readonly numeric?: true;
  /** Says itself what it is, such as a name: on a narrow screen it stands beside the next of its kind, without its title. */
  readonly plain?: true;
}

/**
 * A table. On a narrow screen its rows become cards, each value behind its title unless it says itself what it is.
 * @param caption what it lists; a table needs one to be found by those who do not see it
 * @param empty what is said where there are no rows
 */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Content | null)[])[],
  empty: string,
): Html {
  if (rows.length === 0) return html`<p class="govuk-body cap-empty">${empty}</p>`;
  const head = columns.map(({ title, numeric }) => {
    const named = numeric ? 'govuk-table__header govuk-table__header--numeric' : 'govuk-table__header';
    return html`<th scope="col" class="${named}">${title}</th>`;
  });
  const cell = (value: Content | null, index: number) => {
    const { title = '', numeric, plain } = columns[index] ?? {};
    const named = ['govuk-table__cell', ...(numeric ? ['govuk-table__cell--numeric'] : []), ...(plain ? ['cap-plain'] : [])];
    return html`<td class="${named.join(' ')}" data-title="${plain ? '' : title}">${value ?? ''}</td>`;
  };
  return html`<table class="govuk-table cap-table">
    <caption class="govuk-table__caption govuk-table__caption--m">
      ${caption}
    </caption>
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">
        ${head}
      </tr>
    </thead>
    <tbody class="govuk-table__body">
      ${rows.map(
        (row) =>
          html`<tr class="govuk-table__row">
            ${row.map(cell)}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

/** Tasks with where each stands. */
export function taskList(
  tasks: readonly {
    readonly title: string;
    readonly href: string | null;
    readonly hint?: string;
    readonly status: Html | string;
  }[],
): Html {
  return component('task-list', {
    items: tasks.map(({ title, href, hint, status }) => ({
      title: { text: title },
      hint: hint === undefined ? undefined : { text: hint },
      href: href ?? undefined,
      status: typeof status === 'string' ? { text: status } : { html: status },
    })),
  });
}

/** What happened, told after it was done. */
export function notice(title: string, more?: Content): Html {
  const body = html`<p class="govuk-notification-banner__heading">${title}</p>
    ${more === undefined ? '' : html`<p class="govuk-body">${more}</p>`}`;
  return component('notification-banner', { type: 'success', html: body });
}

/** What must be known before something is done that cannot be undone. */
export function warning(text: string): Html {
  return component('warning-text', { text, iconFallbackText: 'Warning' });
}

export function inset(value: Content): Html {
  return component('inset-text', content(value));
}

export function details(summary: string, value: Content): Html {
  return component('details', { summaryText: summary, ...content(value) });
}

export function link(href: string, text: string, of?: string): Html {
  return html`<a class="govuk-link" href="${href}"
    >${text}${of === undefined ? '' : html`<span class="govuk-visually-hidden"> ${of}</span>`}</a
  >`;
}

/** A telephone number, to be called. */
export const telephoneLink = (telephone: string): Html => link(dialled(telephone), telephone);

/** @returns where a telephone number is called: the line, and the extension after it */
function dialled(telephone: string): string {
  const [line = '', extension] = telephone.split(/ *(?:ext\.?|extension|x) */i).map((part) => part.replace(/[^+\d]/g, ''));
  return `tel:${line}${extension === undefined ? '' : `;ext=${extension}`}`;
}

export function caseLink(reference: string): Html {
  return html`<a class="govuk-link cap-reference" href="/cases/${reference}">${reference}</a>`;
}

/** The student of a case in a list: the name is erased with what was written of the case, and a list says so (A14). */
export function studentIn(name: string | null): string {
  return name ?? 'Erased';
}

/** What stands within a sentence elsewhere, with its first letter as a capital. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A link that looks like a button: it leads on and changes nothing. @param key of the keyboard that reaches it */
export function leadOn(href: string, text: string, looks: 'primary' | 'secondary' = 'primary', key?: string): Html {
  const classes = looks === 'secondary' ? 'govuk-button--secondary' : '';
  return component('button', { href, text, classes, ...(key === undefined ? {} : { attributes: keyed(key) }) });
}

export function heading(text: string, size: 'l' | 'm' | 's' = 'm', id?: string): Html {
  return html`<h2 class="govuk-heading-${size}" id="${id ?? text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}">${text}</h2>`;
}

export function paragraph(value: Content): Html {
  return html`<p class="govuk-body">${value}</p>`;
}

export function list(items: readonly Content[], kind: 'bullet' | 'number' = 'bullet'): Html {
  const inner = items.map((item) => html`<li>${item}</li>`);
  return kind === 'bullet'
    ? html`<ul class="govuk-list govuk-list--bullet">
        ${inner}
      </ul>`
    : html`<ol class="govuk-list govuk-list--number">
        ${inner}
      </ol>`;
}

/** Where the next page of a list begins; nothing on the last. */
export function nextPage(href: string | null): Html {
  return href === null ? html`` : component('pagination', { next: { href, text: 'Next page' } });
}

/** What stands above everything on a page until it is dealt with. */
export function banner(title: string, value: Content): Html {
  return component('notification-banner', { titleText: title, ...content(value) });
}

/** That something great was done, with what to keep of it. */
export function confirmation(title: string, value: Content): Html {
  const inner = content(value);
  return component('panel', { titleText: title, ...inner });
}

/** What a form sends along, and nobody types. */
export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}

/** The ways to what stands before and after what is shown. */
export function neighbours(title: string, before: Link | null, after: Link | null): Html {
  return html`<nav class="cap-neighbours" aria-label="${title}">
    ${before === null ? '' : html`<a class="govuk-link" href="${before.href}"><span aria-hidden="true">←</span> ${before.text}</a>`}
    ${after === null ? '' : html`<a class="govuk-link" href="${after.href}">${after.text} <span aria-hidden="true">→</span></a>`}
  </nav>`;
}

/** Numbers, each with what it counts. */
export function figures(all: readonly { readonly title: string; readonly value: string | number }[]): Html {
  return html`<dl class="cap-numbers">
    ${all.map(
      ({ title, value }) =>
        html`<div>
          <dt class="govuk-body-s">${title}</dt>
          <dd class="govuk-body">${value}</dd>
        </div> `,
    )}
  </dl>`;
}

/** Where to go on to, each with a line about it. */
export function leads(
  all: readonly { readonly href: string; readonly text: string; readonly about?: string | undefined }[],
): Html {
  return html`<ul class="govuk-list cap-leads">
    ${all.map(({ href, text, about }) => html`<li>${link(href, text)}${about === undefined ? '' : html`<p class="govuk-body">${about}</p>`}</li>`)}
  </ul>`;
}
