// What people typed, made fit to be shown: paragraphs and lines, without what no screen, printer or file format can carry.

/** A piece of a section. */
export type Block =
  | { readonly kind: 'paragraph'; readonly lines: readonly string[] }
  | { readonly kind: 'steps'; readonly items: readonly string[] }
  | { readonly kind: 'email'; readonly address: string; readonly subject: string };

// Word's line break is a vertical tab, and copied text brings the line ends of other systems.
const lineEnd = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
// Control characters, half characters and what Unicode keeps for itself: replaced, so that it is seen something was there.
const unshowable = /(?![\n\t])[\p{Cc}\p{Cs}]|\p{Noncharacter_Code_Point}/gu;

function clean(text: string): string {
  return text.replace(lineEnd, '\n').replace(unshowable, '\ufffd');
}

/**
 * A text as paragraphs, parted by empty lines, and their lines. Spaces at the ends of lines go; nothing else does.
 * @returns none for a text of white space only
 */
export function blocksOf(text: string): Block[] {
  return clean(text)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])))
    .filter((lines) => lines.length > 0)
    .map((lines) => ({ kind: 'paragraph', lines }));
}

/** A name or a sentence, which is one line whatever was typed. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** The address of a link that begins an e-mail. Whatever the mailbox is called, it is a link to a mailbox and nothing else. */
export function mailto(address: string, subject: string): string {
  return `mailto:${encodeURIComponent(address).replace('%40', '@')}?subject=${encodeURIComponent(subject)}`;
}
