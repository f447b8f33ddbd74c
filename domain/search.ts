// How a case is found by what somebody knows of it: words are compared as they are heard, from their beginning.

/** A reference is found by its last part, which is the part that differs. */
const partsThatAllShare = /\bcap-\d{4}-/g;

/** @returns the words of some texts as they are searched: in small letters, without accents and signs, each once */
export function wordsOf(...texts: readonly string[]): string[] {
  const tidy = texts
    .join(' ')
    .normalize('NFKD')
    .toLowerCase()
    .replace(partsThatAllShare, '')
    .replace(/[\p{Mark}'’]/gu, '');
  return [...new Set(tidy.match(/[\p{Letter}\p{Number}]+/gu))];
}

/** The most words that are looked for. */
export const mostWords = 6;
/** The least characters of the longest word: fewer would find half of everything. */
export const leastCharacters = 3;

/** @returns what is looked for, the longest word first; null when that is too little or too much to look for */
export function soughtWords(text: string): string[] | null {
  const words = wordsOf(text).sort((a, b) => b.length - a.length);
  return (words[0]?.length ?? 0) < leastCharacters || words.length > mostWords ? null : words;
}
