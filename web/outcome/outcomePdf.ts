// The outcome document as a PDF to keep or print: tagged, in the words and the order of the page. The page stays the original.
import { mailto, type Block } from './texts';
import { outcomeView, type OutcomeDocument, type OutcomeView, type Section } from './outcomeDocument';
import { facts, head, heading, noteRoom, paper, paragraph, quiet, small, type } from './pdf/paper';
import type { Sheet } from './pdf/sheet';

const tones: Record<OutcomeView['decision'], { readonly tone: string; readonly tint: string }> = {
  approved: { tone: '#1b6b4a', tint: '#eff6f2' },
  'approved-with-conditions': { tone: '#1b6b4a', tint: '#eff6f2' },
  refused: { tone: '#7d3c4f', tint: '#f8f2f4' },
  'taken-back': { tone: '#4a4a4a', tint: '#f2f2f2' },
  deferred: { tone: '#0b4f7d', tint: '#eff5f9' },
};

/** How far the text of a step stands from its number's edge. */
const stepIndent = 20;

/**
 * The PDF of an outcome, after PDF/UA-1; the same document gives the same bytes. Characters that the font lacks show as `[?]` and
 * keep their text unseen; a last line says so.
 * @param options `compress: false` leaves it readable for tests
 * @throws RangeError when a day or an instant of the document is not one
 */
export async function outcomePdf(document: OutcomeDocument, { compress = true } = {}): Promise<Buffer> {
  const view = outcomeView(document);
  return paper({ title: view.title, made: document.issuedAt, foot: view.reference, compress }, (sheet) => {
    head(sheet);
    decision(sheet, view);
    facts(sheet, view.facts);
    small(sheet, view.note);
    const end = view.sections.findIndex(({ id }) => id === 'next');
    for (const each of view.sections.slice(0, end)) section(sheet, each);
    // What comes after the panel's own words stays together: nobody turns a page to read whom to ask, and nothing else.
    const last = view.sections.slice(end);
    sheet.keep(last.reduce((sum, each) => sum + heightOf(sheet, each), noteRoom));
    for (const each of last) section(sheet, each);
  });
}

/** The decision at the top, on a ground of its own: its words say it, the colour only follows. */
function decision(sheet: Sheet, view: OutcomeView): void {
  const { tone, tint } = tones[view.decision];
  const indent = 22;
  const pad = 15;
  const pieces = [
    { name: 'P', text: view.caption, type: type.caption },
    { name: 'H1', text: view.heading, type: { ...type.title, color: tone } },
    { name: 'P', text: view.lead, type: type.lead },
  ].map((piece) => ({ ...piece, lines: sheet.lines(piece.text, piece.type, sheet.width - 2 * indent) }));
  const height = pieces.reduce((sum, piece) => sum + piece.lines.length * piece.type.leading + 4, 2 * pad - 4);
  sheet.decorate((pdf, { x, y, width, height: left }) => {
    const ground = Math.min(height, left);
    pdf.rect(x, y, width, ground).fill(tint);
    pdf.rect(x, y, 6, ground).fill(tone);
  });
  sheet.bookmark(view.heading);
  sheet.skip(pad);
  for (const piece of pieces) {
    const tag = sheet.tag(piece.name);
    sheet.write(tag, piece.lines, piece.type, { indent });
    tag.end();
    sheet.skip(4);
  }
  sheet.skip(pad - 4 + 16);
}

function section(sheet: Sheet, { heading: text, blocks }: Section): void {
  heading(sheet, text);
  for (const block of blocks) {
    write(sheet, block);
    sheet.skip(6);
  }
}

/** What a section takes on one page, in points. */
function heightOf(sheet: Sheet, { heading, blocks }: Section): number {
  const ofHeading = 19 + sheet.lines(heading, type.heading).length * type.heading.leading + 5;
  return blocks.reduce((sum, block) => sum + bodyLines(sheet, block) * type.body.leading + 6, ofHeading);
}

/** How many lines a block has; of steps, with the room between them. */
function bodyLines(sheet: Sheet, block: Block): number {
  const count = (text: string, width = sheet.width) => sheet.lines(text, type.body, width).length;
  switch (block.kind) {
    case 'paragraph':
      return count(block.lines.join('\n'));
    case 'steps':
      return block.items.reduce((sum, item) => sum + count(item, sheet.width - stepIndent) + 3 / type.body.leading, 0);
    case 'email':
      return count(`E-mail: ${block.address}`);
  }
}

function write(sheet: Sheet, block: Block): void {
  switch (block.kind) {
    case 'paragraph':
      return paragraph(sheet, block.lines.join('\n'));
    case 'steps':
      return steps(sheet, block.items);
    case 'email':
      return email(sheet, block.address, mailto(block.address, block.subject));
  }
}

function steps(sheet: Sheet, items: readonly string[]): void {
  const indent = stepIndent;
  const list = sheet.tag('L');
  for (const [index, text] of items.entries()) {
    const lines = sheet.lines(text, type.body, sheet.width - indent);
    sheet.keep(lines.length * type.body.leading);
    const item = sheet.tag('LI', list);
    const label = sheet.tag('Lbl', item);
    sheet.write(label, sheet.lines(`${String(index + 1)}. `, type.body), { ...type.body, color: quiet }, { beside: true });
    label.end();
    const body = sheet.tag('LBody', item);
    sheet.write(body, lines, type.body, { indent });
    body.end();
    item.end();
    sheet.skip(3);
  }
  list.end();
}

function email(sheet: Sheet, address: string, url: string): void {
  const tag = sheet.tag('P');
  const [label] = sheet.write(tag, sheet.lines('E-mail: ', type.body), type.body, { beside: true });
  const indent = label?.width ?? 0;
  const link = sheet.tag('Link', tag);
  const places = sheet.write(link, sheet.lines(address, type.link, sheet.width - indent), type.link, { indent });
  for (const place of places) sheet.link(link, place, url, `E-mail to ${address}`);
  link.end();
  tag.end();
}
