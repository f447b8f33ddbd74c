// What stands around every page: the council's own header, the menu, where to go back to, what went wrong, the footer.
import type { Problem } from '../domain/problem';
import { html, type Html } from './html';
import { assets } from './assets';
import { organisation } from './outcome/outcomeDocument';
import { component } from './parts/component';
import { notice } from './parts';

const serviceName = 'CAP Casework';

export interface MenuItem {
  readonly href: string;
  readonly text: string;
  /** It is the page that is shown. */
  readonly current: boolean;
  /** What is shown stands under it. */
  readonly active: boolean;
}

export interface Around {
  readonly title: string;
  readonly main: Html;
  readonly back?: { readonly href: string; readonly text: string };
  readonly wide?: boolean;
  readonly headed?: boolean;
  readonly caption?: string;
  readonly about?: string;
  readonly tab?: string;
  readonly menu: readonly MenuItem[];
  /** Who is signed in; null for nobody; left out where that is not known. */
  readonly name?: string | null;
  /** What was done on the page before. */
  readonly done?: string | null;
  /** What is wrong with what was typed, with the id of each field where it is on the page; and a sentence for the whole. */
  readonly wrong?: { readonly detail: string; readonly problems: readonly (Problem & { readonly at: string | null })[] } | null;
  /** The form that signs out, made by whoever knows its token. */
  readonly signOut?: Html;
}

/** @returns the whole page */
export function layout({
  title,
  main,
  back,
  wide,
  headed,
  caption,
  about,
  tab = title,
  menu,
  name,
  done,
  wrong,
  signOut,
}: Around): string {
  const said = `${wrong ? 'Error: ' : ''}${[tab, about, serviceName].filter((part) => part !== undefined).join(' – ')}`;
  const signIn = name === null ? html`<a class="cap-header__link" href="/sign-in">Sign in</a>` : '';
  const who = name ? html`<a class="cap-header__link" href="/you">${name}</a> ${signOut ?? ''}` : signIn;
  return html`<!doctype html>
    <html lang="en-GB" class="govuk-template">
      <head>
        <meta charset="utf-8" />
        <title>${said}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#14213d" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${assets.css.href}" />
        <script type="module" src="${assets.script.href}"></script>
      </head>
      <body class="govuk-template__body">
        <a href="#main" class="govuk-skip-link" data-module="govuk-skip-link">Skip to main content</a>
        <header class="cap-header">
          <div class="govuk-width-container cap-header__line">
            <div>
              <a class="cap-header__link cap-header__service" href="/">${serviceName}</a>
              <span class="cap-header__organisation">${organisation}</span>
            </div>
            <div class="cap-header__who">${who}</div>
          </div>
        </header>
        ${menu.length === 0 ? '' : component('service-navigation', { navigation: menu.map((item) => ({ ...item })), navigationLabel: 'Menu' })}
        <div class="govuk-width-container">
          ${back === undefined ? '' : html`<nav aria-label="Way back">${component('back-link', { href: back.href, text: back.text })}</nav>`}
          <main class="${wide ? 'govuk-main-wrapper' : 'govuk-main-wrapper cap-narrow'}" id="main">
            ${wrong ? errorSummary(wrong) : done ? notice(done) : ''}
            ${caption === undefined ? '' : html`<span class="govuk-caption-l">${caption}</span>`}
            ${headed ? '' : html`<h1 class="govuk-heading-l">${withYears(title)}</h1>`} ${main}
          </main>
        </div>
        <footer class="cap-footer">
          <div class="govuk-width-container">
            <ul class="cap-footer__links">
              ${footer.map(([href, text]) => html`<li><a class="govuk-link" href="${href}">${text}</a></li>`)}
            </ul>
            <p class="cap-footer__name">${organisation}</p>
          </div>
        </footer>
      </body>
    </html> `.markup;
}

/** A title whose academic year stays on one line. */
function withYears(title: string): readonly (Html | string)[] {
  return title
    .split(/(\d{4}-\d{2})/)
    .map((part, index) => (index % 2 === 0 ? part : html`<span class="cap-reference">${part}</span>`));
}

const footer = [
  ['/help', 'Help and safeguarding contacts'],
  ['/privacy', 'Privacy'],
  ['/cookies', 'Cookies'],
  ['/accessibility', 'Accessibility statement'],
] as const;

function errorSummary({ detail, problems }: NonNullable<Around['wrong']>): Html {
  return component('error-summary', {
    titleText: 'There is a problem',
    descriptionText: problems.length === 0 ? detail : undefined,
    errorList: problems.map(({ message, at }) => ({ text: message, href: at === null ? undefined : `#${at}` })),
  });
}
