// Progress and behaviour in a placement (R97): what its host notes of a school week. A day is too short to say how somebody gets on, and a half-term is
// what the review looks at; so it is the week.
import { addDays, addWorkingDays, formatDay, isSchoolDay, londonDay, mondayOf, type Calendar, type IsoDate } from './calendar';
import { hostOf } from './host';
import { placedFrom } from './load';
import type { Problem } from './problem';
import { isErased, type CaseState } from './state';
import { codesOf, type Party } from './words';

export const progressTitles = { ahead: 'Ahead of the plan', 'on-plan': 'As planned', behind: 'Behind the plan' } as const;
export const behaviourTitles = { settled: 'Settled', 'mostly-settled': 'Mostly settled', unsettled: 'Unsettled' } as const;
export type Progress = keyof typeof progressTitles;
export type Behaviour = keyof typeof behaviourTitles;
export const progressLevels = codesOf(progressTitles);
export const behaviourLevels = codesOf(behaviourTitles);

/** What is said of a week. Words are needed where something is not as it should be. */
export interface ProgressWords {
  readonly progress: Progress;
  readonly progressWords: string;
  readonly behaviour: Behaviour;
  readonly behaviourWords: string;
}

/** For how many working days after the end a host still writes: of the last week. Ours: the documents say nothing of it. */
const workingDaysToWrite = 5;

/** The home school of a placement, and who has the student. */
interface Sides {
  readonly school: string;
  readonly host: string | null;
}
interface Reader {
  readonly parties: readonly Party[];
}

const isHost = ({ parties }: Reader, { host }: Pick<Sides, 'host'>): boolean => parties.some((party) => party === host);

/** @returns whether somebody reads the notes of a case: its home school, its host, CAP. A panel, which may see the case, does not. */
export function readsProgress(person: Reader, of: Sides): boolean {
  return person.parties.includes('cap') || person.parties.includes(`school:${of.school}`) || isHost(person, of);
}

/** @returns whether somebody writes or corrects notes of the case at all: its host, and CAP what is written */
export function writesProgress(person: Reader, of: Pick<Sides, 'host'>): boolean {
  return person.parties.includes('cap') || isHost(person, of);
}

/**
 * The school weeks of a placement up to today, by their Mondays, the newest first.
 * @returns none while it has not begun, none of a case that ended before its start, and none of one that is erased
 */
export function weeksOfPlacement(state: CaseState, today: IsoDate, calendar: Calendar): IsoDate[] {
  const placed = placedFrom(state);
  if (placed === null || isErased(state)) return [];
  const { start, end } = placed;
  const until = end < today ? end : today;
  const weeks: IsoDate[] = [];
  for (let week = mondayOf(start); week <= until; week = addDays(week, 7)) {
    const days = [0, 1, 2, 3, 4].map((after) => addDays(week, after));
    if (days.some((day) => day >= start && day <= until && isSchoolDay(day, calendar))) weeks.unshift(week);
  }
  return weeks;
}

/**
 * Whether somebody who `writesProgress` may write the note of a week now: the host in the placement and some days after its end; CAP at any time, but only
 * what is written, so that what is wrong of a child can always be put right.
 * @returns what is wrong; null when nothing is
 */
export function progressProblem(
  state: CaseState,
  { week, isWritten, person }: { readonly week: IsoDate; readonly isWritten: boolean; readonly person: Reader },
  { today, calendar }: { readonly today: IsoDate; readonly calendar: Calendar },
): Problem | null {
  const wrong = (message: string): Problem => ({ field: 'week', rule: 'R97', message });
  if (person.parties.includes('cap') && isWritten) return null;
  if (!isHost(person, { host: hostOf(state) }))
    return wrong('The host writes the note of a week; CAP puts right what is written.');
  if (mondayOf(week) !== week) return wrong(`A week is named by its Monday: ${formatDay(mondayOf(week))}.`);
  if (!weeksOfPlacement(state, today, calendar).includes(week)) {
    return wrong(`The week of ${formatDay(week)} is no school week of the placement so far.`);
  }
  const { position, since } = state;
  const until = addWorkingDays(position.stage === 'placement' ? position.end : londonDay(since), workingDaysToWrite, calendar);
  return today > until ? wrong(`The host wrote until ${formatDay(until)}: tell CAP what is to be put right.`) : null;
}

/** @returns which words are missing */
export function missingWords({ progress, progressWords, behaviour, behaviourWords }: ProgressWords): Problem[] {
  const missing = (field: string, message: string): Problem => ({ field, rule: 'R97', message });
  return [
    ...(progress === 'behind' && progressWords === ''
      ? [missing('progressWords', 'Behind the plan: say in what, so that the home school can help.')]
      : []),
    ...(behaviour === 'unsettled' && behaviourWords === ''
      ? [missing('behaviourWords', 'Unsettled: say how, so that the home school can help.')]
      : []),
  ];
}
