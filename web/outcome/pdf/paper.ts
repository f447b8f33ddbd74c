// What every paper of ours has: a tagged A4 sheet after PDF/UA-1 with its head and its foot, headings, facts, paragraphs.
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { organisation, type Fact } from '../outcomeDocument';
import { gap } from './fonts';
import type { Type } from './lines';
import { sheetOn, type Sheet } from './sheet';

const ink = '#14212b';
export const quiet = '#4a5761';
const rule = '#cbd3d9';

export const type = {
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

/** Room for the note on characters that the font lacks, which may follow. */
export const noteRoom = 7 + 2 * type.foot.leading;

const gapNote = `Some characters are not in the font of this PDF. ${gap} stands for them; the page in CAP Casework shows them.`;

// Checked with veraPDF, which confirms it. pdfkit would claim it too (`subset`), but adds a table of glyphs that breaks the rule.
const claim = `
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
  <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>`;

export interface Paper {
  readonly title: string;
  /** Its date; the same paper of the same date gives the same bytes. */
  readonly made: string;
  /** Stands at the foot of every page. */
  readonly foot: string;
  /** `false` leaves it readable for tests. */
  readonly compress?: boolean;
}

/**
 * A PDF after PDF/UA-1. Characters that the font lacks show as `[?]` and keep their text unseen; a last line says so.
 * @param write writes all that is on it
 */
export async function paper(
  { title, made, foot, compress = true }: Paper,
  write: (sheet: Sheet) => void | Promise<void>,
): Promise<Buffer> {
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
      Title: title.replace(/[^ -~]|[<>&]/g, '?'),
      Author: organisation,
      Creator: 'CAP Casework',
      CreationDate: new Date(made),
    },
  });
  const done = buffer(pdf);
  const sheet = sheetOn(pdf);
  await write(sheet);
  if (sheet.hasGaps()) small(sheet, gapNote);
  sheet.foot((page, pages) => `${foot}   ·   Page ${page} of ${pages}`, type.foot);
  pdf.appendXML(claim);
  pdf.end();
  return done;
}

export function head(sheet: Sheet): void {
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

/** More lines than this are parted between pages. */
const longestRow = 12;

/** Facts as a table, each with its heading beside it. @param indent how much room the headings have */
export function facts(sheet: Sheet, rows: readonly Fact[], indent = 140): void {
  const pad = 4;
  const table = sheet.tag('Table');
  line(sheet);
  for (const { term, value } of rows) {
    const headings = sheet.lines(term, type.term, indent - 10);
    const lines = sheet.lines(value, type.body, sheet.width - indent);
    // A row that fits on a page is not parted; a longer one begins where its heading and some lines of it have room.
    const least = lines.length > longestRow ? 3 : lines.length;
    sheet.keep(Math.max(headings.length, least) * type.body.leading + 2 * pad);
    sheet.skip(pad);
    const row = sheet.tag('TR', table);
    const header = sheet.tag('TH', row, { scope: 'Row' });
    sheet.write(header, headings, type.term, { beside: true });
    header.end();
    const cell = sheet.tag('TD', row);
    sheet.write(cell, lines, type.body, { indent });
    cell.end();
    row.end();
    sheet.skip(Math.max(0, headings.length - lines.length) * type.body.leading + pad);
    line(sheet);
  }
  table.end();
}

/** A heading stays with the first lines of what it heads. */
export function heading(sheet: Sheet, text: string, name: 'H1' | 'H2' = 'H2'): void {
  const kind = name === 'H1' ? type.title : type.heading;
  const lines = sheet.lines(text, kind);
  sheet.skip(19);
  sheet.keep(lines.length * kind.leading + 5 + 3 * type.body.leading);
  sheet.bookmark(text);
  const tag = sheet.tag(name);
  sheet.write(tag, lines, kind);
  tag.end();
  sheet.skip(5);
}

export function paragraph(sheet: Sheet, text: string): void {
  const tag = sheet.tag('P');
  sheet.write(tag, sheet.lines(text, type.body), type.body);
  tag.end();
}

export function small(sheet: Sheet, text: string): void {
  sheet.skip(7);
  const tag = sheet.tag('P');
  sheet.write(tag, sheet.lines(text, type.foot), type.foot);
  tag.end();
}
