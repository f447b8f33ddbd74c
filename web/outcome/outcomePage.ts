// The outcome document as a page: the accessible original, of which the PDF is a copy. No script, no inline style.
import { html, type Html } from '../html';
import { organisation, outcomeView, type Contact, type OutcomeDocument, type Section } from './outcomeDocument';
import { mailto, oneLine, type Block } from './texts';

/** Where the page finds what belongs to it. */
export interface PageLinks {
  readonly stylesheet: string;
  readonly pdf: string;
  /** The page of the case, to which one goes back. */
  readonly case: string;
}

/**
 * The page of an outcome.
 * @throws RangeError when a day or an instant of the document is not one
 */
export function outcomePage(document: OutcomeDocument, links: PageLinks): string {
  const view = outcomeView(document);
  const main = html`
    <p class="back"><a href="${links.case}">Back to the case</a></p>
    <div class="decision ${view.decision}">
      <p class="caption">${view.caption}</p>
      <h1>${view.heading}</h1>
      <p class="lead" dir="auto">${view.lead}</p>
    </div>
    <p class="pdf"><a href="${links.pdf}" type="application/pdf">Download this outcome as a PDF</a></p>
    <dl>
      ${view.facts.map(
        ({ term, value }) =>
          html`<div>
            <dt>${term}</dt>
            <dd dir="auto">${value}</dd>
          </div> `,
      )}
    </dl>
    <p class="note">${view.note}</p>
    ${view.sections.map(sectionHtml)}
  `;
  return layout(view.title, links.stylesheet, main);
}

/** The page of an outcome that is not there, or not for this reader to see: the same words for both. */
export function noOutcomePage(contact: Contact, stylesheet: string): string {
  const main = html`
    <h1>There is no outcome to show</h1>
    <p>
      Check the reference in the address against the one in your e-mail. It looks like this:
      <span class="reference">CAP-2026-7K3QX9</span>
    </p>
    <p>If the reference is right, the panel may not have decided yet, or the application is not one that you may see.</p>
    <h2>Who to contact</h2>
    <p>${oneLine(contact.name)} can help: ${emailLink(oneLine(contact.email), 'Panel outcome')}</p>
    <p class="back"><a href="/">Go to what waits for you</a></p>
  `;
  return layout('There is no outcome to show', stylesheet, main);
}

function layout(title: string, stylesheet: string, main: Html): string {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <title>${title} – CAP Casework</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="stylesheet" href="${stylesheet}" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to main content</a>
        <header class="masthead">
          <div class="column"><p>${organisation}</p></div>
        </header>
        <main id="main" class="column" tabindex="-1">${main}</main>
        <footer>
          <div class="column"><p>CAP Casework</p></div>
        </footer>
      </body>
    </html> `.markup;
}

function sectionHtml({ id, heading, blocks }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-heading">
    <h2 id="${id}-heading">${heading}</h2>
    ${blocks.map(blockHtml)}
  </section> `;
}

function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'paragraph':
      return html`<p dir="auto">${block.lines.map((line, index) => (index === 0 ? html`${line}` : html`<br />${line}`))}</p> `;
    case 'steps':
      return html`<ol>
        ${block.items.map((item) => html`<li dir="auto">${item}</li> `)}
      </ol> `;
    case 'email':
      return html`<p>E-mail: ${emailLink(block.address, block.subject)}</p> `;
  }
}

function emailLink(address: string, subject: string): Html {
  return html`<a href="${mailto(address, subject)}">${address}</a>`;
}
