// The mailbox as pages: a list, and one message. Everything that a sender wrote is escaped; no script, nothing from elsewhere.
import type { StoredMessage } from './mailboxStore';

/** The only style sheet, served at /style.css. */
export const style = `body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #0b0c0c }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #b1b4b6; vertical-align: top }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; border-left: 4px solid #b1b4b6; padding-left: 1rem }
dt { font-weight: bold; float: left; clear: left; width: 8rem } dd { margin: 0 0 .3rem 8rem; overflow-wrap: anywhere }
`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** Escapes, and makes addresses that begin with http clickable. */
const withLinks = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, index) => (index % 2 === 1 ? `<a href="${escape(part)}" rel="noreferrer">${escape(part)}</a>` : escape(part)))
    .join('');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escape(title)}</title><link rel="stylesheet" href="/style.css"></head>
<body>
${body}
</body>
</html>
`;

const when = (instant: string): string => `${new Date(instant).toLocaleString('en-GB', { timeZone: 'Europe/London' })} (London)`;

/** All messages, newest first. */
export function listPage(messages: readonly StoredMessage[]): string {
  const rows = messages.map(
    ({ id, receivedAt, to, subject }) =>
      `<tr><td>${escape(when(receivedAt))}</td><td>${escape(to.join(', '))}</td><td><a href="/messages/${id}">${escape(subject || '(no subject)')}</a></td></tr>`,
  );
  const table = `<table><thead><tr><th>Received</th><th>To</th><th>Subject</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`;
  return page(
    'Mailbox',
    `<h1>Mailbox</h1>\n<p>${count}. Nothing that is sent here leaves this machine.</p>\n${rows.length > 0 ? table : ''}`,
  );
}

/** One message; its HTML part is shown as source. */
export function messagePage(message: StoredMessage): string {
  const { subject, from, to, receivedAt, messageId, text, html, calendar } = message;
  const facts = { From: from, To: to.join(', '), Received: when(receivedAt), 'Message-ID': messageId ?? '' };
  const list = Object.entries(facts).map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`);
  const source = html === null ? '' : `<details><summary>HTML part</summary><pre>${escape(html)}</pre></details>`;
  const entry = calendar === null ? '' : `<details><summary>Calendar entry</summary><pre>${escape(calendar)}</pre></details>`;
  const title = subject || '(no subject)';
  return page(
    title,
    `<p><a href="/">Mailbox</a></p>\n<h1>${escape(title)}</h1>\n<dl>${list.join('')}</dl>\n<pre>${withLinks(text)}</pre>\n${source}${entry}`,
  );
}

/** What a wrong address gets. */
export const missingPage = (): string => page('Not found', '<h1>Not found</h1>\n<p><a href="/">Mailbox</a></p>');
