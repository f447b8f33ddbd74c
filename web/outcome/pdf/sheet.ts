// Tagged paper: text that flows from page to page, each piece in the structure tree as what it is, and all else an artifact.
import { fontsFor } from './fonts';
import { linesOf, type Line, type Type } from './lines';

/** An element of the structure tree: a heading, a paragraph, a cell. */
export type Tag = ReturnType<PDFKit.PDFDocument['struct']>;

/** Where a line was drawn, in points from the top left. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface How {
  /** From the left margin. */
  readonly indent?: number;
  /** What follows begins at the same height: it stands beside this. */
  readonly beside?: boolean;
}

export interface Sheet {
  /** Between the margins, in points. */
  readonly width: number;
  /** Breaks a text into lines: in points, over the whole width unless said. */
  readonly lines: (text: string, type: Type, width?: number) => Line[];
  /** Begins an element of the structure tree, in another or at the top. End it when its content is written. */
  readonly tag: (name: string, within?: Tag, options?: TagOptions) => Tag;
  /**
   * Writes lines as the content of an element, over as many pages as they need.
   * @returns where they are, those on the last page
   */
  readonly write: (tag: Tag, lines: readonly Line[], type: Type, how?: How) => readonly Place[];
  /** Makes a place that belongs to a `Link` element lead somewhere; `title` is read aloud. */
  readonly link: (tag: Tag, place: Place, url: string, title: string) => void;
  /** Begins a new page unless so much height is left, or that is more than a page. */
  readonly keep: (height: number) => void;
  /** Begins a new page, unless nothing is on this one. */
  readonly turn: () => void;
  readonly skip: (height: number) => void;
  /** Draws something that has no meaning of its own, at the present height. */
  readonly decorate: (draw: (pdf: PDFKit.PDFDocument, place: Place) => void) => void;
  readonly bookmark: (title: string) => void;
  /** Writes the foot of every page, when all else is written. */
  readonly foot: (text: (page: number, pages: number) => string, type: Type) => void;
  /** Says whether characters were written that the font lacks. */
  readonly hasGaps: () => boolean;
}

type TagOptions = PDFKit.Mixins.StructureElementOptions & { readonly scope?: 'Row' };

/** What pdfkit's types leave out of a link: the element it belongs to. */
type LinkOptions = PDFKit.Mixins.AnnotationOption & { readonly structParent: Tag };

/** What pdfkit's types leave out of a bookmark: where on the page it leads. */
interface BookmarkOptions {
  readonly expanded?: boolean;
  readonly top: number;
  readonly left: number;
}

/** @param pdf an empty document that keeps its pages until the end (`bufferPages`) and has one page. Margins are its page's. */
export function sheetOn(pdf: PDFKit.PDFDocument): Sheet {
  const fonts = fontsFor(pdf);
  const { left, top, right } = pdf.page.margins;
  const width = pdf.page.width - left - right;
  const bottom = pdf.page.maxY();
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  let y = top;
  let gaps = false;

  function newPage(): void {
    // Keeps open what is being written: it continues on the new page in the same place of the structure tree.
    pdf.continueOnNewPage();
    y = top;
  }

  /** How many of so many lines stand on this page: all, or at least two, with at least two left for the next. */
  function linesHere(count: number, leading: number): number {
    const room = Math.floor((bottom - y) / leading + 0.001);
    if (count <= room) return count;
    const parted = Math.min(room, count - 2);
    if (parted >= 2) return parted;
    return y > top ? 0 : Math.max(1, room);
  }

  function drawLine(line: Line, type: Type, x: number): number {
    const baseline = y + type.leading / 2 + type.size * 0.33;
    let at = x;
    for (const run of line) {
      if (run.actual !== null) {
        gaps = true;
        pdf.markContent('Span', { actual: run.actual });
      }
      const wide = fonts.width(run, type.weight, type.size);
      pdf.fillColor(type.color).text(run.text, at, baseline, { lineBreak: false, baseline: 'alphabetic' });
      if (run.actual !== null) pdf.endMarkedContent();
      at += wide;
    }
    return at - x;
  }

  function write(tag: Tag, lines: readonly Line[], type: Type, { indent = 0, beside = false }: How = {}): readonly Place[] {
    const before = y;
    let places: Place[] = [];
    let here = linesHere(lines.length, type.leading);
    tag.add(() => {
      for (const [index, line] of lines.entries()) {
        if (index === here) {
          newPage();
          places = [];
          here += linesHere(lines.length - index, type.leading);
        }
        const wide = drawLine(line, type, left + indent);
        places.push({ x: left + indent, y, width: wide, height: type.leading });
        y += type.leading;
      }
    });
    if (beside) y = before;
    return places;
  }

  return {
    width,
    lines: (text, type, within = width) => linesOf(text, type, within, fonts),
    tag: (name, within = root, options = {}) => {
      const made = pdf.struct(name, options);
      within.add(made);
      return made;
    },
    write,
    link: (tag, { x, y: at, width: wide, height }, url, title) => {
      // A bare string would become a name in the PDF, not a text.
      const options: LinkOptions = { structParent: tag, Contents: new String(title) as string };
      pdf.link(x, at, wide, height, url, options);
    },
    keep: (height) => {
      if (y > top && y + Math.min(height, bottom - top) > bottom) newPage();
    },
    turn: () => {
      if (y > top) newPage();
    },
    skip: (height) => {
      y += height;
    },
    decorate: (draw) => {
      pdf.markContent('Artifact', { type: 'Layout' });
      pdf.save();
      draw(pdf, { x: left, y, width, height: bottom - y });
      pdf.restore();
      pdf.endMarkedContent();
    },
    bookmark: (title) => {
      // pdfkit counts from the right edge.
      const options: BookmarkOptions = { top: Math.max(0, y - 12), left: pdf.page.width };
      pdf.outline.addItem(title, options);
    },
    foot: (text, type) => {
      const { start, count } = pdf.bufferedPageRange();
      for (let page = start; page < start + count; page += 1) {
        pdf.switchToPage(page);
        y = bottom + type.leading;
        pdf.markContent('Artifact', { type: 'Pagination' });
        for (const line of linesOf(text(page + 1, count), type, width, fonts).slice(0, 1)) drawLine(line, type, left);
        pdf.endMarkedContent();
      }
    },
    hasGaps: () => gaps,
  };
}
