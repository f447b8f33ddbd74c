// Packs as a tagged PDF, to be read before the meeting and at the table where there is no screen.
import { setTimeout as aWhile } from 'node:timers/promises';
import { facts, head, heading, paper, paragraph, small } from '../outcome/pdf/paper';
import type { Sheet } from '../outcome/pdf/sheet';
import { planMark, type Pack, type Said } from './pack';

/** How much room the questions have beside their answers, in points. */
const besideAnswers = 190;

/**
 * One pack after the other, each on pages of its own, after PDF/UA-1.
 * @param of what the file is about: its title, and what stands at the foot of each page
 * @param made when it was made: the same packs and moment give the same bytes
 */
export function packsPdf(
  packs: readonly Pack[],
  { compress, ...of }: { readonly title: string; readonly made: string; readonly compress?: boolean },
): Promise<Buffer> {
  return paper({ ...of, foot: of.title, ...(compress === undefined ? {} : { compress }) }, async (sheet) => {
    head(sheet);
    for (const [index, pack] of packs.entries()) {
      if (index > 0) {
        sheet.turn();
        await aWhile(1); // an agenda takes seconds to draw: whoever else asks the service something has their turn
      }
      write(sheet, pack);
    }
    if (packs.length === 0) paragraph(sheet, 'No case is on this agenda for you.');
  });
}

function write(sheet: Sheet, { reference, student, facts: known, plan, before, answers }: Pack): void {
  heading(sheet, student, 'H1');
  const mark = plan ? [{ term: planMark, value: 'The student has an Education, Health and Care Plan.' }] : [];
  facts(sheet, [{ term: 'Case', value: reference }, ...known, ...mark], besideAnswers);
  for (const each of before) said(sheet, each);
  heading(sheet, 'The application');
  if (answers.length > 0) facts(sheet, answers, besideAnswers);
  else paragraph(sheet, 'There is nothing of the application for you to read here.');
}

function said(sheet: Sheet, { title, at, texts }: Said): void {
  heading(sheet, title);
  small(sheet, at);
  for (const { term, value } of texts) {
    sheet.skip(6);
    paragraph(sheet, `${term}: ${value}`);
  }
}
