// What a browser runs, where it runs scripts: the library's own behaviour, and lists that change by themselves. Every page works without it.

/** @param library where the library's script is */
export function ourScript(library: string): string {
  return `import { createAll, Button, ErrorSummary, FileUpload, NotificationBanner, ServiceNavigation, SkipLink } from '${library}';
document.body.classList.add('js-enabled', 'govuk-frontend-supported');
for (const part of [Button, ErrorSummary, FileUpload, NotificationBanner, ServiceNavigation, SkipLink]) createAll(part);

// A button that is pressed twice sends once; the server would record it once in any case.
for (const form of document.querySelectorAll('form[method=post]')) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
    setTimeout(() => (sent = false), 3000);
  });
}

// What is marked as live is fetched anew when something that this person may see has changed, unless they are in it just now.
const live = () => [...document.querySelectorAll('[data-live]')];
if (live().length > 0 && 'EventSource' in window) {
  let waiting = null;
  const renew = async () => {
    waiting = null;
    if (document.hidden) return void (waiting = setTimeout(renew, 5000));
    const answer = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'manual' });
    // Whose session has run out is led to the sign-in by their next page, not by this.
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const region of live()) {
      const next = fresh.querySelector('[data-live="' + region.dataset.live + '"]');
      if (!next || region.contains(document.activeElement) || region.innerHTML === next.innerHTML) continue;
      region.replaceWith(next);
    }
  };
  const changes = new EventSource('/changes');
  changes.addEventListener('changed', () => (waiting ??= setTimeout(renew, 400)));
  addEventListener('pagehide', () => changes.close());
}

// Keys for whoever decides at the table: a key of a control that is there, while nobody types. They can be turned off (WCAG 2.1.4).
const keysOff = () => localStorage.getItem('cap-keys') === 'off';
const showKeys = () => document.body.classList.toggle('cap-keys-off', keysOff());
showKeys();
for (const box of document.querySelectorAll('[data-keys]')) {
  box.checked = !keysOff();
  box.addEventListener('change', () => { localStorage.setItem('cap-keys', box.checked ? 'on' : 'off'); showKeys(); });
}
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || keysOff()) return;
  if (event.target instanceof HTMLElement && event.target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select')) return;
  const control = document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
  if (!control) return;
  event.preventDefault();
  if (control.matches('a, button')) control.click();
  else { control.focus(); if (control.matches('[type=radio], [type=checkbox]')) control.click(); }
});
`;
}
