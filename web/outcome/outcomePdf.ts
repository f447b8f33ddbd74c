// The outcome document as a PDF to keep or print: tagged, in the words and the order of the page. The page stays the original.
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { mailto, type Block } from './texts';
import { organisation, outcomeView, type Fact, type OutcomeDocument, type OutcomeView, type Section } from './outcomeDocument';
import { gap } from './pdf/fonts';
import type { Type } from './pdf/lines';
import { sheetOn, type Sheet } from './pdf/sheet';

const ink = '#14212b';
const quiet = '#4a5761';
const rule = '#cbd3d9';

const type = {
  head: { weight: 600, size: 12, leading: 16, color: ink },
  caption: { weight: 400, size: 12, leading: 17, color: quiet },
  title: { weight: 600, size: 25, leading: 31, color: ink },
  lead: { weight: 400, size: 14, leading: 20, color: ink },
  heading: { weight: 600, size: 16, leading: 21, color: ink },
  body: { weight: 400, size: 12, leading: 17, color: ink },
  term: { weight: 600, size: 12, leading: 17, color: ink },
  link: { weight: 400, size: 12, leading: 17, color: '#0b4f7d' },
  foot: { weight: 400, size: 10, leading: 14, color: quiet },
} satisfies Record<string, Type>;

const tones: Record<OutcomeView['decision'], { readonly tone: string; readonly tint: string }> = {
  approved: { tone: '#1b6b4a', tint: '#eff6f2' },
  'approved-with-conditions': { tone: '#1b6b4a', tint: '#eff6f2' },
  refused: { tone: '#7d3c4f', tint: '#f8f2f4' },
  deferred: { tone: '#0b4f7d', tint: '#eff5f9' },
};

/** How far the text of a step stands from its number's edge. */
const stepIndent = 20;

/** Room for the note on characters that the font lacks, which may follow. */
const noteRoom = 7 + 2 * type.foot.leading;

const gapNote = `Some characters are not in the font of this PDF. ${gap} stands for them; the page in CAP Casework shows them.`;

// Checked with veraPDF, which confirms it. pdfkit would claim it too (`subset`), but adds a table of glyphs that breaks the rule.
const claim = `
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
  <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>`;

/**
 * The PDF of an outcome, after PDF/UA-1; the same document gives the same bytes. Characters that the font lacks show as `[?]` and
 * keep their text unseen; a last line says so.
 * @param options `compress: false` leaves it readable for tests
 * @throws RangeError when a day or an instant of the document is not one
 */
export async function outcomePdf(document: OutcomeDocument, { compress = true } = {}): Promise<Buffer> {
  const view = outcomeView(document);
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: 54, bottom: 62, left: 66, right: 66 },
    pdfVersion: '1.7',
    lang: 'en-GB',
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    compress,
    // No font of pdfkit's own: all that is used is embedded.
    font: '',
    info: {
      // pdfkit copies it into XML as it is.
      Title: view.title.replace(/[^ -~]|[<>&]/g, '?'),
      Author: organisation,
      Creator: 'CAP Casework',
      CreationDate: new Date(document.issuedAt),
    },
  });
  const done = buffer(pdf);
  const sheet = sheetOn(pdf);
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
  if (sheet.hasGaps()) small(sheet, gapNote);
  sheet.foot((page, pages) => `${view.reference}   ·   Page ${page} of ${pages}`, type.foot);
  pdf.appendXML(claim);
  pdf.end();
  return done;
}

function head(sheet: Sheet): void {
  const tag = sheet.tag('P');
  sheet.write(tag, sheet.lines(organisation, type.head), type.head);
  tag.end();
  sheet.skip(9);
  line(sheet);
  sheet.skip(20);
}

function line(sheet: Sheet): void {
  sheet.decorate((pdf, { x, y, width }) => {
    pdf
      .lineWidth(0.75)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke(rule);
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

function facts(sheet: Sheet, rows: readonly Fact[]): void {
  const indent = 140;
  const pad = 4;
  const table = sheet.tag('Table');
  line(sheet);
  for (const { term, value } of rows) {
    const lines = sheet.lines(value, type.body, sheet.width - indent);
    sheet.keep(lines.length * type.body.leading + 2 * pad);
    sheet.skip(pad);
    const row = sheet.tag('TR', table);
    const header = sheet.tag('TH', row, { scope: 'Row' });
    sheet.write(header, sheet.lines(term, type.term, indent), type.term, { beside: true });
    header.end();
    const cell = sheet.tag('TD', row);
    sheet.write(cell, lines, type.body, { indent });
    cell.end();
    row.end();
    sheet.skip(pad);
    line(sheet);
  }
  table.end();
}

function section(sheet: Sheet, { heading, blocks }: Section): void {
  const lines = sheet.lines(heading, type.heading);
  sheet.skip(19);
  // A heading stays with the first lines of what it heads.
  sheet.keep(lines.length * type.heading.leading + 5 + 3 * type.body.leading);
  sheet.bookmark(heading);
  const tag = sheet.tag('H2');
  sheet.write(tag, lines, type.heading);
  tag.end();
  sheet.skip(5);
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
      return paragraph(sheet, block.lines);
    case 'steps':
      return steps(sheet, block.items);
    case 'email':
      return email(sheet, block.address, mailto(block.address, block.subject));
  }
}

function paragraph(sheet: Sheet, lines: readonly string[]): void {
  const tag = sheet.tag('P');
  sheet.write(tag, sheet.lines(lines.join('\n'), type.body), type.body);
  tag.end();
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

function small(sheet: Sheet, text: string): void {
  sheet.skip(7);
  const tag = sheet.tag('P');
  sheet.write(tag, sheet.lines(text, type.foot), type.foot);
  tag.end();
}
