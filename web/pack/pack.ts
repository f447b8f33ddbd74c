// The pack of a case, as a panel reads it: who it is about, what panels said of it and the school answered, every answer. Drawn as a page and as a PDF.
import type { CaseView } from '../../api/views/case';
import { formatDay, formatLondon, isIsoDate, type IsoDate, type PanelCode } from '../../domain/calendar';
import { personCommands } from '../../domain/commands';
import { panelTitles } from '../../domain/words';
import { birthday } from '../dates';

export interface Row {
  readonly term: string;
  readonly value: string;
}

/** What a panel said of a case, or the school answered, in its own words. */
export interface Said {
  /** The panel that said it; null of the school. */
  readonly panel: PanelCode | null;
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
  /** What panels said of it so far, and what the school answered, in this order: the panel that prepared it for the next one too (R73, A8). */
  readonly before: readonly Said[];
  readonly answers: readonly Row[];
}

export const planMark = 'EHCP';

/** @returns the pack of a case as far as this reader sees the case */
export function packOf(found: CaseView): Pack {
  const { reference, student, programme, schoolName, submitted, landing, agreements, pack, timeline } = found;
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
    before: saidBefore(timeline),
    answers: pack.map((each) => ({ term: each.question, value: answerInWords(each) })),
  };
}

/** @returns an answer as people read it: a day in words, that of a birth without its weekday */
export function answerInWords({ code, answer }: CaseView['pack'][number]): string {
  if (!isIsoDate(answer)) return answer;
  return code === 'date-of-birth' ? birthday(answer) : formatDay(answer);
}

/** What was said of a case before a panel reads it. A decision that was taken back was never made; one whose words were owed has those that came later. */
function saidBefore(timeline: CaseView['timeline']): Said[] {
  const takenBack = new Set(timeline.flatMap(({ kind, codes }) => (kind === 'decisionTakenBack' ? [codes['of']] : [])));
  const given = new Map(
    timeline.flatMap((entry) => (entry.kind === 'reasonsGiven' ? [[entry.codes['of'], entry] as const] : [])),
  );
  return timeline
    .filter(({ codes }) => !takenBack.has(codes['command']))
    .flatMap((entry) => saidIn(withWords(entry, given.get(entry.codes['command']))) ?? []);
}

type Entry = CaseView['timeline'][number];

function withWords(entry: Entry, given: Entry | undefined): Entry {
  if (given === undefined) return entry;
  return { ...entry, texts: { ...entry.texts, ...given.texts }, conditionsBy: entry.conditionsBy ?? given.conditionsBy };
}

function saidIn(entry: Entry): Said | null {
  const { kind, codes, at, texts, conditionsBy, hostName } = entry;
  const ofPanel = (title: string, panel = codes['panel'] as PanelCode): Said => ({
    panel,
    title: `${panelTitles[panel]}: ${title}`,
    at: formatLondon(at),
    texts: wordsOf(texts, conditionsBy),
  });
  const ofSchool = (title: string, asked: Asked): Said => ({
    panel: null,
    title: `The school: ${title}`,
    at: formatLondon(at),
    texts: rowsOf(texts, asked),
  });
  switch (kind) {
    case 'wentOn':
      return ofPanel(codes['conditions'] === true ? 'supports it, with conditions' : 'supports it');
    case 'approved':
      return ofPanel(codes['conditions'] === true ? 'approved it, with conditions' : 'approved it');
    case 'allocated':
      return ofPanel(`allocated ${hostName ?? 'a receiving school'}`);
    case 'deferred':
      return ofPanel('deferred it');
    case 'refused':
      return ofPanel('did not approve it');
    case 'informationGiven':
      return ofSchool('what the panel asked for', personCommands.giveInformation.texts);
    case 'reconsiderationAsked':
      return ofSchool('asks the panel to reconsider', personCommands.askReconsideration.texts);
    default:
      return null;
  }
}

/** What a panel had before it when it decided: what it said itself is its decision, and stands elsewhere. */
export function beforeItsDecision(before: readonly Said[], panel: PanelCode): readonly Said[] {
  const own = before.findLastIndex((each) => each.panel === panel);
  return own < 0 ? before : before.slice(0, own);
}

type Asked = Readonly<Record<string, { readonly title: string }>>;

/** Texts, each under the title under which it was asked for. */
function rowsOf(texts: Readonly<Record<string, string>>, asked: Asked): Row[] {
  return Object.entries(asked).flatMap(([name, { title }]) => (texts[name] ? [{ term: title, value: texts[name] }] : []));
}

/**
 * The words of a decision, each under its title.
 * @param conditionsBy the day by which its conditions are to be met, which stands in their title
 */
export function wordsOf(texts: Readonly<Record<string, string>>, conditionsBy: IsoDate | null): Row[] {
  const { conditions } = personCommands.panelDecision.texts;
  const until = conditionsBy === null ? '' : `, to be met by ${formatDay(conditionsBy)}`;
  return rowsOf(texts, { ...personCommands.panelDecision.texts, conditions: { title: `${conditions.title}${until}` } });
}
