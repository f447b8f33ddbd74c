// Source Sans for PDFs. The library cuts it into parts of Unicode, so each character is looked up: which part has it, or none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fontFolder, fontParts, type FontPart } from '../stylesheet';
import { openTypeOf } from './woff';

export type Weight = 400 | 600;

/** Characters that one part of the font draws in one go. */
export interface Run {
  readonly part: FontPart;
  readonly text: string;
  /** What stands in the original, where the font lacks it and `text` only shows the gap. */
  readonly actual: string | null;
}

/** Shown in place of characters that the font lacks; their own text goes along unseen, for search, copying and reading aloud. */
export const gap = '[?]';

export interface Fonts {
  /** Chooses the font and size for what is drawn next. */
  use: (part: FontPart, weight: Weight, size: number) => void;
  /** Width in points. */
  width: (run: Run, weight: Weight, size: number) => number;
  /** A word, without white space, as runs. Characters that are invisible by nature are left out. */
  runs: (word: string) => Run[];
}

/** The little of pdfkit's font that its types leave out. */
interface FontInside {
  readonly _font: { readonly font: { readonly characterSet: readonly number[] } };
}

const files = new Map<string, Buffer>();
const coverage = new Map<FontPart, ReadonlySet<string>>();
const clusters = new Intl.Segmenter('en-GB', { granularity: 'grapheme' });

/** @param pdf the document in which the fonts are embedded, each when it is first used */
export function fontsFor(pdf: PDFKit.PDFDocument): Fonts {
  const registered = new Set<string>();

  function use(part: FontPart, weight: Weight, size: number): void {
    const name = `${part}-${String(weight)}`;
    if (!registered.has(name)) {
      pdf.registerFont(name, fileOf(part, weight));
      registered.add(name);
    }
    pdf.font(name, size);
  }

  function covered(part: FontPart): ReadonlySet<string> {
    const known = coverage.get(part);
    if (known) return known;
    use(part, 400, 12);
    const characters = (pdf as unknown as FontInside)._font.font.characterSet.map((code) => String.fromCodePoint(code));
    // A font claims spaces that pdfkit cannot measure, and U+FFFF, which is nothing: neither is ever drawn.
    const drawn = new Set(characters.filter((character) => !/[\s\p{Noncharacter_Code_Point}]/u.test(character)));
    coverage.set(part, drawn);
    return drawn;
  }

  const partOf = (cluster: string): FontPart | null =>
    fontParts.find((part) => Array.from(cluster).every((character) => covered(part).has(character))) ?? null;

  function runs(word: string): Run[] {
    if (/^[!-~]+$/.test(word)) return [{ part: 'latin', text: word, actual: null }];
    const found: Run[] = [];
    for (const { segment } of clusters.segment(word.normalize('NFC'))) {
      const visible = segment.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
      if (visible === '') continue;
      const part = partOf(visible);
      joinTo(found, part === null ? { part: 'latin', text: gap, actual: segment } : { part, text: visible, actual: null });
    }
    return found;
  }

  return {
    use,
    width: (run, weight, size) => {
      use(run.part, weight, size);
      return pdf.widthOfString(run.text);
    },
    runs,
  };
}

/** Adds a run to those before it; it becomes one with the last if the same font draws both, or none does. */
export function joinTo(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last && last.actual !== null && run.actual !== null) {
    runs[runs.length - 1] = { ...last, actual: last.actual + run.actual };
  } else if (last && last.actual === null && run.actual === null && last.part === run.part) {
    runs[runs.length - 1] = { ...last, text: last.text + run.text };
  } else {
    runs.push(run);
  }
}

function fileOf(part: FontPart, weight: Weight): Buffer {
  const name = `source-sans-3-${part}-${String(weight)}-normal.woff`;
  const file = files.get(name) ?? openTypeOf(readFileSync(join(fontFolder, name)));
  files.set(name, file);
  return file;
}
