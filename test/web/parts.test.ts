// Whatever people typed is text on a page, in whichever part it stands, and never becomes markup.
import { html } from '../../web/html';
import { showField } from '../../web/forms/show';
import { assets } from '../../web/assets';
import { component } from '../../web/parts/component';
import { badge, details, table } from '../../web/parts';
import { startBrowser } from '../support/browser';

const typed = `  <script>alert("1")</script> & 'more'  `;

test.each([
  ['inset-text', { text: typed }],
  ['details', { summaryText: typed, text: typed }],
  ['warning-text', { text: typed, iconFallbackText: typed }],
  ['notification-banner', { text: typed, titleText: typed }],
  ['panel', { titleText: typed, text: typed }],
  ['summary-list', { rows: [{ key: { text: typed }, value: { text: typed } }] }],
  ['task-list', { items: [{ title: { text: typed }, hint: { text: typed }, status: { text: typed } }] }],
  ['input', { id: 'a', name: 'a', label: { text: typed }, hint: { text: typed }, errorMessage: { text: typed }, value: typed }],
  ['textarea', { id: 'a', name: 'a', label: { text: typed }, value: typed }],
  ['select', { id: 'a', name: 'a', label: { text: typed }, items: [{ value: typed, text: typed }] }],
  ['radios', { name: 'a', fieldset: { legend: { text: typed } }, items: [{ value: typed, text: typed, hint: { text: typed } }] }],
  ['checkboxes', { name: 'a', fieldset: { legend: { text: typed } }, items: [{ value: typed, text: typed }] }],
  ['error-summary', { titleText: typed, errorList: [{ text: typed, href: '#a' }] }],
  ['tag', { text: typed }],
  ['button', { text: typed }],
  ['back-link', { text: typed, href: '/' }],
])('what is typed is escaped in the part %s', (name, params) => {
  const { markup } = component(name, params);
  expect(markup).toContain('&lt;script&gt;');
  expect(markup).not.toContain('<script');
});

test('markup that a page made stays markup in a part', () => {
  expect(component('inset-text', { html: html` <strong>${typed}</strong> ` }).markup).toContain('<strong>');
});

test('what must be chosen and is one thing alone stands chosen already; of two nobody chooses for the reader', () => {
  const options = ['report', 'plan'].map((value) => ({ value, title: value }));
  const drawn = (many: number, optional: boolean) =>
    showField({ kind: 'choice', name: 'kind', title: 'What is it?', options: options.slice(0, many), optional }).markup;
  expect(drawn(1, false)).toMatch(/value="report" checked/);
  for (const other of [drawn(2, false), drawn(1, true)]) expect(other).not.toContain('checked');
});

test('a long badge in a table does not make a phone scroll sideways', async () => {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 320, height: 600 } });
    const rows = [[badge('Approved by the panel, with conditions', 'good')]];
    await page.setContent(
      `<style>${assets.css.plain.toString()}</style><main>${table('Agenda', [{ title: 'Decision' }], rows, '').markup}</main>`,
    );
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  } finally {
    await browser.close();
  }
});

test('what says itself what it is stands side by side on a phone, so that fifty cases are not a walk; a title stays where it is needed', async () => {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 320, height: 600 } });
    const columns = (plain: boolean) => [
      { title: 'Case' },
      ...['Student', 'Programme', 'School', 'Stage'].map((title) => ({ title, ...(plain ? { plain: true as const } : {}) })),
      { title: 'Changed' },
    ];
    const row = ['CAP-2024-7K3QX9', 'First Child', 'Flourish', null, 'Panel', '3 Dec 2024'];
    const tall = async (plain: boolean) => {
      const drawn = table('Cases', columns(plain), [row], '');
      await page.setContent(`<style>${assets.css.plain.toString()}</style><main>${drawn.markup}</main>`);
      return (await page.locator('tbody tr').boundingBox())?.height ?? 0;
    };
    expect(await tall(true)).toBeLessThan((await tall(false)) * 0.7);
    await tall(true);
    const before = (name: string) =>
      page.evaluate<string>(`(() => {
        const cell = [...document.querySelectorAll('tbody td')].find(({ textContent }) => textContent.includes('${name}'));
        return getComputedStyle(cell, '::before').content.replaceAll('"', '').trim();
      })()`);
    expect([await before('First Child'), await before('Flourish'), await before('Panel'), await before('3 Dec')]).toEqual([
      ...['none', '·', '·', 'Changed:'],
    ]);
  } finally {
    await browser.close();
  }
});

test('a week of half days fits on a printed page, and what is closed on the screen is not printed', async () => {
  const browser = await startBrowser();
  try {
    // A4 without the margins of a browser.
    const page = await browser.newPage({ viewport: { width: 717, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    const half = html`<span class="cap-session">Afternoon ${badge('Not marked')}</span>`;
    const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
    const week = table(
      'By weeks',
      [{ title: 'Week of' }, ...days.map((title) => ({ title }))],
      [['23 Nov', ...days.map(() => half)]],
      '',
    );
    await page.setContent(
      `<style>${assets.css.plain.toString()}</style><main>${week.markup}${details('E-mails', html`<p>Sent</p>`).markup}</main>`,
    );
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(717);
    expect(await page.getByText('E-mails').isVisible()).toBe(false);
  } finally {
    await browser.close();
  }
});
