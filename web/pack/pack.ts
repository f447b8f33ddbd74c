// The pack of a case, as a panel reads it: who it is about, what the panel before said, every answer. Drawn as a page and as a PDF.
import type { CaseView } from '../../api/views/case';
import { formatDay, formatLondon, isIsoDate, type IsoDate, type PanelCode } from '../../domain/calendar';
import { personCommands } from '../../domain/commands';
import { panelTitles } from '../../domain/words';
import { birthday } from '../dates';

export interface Row {
  readonly term: string;
  readonly value: string;
}

/** What a panel said of a case, in its own words. */
export interface Said {
  readonly title: string;
  readonly at: string;
  readonly texts: readonly Row[];
}

export interface Pack {
  readonly reference: string;
  /** The name of the student; the reference where the reader may not know it. */
  readonly student: string;
  readonly facts: readonly Row[];
  /** The student has an EHCP: the SEND seat reads the pack with care (A12). */
  readonly plan: boolean;
  /** Of the panel that prepared it for the next one (R73); null where there was none. */
  readonly prepared: Said | null;
  readonly answers: readonly Row[];
}

export const planMark = 'EHCP';

/** @returns the pack of a case as far as this reader sees the case */
export function packOf(found: CaseView): Pack {
  const { reference, student, programme, schoolName, submitted, landing, agreements, pack, timeline } = found;
  const wentOn = timeline.findLast(({ kind }) => kind === 'wentOn');
  return {
    reference,
    student: student ?? reference,
    facts: [
      { term: 'Programme', value: `${programme.title}, ${programme.year}` },
      { term: 'Home school', value: schoolName },
      { term: 'Submitted', value: formatLondon(submitted) },
      ...(landing?.cohort ? [{ term: 'Expected start', value: formatDay(landing.cohort) }] : []),
      ...agreements.map(({ title, on, withdrawn }) => ({
        term: title,
        value: withdrawn === null ? `Agreed on ${formatDay(on)}` : `Withdrawn on ${formatDay(withdrawn)}`,
      })),
    ],
    plan: pack.some(({ code, answer }) => code === 'ehcp' && answer === 'Yes'),
    prepared: wentOn ? saidOf(wentOn) : null,
    answers: pack.map((each) => ({ term: each.question, value: answerInWords(each) })),
  };
}

/** @returns an answer as people read it: a day in words, that of a birth without its weekday */
export function answerInWords({ code, answer }: CaseView['pack'][number]): string {
  if (!isIsoDate(answer)) return answer;
  return code === 'date-of-birth' ? birthday(answer) : formatDay(answer);
}

/** What the first panel said of a case, as the second one reads it (R73). */
function saidOf({ codes, at, texts, conditionsBy }: CaseView['timeline'][number]): Said {
  const supports = codes['conditions'] === true ? 'supports it, with conditions' : 'supports it';
  return {
    title: `${panelTitles[codes['panel'] as PanelCode]}: ${supports}`,
    at: formatLondon(at),
    texts: wordsOf(texts, conditionsBy),
  };
}

/**
 * The words of a decision, each under its title.
 * @param conditionsBy the day by which its conditions are to be met, which stands in their title
 */
export function wordsOf(texts: Readonly<Record<string, string>>, conditionsBy: IsoDate | null): Row[] {
  const titles: Readonly<Record<string, { readonly title: string }>> = personCommands.panelDecision.texts;
  const until = conditionsBy === null ? '' : `, to be met by ${formatDay(conditionsBy)}`;
  return Object.entries(titles).flatMap(([name, { title }]) =>
    texts[name] ? [{ term: name === 'conditions' ? `${title}${until}` : title, value: texts[name] }] : [],
  );
}
