// The outcome as a PDF: tagged, in reading order, the same words as the page, and never a character lost.
import fc from 'fast-check';
import { outcomeView, type OutcomeDocument } from '../../web/outcome/outcomeDocument';
import { outcomePdf } from '../../web/outcome/outcomePdf';
import type { Block } from '../../web/outcome/texts';
import { approved, approvedWithConditions, deferred, everyOutcome } from './outcomes';
import { elements, readPdf } from './pdfReader';

const read = async (document: OutcomeDocument) => readPdf(await outcomePdf(document, { compress: false }));

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '');
const blockText = (block: Block): string =>
  block.kind === 'paragraph'
    ? block.lines.join(' ')
    : block.kind === 'steps'
      ? block.items.map((item, index) => `${index + 1}. ${item}`).join(' ')
      : `E-mail: ${block.address}`;

/** Everything that a document says, in reading order. */
function said(document: OutcomeDocument): string[] {
  const view = outcomeView(document);
  return wordsOf(
    [
      'Coventry Alternative Provision (CAP)',
      view.caption,
      view.heading,
      view.lead,
      ...view.facts.flatMap(({ term, value }) => [term, value]),
      view.note,
      ...view.sections.flatMap(({ heading, blocks }) => [heading, ...blocks.map(blockText)]),
    ].join(' '),
  );
}

const leaves = (root: ReturnType<typeof readPdf>['root']): string[] =>
  ['P', 'H1', 'H2', 'TH', 'TD', 'LI'].includes(root.type) ? [root.text] : root.children.flatMap(leaves);

describe('The PDF of an outcome', () => {
  it('is tagged, says its language and title, and embeds its fonts', async () => {
    const pdf = await read(approvedWithConditions);
    expect(pdf).toMatchObject({ marked: true, lang: 'en-GB', displayTitle: true, fontsEmbedded: true, stray: '' });
    expect(pdf.title).toBe('Panel outcome for CAP-2024-7K3QX9: approved with conditions');
    expect(pdf.raw).toMatch(/^%PDF-1\.7/);
    expect(pdf.raw).toContain('<pdfuaid:part>1</pdfuaid:part>');
  });

  it('reads as the page does: the same words in the same order', async () => {
    for (const document of Object.values(everyOutcome)) {
      const { root } = await read(document);
      expect(wordsOf(leaves(root).join(' '))).toEqual(said(document));
    }
  });

  it('has one first heading, the decision, and a second for every section, which are its bookmarks', async () => {
    const { root, bookmarks } = await read(deferred);
    expect(elements(root, 'H1').map((each) => each.text.trim())).toEqual(['Deferred']);
    const headings = elements(root, 'H2').map((each) => each.text.trim());
    const asked = 'Information the panel asks for, by Monday 27 January 2025';
    expect(headings).toEqual([asked, 'Reasons', 'What happens next', 'Who to contact']);
    expect(bookmarks).toEqual(['Deferred', ...headings]);
  });

  it('has its facts as a table with a heading for each row, and the next steps as a list', async () => {
    const { root } = await read(approved);
    for (const row of elements(root, 'TR')) expect(row.children.map((cell) => cell.type)).toEqual(['TH', 'TD']);
    for (const heading of elements(root, 'TH')) expect(heading.scope).toBe('Row');
    for (const item of elements(root, 'LI')) expect(item.children.map((part) => part.type)).toEqual(['Lbl', 'LBody']);
    expect(elements(root, 'LI')).toHaveLength(4);
  });

  it('leads to CAP’s mailbox by a link that quotes the reference', async () => {
    const { links, root } = await read(approved);
    expect(links).toEqual(['mailto:cap@example.org?subject=CAP-2024-7K3QX9']);
    expect(elements(root, 'Link').map((each) => each.text)).toEqual(['cap@example.org']);
  });

  it('is the same file for the same document, and another for another', async () => {
    const [one, two, other] = await Promise.all([outcomePdf(approved), outcomePdf(approved), outcomePdf(deferred)]);
    expect(one.equals(two)).toBe(true);
    expect(one.equals(other)).toBe(false);
  });

  it('flows over thirty pages of reasons, with a number on each that is not read aloud', async () => {
    const paragraph = 'The panel read the records of two terms and asked the school about each of them in turn. ';
    const reasons = Array.from({ length: 230 }, (_, index) => `Point ${index + 1}. ${paragraph.repeat(5)}`).join('\n\n');
    const document = { ...approved, reasons };
    const { root, pages, artifacts, stray } = await read(document);
    expect(pages).toBeGreaterThanOrEqual(30);
    expect(wordsOf(leaves(root).join(' '))).toEqual(said(document));
    expect(stray).toBe('');
    expect(artifacts.map((each) => each.replace(/\s+/g, ' ').trim())).toEqual(
      Array.from({ length: pages }, (_, index) => `CAP-2024-7K3QX9 · Page ${index + 1} of ${pages}`),
    );
  });

  it('ends with what happens next and whom to ask on one page, and leaves no heading without what it heads, however long the texts are', async () => {
    const sentence = 'The panel read the records of two terms and asked the school about each of them. ';
    const conditions = (count: number) => Array.from({ length: count }, () => 'Share the timetable.').join('\n\n');
    for (let length = 0; length < 44; length += 1) {
      const document = {
        ...(length % 2 === 0 ? approvedWithConditions : deferred),
        reasons: sentence.repeat(length),
        conditions: conditions(length % 5),
        school: length % 3 === 0 ? '學校' : 'Spon Gate Academy',
      };
      const { lines } = await read(document);
      const headings = outcomeView(document).sections.map(({ heading }) => heading);
      expect(lines.at(-1)).toEqual(expect.arrayContaining(['What happens next', 'Who to contact']));
      for (const page of lines) expect(headings).not.toContain(page.at(-1));
    }
  });

  it('parts a paragraph only so that at least two lines of it stand on either page', async () => {
    for (let words = 100; words < 420; words += 7) {
      const { lines } = await read({ ...approved, reasons: 'consent '.repeat(words) });
      for (const page of lines) expect(page.filter((line) => line.startsWith('consent')).length).not.toBe(1);
    }
  });

  it('keeps on one paragraph that is longer than a page as one paragraph', async () => {
    const { root, pages } = await read({ ...approved, reasons: 'consent '.repeat(2000) });
    expect(pages).toBeGreaterThan(3);
    expect(elements(root, 'P').filter((each) => each.text.startsWith('consent'))).toHaveLength(1);
  });

  it('writes the names of Coventry’s families: Polish, Romanian, Vietnamese, Greek, Ukrainian', async () => {
    const school = 'Łódź Ștefănescu Nguyễn Παπαδόπουλος Їжакевич';
    const { root } = await read({ ...approved, school });
    expect(elements(root, 'TD').map((each) => each.text)).toContain(school);
    expect(elements(root, 'P').filter((each) => each.text.startsWith('Some characters'))).toEqual([]);
  });

  it('shows a gap where the font lacks a character, keeps the character itself, and says so at the end', async () => {
    const { root } = await read({ ...approved, school: 'Școala 學校 مدرسة 👩‍👩‍👧 school' });
    expect(elements(root, 'TD').map((each) => each.text)).toContain('Școala 學校 مدرسة 👩‍👩‍👧 school');
    expect(elements(root, 'P').at(-1)?.text).toMatch(/^Some characters are not in the font of this PDF/);
  });

  it('loses no character, and never fails, whatever was typed', async () => {
    // The same letter in another guise is the same glyph (a composed é, a phi); what has no shape of its own is not drawn.
    const plain = (text: string) =>
      text
        .replace(/\u03d5/g, '\u03c6')
        .replace(/[\s\p{Default_Ignorable_Code_Point}]+/gu, '')
        // Last: an accent that an undrawn character kept from its letter is drawn on it.
        .normalize('NFC');
    const odd = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.string({ unit: 'binary', maxLength: 120 }),
      fc.string({
        unit: fc.constantFrom(
          'ﬁ',
          'fi',
          'e\u0301',
          'x\u0302',
          '\u0301',
          '👩‍👧',
          '\u200b',
          '\ufeff',
          '\u202e',
          '[?]',
          ' ',
          '\n',
          'Ω',
          '1/2',
        ),
      }),
      fc.string({ unit: fc.constantFrom('W', 'é', 'Ж', '学'), minLength: 150, maxLength: 400 }),
    );
    await fc.assert(
      fc.asyncProperty(odd, odd, async (reasons, school) => {
        const document = { ...approved, reasons, school };
        const { root, stray } = await read(document);
        const text = plain(leaves(root).join(' '));
        expect(text.startsWith(plain(said(document).join(' ')))).toBe(true);
        expect(stray).toBe('');
      }),
      { numRuns: 60, examples: [['fi\u200b\u0301', 'W'.repeat(152)]] },
    );
  });

  it('is well-formed where hostile text reaches its strings', async () => {
    const hostile = '</rdf:li> (( \\ ) >> endobj <script>&';
    const { title, bookmarks } = await read({
      ...approved,
      reference: hostile,
      school: hostile,
      contact: { name: hostile, email: hostile },
    });
    expect(title).not.toMatch(/[<>&]/);
    expect(bookmarks[0]).toBe('Approved');
  });
});
