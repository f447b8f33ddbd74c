// The look of CAP's pages, as a file of its own with its fonts: the pages need no inline style, and nothing from anywhere else.
// Council's own: no crown, no GDS Transport, no GOV.UK header.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the font files, wherever the library is installed. */
export const fontFolder = dirname(require.resolve('@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff2'));

/** The parts of Unicode into which the library cuts the font, the most usual first. */
export const fontParts = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'] as const;
export type FontPart = (typeof fontParts)[number];

const ranges = JSON.parse(readFileSync(join(fontFolder, '..', 'unicode.json'), 'utf8')) as Record<FontPart, string>;

// A browser fetches a part when the page has a character of it, and of two that have it the later one.
const fonts = fontParts
  .toReversed()
  .flatMap((part) =>
    [400, 600].map((weight) => ({ file: `source-sans-3-${part}-${String(weight)}-normal.woff2`, weight, range: ranges[part] })),
  );

/** The font files that the stylesheet names, and no others. */
export const fontFiles: ReadonlySet<string> = new Set(fonts.map(({ file }) => file));

const fontFaces = fonts.map(
  ({ file, weight, range }) => `@font-face {
  font-family: 'Source Sans 3';
  font-weight: ${String(weight)};
  font-display: swap;
  src: url('${file}') format('woff2');
  unicode-range: ${range};
}
`,
);

const rules = `
:root {
  --ink: #14212b;
  --quiet: #4a5761;
  --line: #cbd3d9;
  --tone: #14212b;
  --tint: #f3f5f7;
  --link: #0b4f7d;
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: #fff;
  color: var(--ink);
  font-family: 'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Arial, sans-serif;
  font-size: 1.1875rem;
  line-height: 1.55;
}
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; display: block; padding: 0.75rem 1.25rem; background: #fff; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: from-font; }
a:hover { text-decoration-thickness: 0.15em; }
a:focus-visible { outline: 0.1875rem solid var(--ink); outline-offset: 0.125rem; background: #ffe27a; color: var(--ink); }
.column { max-width: 44rem; margin: 0 auto; padding: 0 1.25rem; }
.masthead { border-bottom: 1px solid var(--line); }
.masthead p { margin: 0; padding: 1rem 0; font-weight: 600; }
main.column { padding-top: 2.25rem; padding-bottom: 3rem; }
main:focus { outline: none; }
.reference { white-space: nowrap; }
.decision { margin: 0 0 1.5rem; padding: 1.5rem 1.75rem 1.625rem; border-left: 0.5rem solid var(--tone); background: var(--tint); }
.decision.approved, .decision.approved-with-conditions { --tone: #1b6b4a; --tint: #eff6f2; }
.decision.refused { --tone: #7d3c4f; --tint: #f8f2f4; }
.decision.taken-back { --tone: #4a4a4a; --tint: #f2f2f2; }
.decision.deferred { --tone: #0b4f7d; --tint: #eff5f9; }
.caption { margin: 0 0 0.25rem; color: var(--quiet); }
h1 { margin: 0 0 0.5rem; color: var(--tone); font-size: 2.5rem; font-weight: 600; line-height: 1.15; letter-spacing: -0.01em; }
.lead { margin: 0; font-size: 1.3125rem; line-height: 1.45; }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.5rem; font-weight: 600; line-height: 1.25; }
main p { margin: 0 0 1rem; }
main .decision p { margin-bottom: 0.25rem; }
main .decision .lead { margin: 0; }
dl { margin: 2rem 0 0; border-top: 1px solid var(--line); }
dl > div { display: grid; grid-template-columns: 12rem 1fr; gap: 0 1.25rem; padding: 0.5625rem 0; border-bottom: 1px solid var(--line); }
dt { font-weight: 600; }
dd { margin: 0; }
main .note { margin-top: 0.75rem; color: var(--quiet); font-size: 1rem; }
ol { margin: 0 0 1rem; padding-left: 1.5rem; }
li { margin-bottom: 0.5rem; padding-left: 0.375rem; }
li::marker { color: var(--quiet); }
h1, p, dd, dt, li { overflow-wrap: anywhere; }
footer { border-top: 1px solid var(--line); color: var(--quiet); font-size: 1rem; }
footer p { margin: 0; padding: 1.25rem 0 2.5rem; }
@media (max-width: 36rem) {
  body { font-size: 1.0625rem; }
  main.column { padding-top: 1.25rem; }
  .decision { padding: 1.25rem; }
  h1 { font-size: 2rem; }
  .lead { font-size: 1.1875rem; }
  dl > div { grid-template-columns: 1fr; }
}
@media (forced-colors: active) {
  .decision { border: 1px solid; border-left-width: 0.5rem; }
}
@media print {
  @page { margin: 20mm; }
  body { font-size: 12pt; line-height: 1.45; }
  .skip, .back, .pdf, footer { display: none; }
  .column { max-width: none; padding: 0; }
  main.column { padding-top: 8mm; padding-bottom: 0; }
  .decision { padding: 5mm 6mm; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 24pt; }
  .lead { font-size: 13.5pt; }
  h2 { margin-top: 8mm; font-size: 15pt; break-after: avoid; }
  .decision, dl > div, li { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  a { color: inherit; text-decoration: none; }
}
`;

export const stylesheet = `${fontFaces.join('')}${rules}`;

/** Its address changes with it, so that a browser may keep it for good. */
export const stylesheetFile = `cap-${createHash('sha256').update(stylesheet).digest('hex').slice(0, 12)}.css`;
