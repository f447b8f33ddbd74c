// Breaks a text into lines of a width. Its own, because a word may need several fonts, which pdfkit's wrapping would tear apart.
import { joinTo, type Fonts, type Run, type Weight } from './fonts';

export interface Type {
  readonly weight: Weight;
  /** Points. */
  readonly size: number;
  /** From one line to the next, points. */
  readonly leading: number;
  readonly color: string;
}

export type Line = readonly Run[];

const space: Run = { part: 'latin', text: ' ', actual: null };
const clusters = new Intl.Segmenter('en-GB', { granularity: 'grapheme' });

/**
 * The lines of a text, which also break where the text does. Every line but the last ends in a space, so that words stay apart when
 * the text is read aloud or copied; the last does if the text does.
 * @param width in points
 */
export function linesOf(text: string, type: Type, width: number, fonts: Fonts): Line[] {
  const lines: Run[][] = [];
  for (const hard of text.split('\n')) {
    closeLast(lines);
    lines.push(...wrapped(hard, type, width, fonts));
  }
  if (/\s$/.test(text)) closeLast(lines);
  return lines;
}

function wrapped(text: string, type: Type, width: number, fonts: Fonts): Run[][] {
  const measure = (runs: readonly Run[]) => runs.reduce((sum, run) => sum + fonts.width(run, type.weight, type.size), 0);
  const spaceWidth = measure([space]);
  const lines: Run[][] = [];
  let used = 0;

  function put(runs: readonly Run[], wide: number, newWord: boolean): void {
    const line = lines.at(-1);
    const before = newWord ? spaceWidth : 0;
    const fits = line !== undefined && used + before + wide <= width;
    if (newWord) closeLast(lines);
    if (fits) for (const run of runs) joinTo(line, run);
    else lines.push([...runs]);
    used = fits ? used + before + wide : wide;
  }

  for (const word of text.split(/\s+/)) {
    const whole = fonts.runs(word);
    if (whole.length === 0) continue;
    const wide = measure(whole);
    if (wide <= width) put(whole, wide, true);
    else for (const [index, runs] of torn(word, fonts).entries()) put(runs, measure(runs), index === 0);
  }
  return lines;
}

/** A word that no line can hold, character by character. */
function torn(word: string, fonts: Fonts): Run[][] {
  const characters = [...clusters.segment(word.normalize('NFC'))];
  return characters.map(({ segment }) => fonts.runs(segment)).filter((runs) => runs.length > 0);
}

function closeLast(lines: readonly Run[][]): void {
  const last = lines.at(-1);
  if (last && last.at(-1)?.text.endsWith(' ') !== true) joinTo(last, space);
}
