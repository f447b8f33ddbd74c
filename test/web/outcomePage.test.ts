// The outcome as a page: its structure, its escaping, and that it needs nothing but its stylesheet.
import fc from 'fast-check';
import { outcomeView } from '../../web/outcome/outcomeDocument';
import { noOutcomePage, outcomePage } from '../../web/outcome/outcomePage';
import { stylesheet } from '../../web/outcome/stylesheet';
import { approved, deferred, everyOutcome } from './outcomes';

const links = { stylesheet: '/assets/cap.css', pdf: '/cases/CAP-2024-7K3QX9/outcome.pdf', case: '/cases/CAP-2024-7K3QX9' };
const every = [...Object.values(everyOutcome).map((each) => outcomePage(each, links)), noOutcomePage(approved.contact, '/c.css')];

const voids = new Set(['meta', 'link', 'br']);
const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

interface Parsed {
  readonly tags: readonly { readonly name: string; readonly attributes: string }[];
  readonly text: string;
}

/** Reads the page as strictly as XML: every element is closed in order, every attribute quoted, every `&` part of an entity. */
function read(page: string): Parsed {
  const tags: { name: string; attributes: string }[] = [];
  const open: string[] = [];
  let text = '';
  for (const [token] of page.replace('<!doctype html>', '').matchAll(/<[^>]*>|[^<]+/g)) {
    const tag = /^<(\/?)([a-z0-9]+)((?: [a-z-]+="[^"<>]*")*)(?: \/)?>$/.exec(token);
    if (tag) {
      const [, close, name = '', attributes = ''] = tag;
      if (close === '/') expect(open.pop()).toBe(name);
      else {
        tags.push({ name, attributes });
        if (!voids.has(name)) open.push(name);
      }
    } else {
      expect(token).not.toContain('<');
      text += token.replace(/&(?:amp|lt|gt|quot|#39);|&/g, (entity) => characters[entity] ?? 'BARE AMPERSAND');
    }
  }
  expect(open).toEqual([]);
  return { tags, text };
}

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('The page of an outcome', () => {
  it('is in British English, and has a title that tells one outcome from another', () => {
    for (const page of every) expect(page).toMatch(/^<!doctype html>\s*<html lang="en-GB">/);
    expect(every[1]).toContain('<title>Panel outcome for CAP-2024-7K3QX9: approved with conditions – CAP Casework</title>');
  });

  it('has a way back: to the case, or to what waits for the reader; it is not printed', () => {
    for (const page of every.slice(0, -1)) expect(page).toContain('<a href="/cases/CAP-2024-7K3QX9">Back to the case</a>');
    expect(every.at(-1)).toContain('<a href="/">Go to what waits for you</a>');
    // Nor is the foot of the page: alone on a sheet it would look like the rest of a document.
    expect(stylesheet).toContain('.skip, .back, .pdf, footer { display: none; }');
  });

  it('has one of each landmark, and a first link that skips to the main one', () => {
    for (const page of every) {
      const names = read(page).tags.map((tag) => tag.name);
      for (const landmark of ['header', 'main', 'footer', 'h1', 'title']) {
        expect(names.filter((name) => name === landmark)).toHaveLength(1);
      }
      expect(page.indexOf('<a ')).toBe(page.indexOf('<a class="skip" href="#main">'));
      expect(page).toContain('<main id="main"');
    }
  });

  it('has its headings in order, and names every section by its own', () => {
    const { tags } = read(outcomePage(deferred, links));
    expect(tags.filter((tag) => /^h\d$/.test(tag.name)).map((tag) => tag.name)).toEqual(['h1', 'h2', 'h2', 'h2', 'h2']);
    const ids = tags.flatMap((tag) => /id="([^"]*)"/.exec(tag.attributes)?.[1] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const labels = tags.flatMap((tag) => /aria-labelledby="([^"]*)"/.exec(tag.attributes)?.[1] ?? []);
    expect(labels).toHaveLength(4);
    for (const label of labels) expect(ids).toContain(label);
  });

  it('needs no script and no inline style, and nothing from anywhere else', () => {
    for (const page of every) {
      const { tags } = read(page);
      expect(tags.filter((tag) => ['script', 'style', 'iframe', 'img', 'form'].includes(tag.name))).toEqual([]);
      expect(tags.filter((tag) => / (?:style|on[a-z]+)=/.test(tag.attributes))).toEqual([]);
      for (const { attributes } of tags) expect(attributes).not.toMatch(/(?:href|src)="(?!\/|#|mailto:)/);
    }
    for (const [, url] of stylesheet.matchAll(/url\('([^']*)'\)/g)) expect(url).toMatch(/^source-sans-3-[a-z0-9-]+\.woff2$/);
  });

  it('leads to the PDF', () => {
    expect(every[0]).toContain('<a href="/cases/CAP-2024-7K3QX9/outcome.pdf" type="application/pdf">');
  });

  it('shows everything that the document says, in that order', () => {
    for (const document of Object.values(everyOutcome)) {
      const view = outcomeView(document);
      const text = squeezed(read(outcomePage(document, links)).text);
      const said = [
        view.caption,
        view.heading,
        view.lead,
        ...view.facts.flatMap(({ term, value }) => [term, value]),
        view.note,
        ...view.sections.map(({ heading }) => heading),
      ];
      let at = text.indexOf(view.caption);
      for (const each of said) {
        at = text.indexOf(squeezed(each), at);
        expect([each, at >= 0]).toEqual([each, true]);
      }
    }
  });

  it('shows hostile text as text, in every place where people write', () => {
    const hostile = `"><script>alert('x')</script><!-- & &lt; javascript:x \${7*7}`;
    const page = outcomePage(
      {
        ...deferred,
        reference: hostile,
        school: hostile,
        panel: hostile,
        reasons: hostile,
        conditions: hostile,
        alternatives: hostile,
        information: hostile,
        contact: { name: hostile, email: hostile },
      },
      links,
    );
    const { tags, text } = read(page);
    expect(tags.map((tag) => tag.name)).not.toContain('script');
    expect(text.split(hostile).length - 1).toBeGreaterThanOrEqual(10);
    expect(page).not.toContain('href="javascript:');
  });

  it('loses nothing of what people wrote, whatever they wrote', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.string({ unit: 'grapheme', maxLength: 50 }),
        (reasons, school) => {
          const text = squeezed(read(outcomePage({ ...approved, reasons, school }, links)).text);
          const shown = (wrote: string) =>
            wrote.replace(/(?!\s)[\p{Cc}\p{Cs}]|\p{Noncharacter_Code_Point}/gu, '\ufffd').replace('\u0085', ' ');
          for (const word of [...shown(reasons).split(/[\s\u0085]+/), ...shown(school).split(/[\s\u0085]+/)])
            expect(text).toContain(word);
        },
      ),
    );
  });
});
