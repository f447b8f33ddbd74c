// The pages of the local identity provider: plain ones that say what they are, without script, with a stylesheet of their own.
import { html, type Html } from '../web/html';
import type { DemoPerson } from './people';

/** Served at /pick.css. */
export const style = `body { font: 18px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 44rem; padding: 0 1rem; color: #14212b; background: #fff }
.notice { border-left: .5rem solid #0b4f7d; background: #eff5f9; padding: .75rem 1rem; margin: 0 0 1.5rem }
h1 { font-size: 2rem; line-height: 1.2 }
ul { list-style: none; margin: 0; padding: 0 }
li { margin: 0 0 .75rem }
button { font: inherit; color: inherit; display: block; width: 100%; min-height: 2.75rem; padding: .625rem .875rem; text-align: left; background: #f3f5f7; border: 1px solid #4a5761; border-radius: 0; cursor: pointer }
button:hover { background: #e1e6ea }
button:focus-visible { outline: .1875rem solid #14212b; outline-offset: .125rem; background: #ffe27a }
button strong, button span { display: block; overflow-wrap: anywhere }
`;

function page(title: string, main: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – CAP Casework, local demonstration</title>
        <link rel="stylesheet" href="/pick.css" />
      </head>
      <body>
        <main>
          <p class="notice">
            This is a local demonstration. Everybody and everything in it is made up, and nothing leaves this machine.
          </p>
          <h1>${title}</h1>
          ${main}
        </main>
      </body>
    </html> `.markup;
}

/** A page of one sentence. */
export const demoPage = (title: string, sentence: string): string => page(title, html`<p>${sentence}</p>`);

/** @param people whom one can be */
export function pickPage(people: readonly DemoPerson[]): string {
  const each = people.map(
    ({ id, name, about }) =>
      html`<li>
        <button type="submit" name="person" value="${id}"><strong>${name}</strong> <span>${about}</span></button>
      </li> `,
  );
  return page(
    'Pick who you want to be',
    html`<p>There is no password. Sign out to be somebody else.</p>
      <form method="post">
        <ul>
          ${each}
        </ul>
      </form>`,
  );
}

/** @param form the library's own, to which the button belongs */
export function signOutPage(form: string): string {
  return page(
    'Sign out',
    html`<p>You are signed out of CAP Casework. Sign out here too, to pick somebody else next time.</p>
      ${{ markup: form }} <button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  );
}
