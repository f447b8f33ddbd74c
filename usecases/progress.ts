// Progress and behaviour (R97): the host of a placement notes each school week, its home school and CAP read it.
import { londonDay, type IsoDate } from '../domain/calendar';
import { hostOf } from '../domain/host';
import {
  missingWords,
  progressProblem,
  readsProgress,
  weeksOfPlacement,
  writesProgress,
  type ProgressWords,
} from '../domain/progress';
import type { CaseState } from '../domain/state';
import { readCalendar } from '../records/calendar';
import { readProgress, saveProgress, type ProgressNote } from '../records/progress';
import type { Person } from '../records/types';
import { editedMeanwhile, isRefused, wrongValues, type Refused } from './refused';
import type { Services } from './services';

export interface WeekOfPlacement {
  /** Its Monday. */
  readonly week: IsoDate;
  readonly note: ProgressNote | null;
  /** Whether the person may write or correct it now. */
  readonly writes: boolean;
}

const notThere: Refused = {
  refused: 'not-found',
  message: 'There are no notes of such a placement for you: look it up in your list of cases.',
};

const sidesOf = (state: CaseState) => ({ school: state.school, host: hostOf(state) });

/**
 * The school weeks of a placement so far, the newest first, with what is noted of each.
 * @returns also whether the person is one who writes or corrects them at all
 * @throws DatabaseAway
 */
export async function progressOf(
  { database, now }: Services,
  person: Person,
  reference: string,
): Promise<{ readonly weeks: readonly WeekOfPlacement[]; readonly writes: boolean } | Refused> {
  const [found, { calendar }] = await Promise.all([readProgress(database, person, reference), readCalendar(database, person)]);
  if (!found || !readsProgress(person, sidesOf(found.state))) return notThere;
  const { state, notes } = found;
  const today = londonDay(now());
  const weeks = new Set([...weeksOfPlacement(state, today, calendar), ...notes.map(({ week }) => week)]);
  return {
    weeks: [...weeks]
      .sort()
      .reverse()
      .map((week) => {
        const note = notes.find((each) => each.week === week) ?? null;
        return {
          week,
          note,
          writes: progressProblem(state, { week, isWritten: note !== null, person }, { today, calendar }) === null,
        };
      }),
    writes: writesProgress(person, sidesOf(state)),
  };
}

/**
 * Writes the note of a week, or corrects it.
 * @param version that was read; 0 where nothing was there
 * @throws DatabaseAway
 */
export async function noteProgress(
  { database, now }: Services,
  person: Person,
  {
    reference,
    week,
    version,
    ...words
  }: ProgressWords & { readonly reference: string; readonly week: IsoDate; readonly version: number },
): Promise<ProgressNote | Refused> {
  const { calendar } = await readCalendar(database, person);
  const at = now();
  const saved = await saveProgress(
    database,
    person,
    { reference, week, version, at, ...words },
    (state, note): Refused | null => {
      if (!state || !readsProgress(person, sidesOf(state))) return notThere;
      if (!writesProgress(person, sidesOf(state)))
        return { refused: 'not-allowed', rule: 'R97', message: 'Progress and behaviour are noted by the host of the placement.' };
      const wrong = progressProblem(state, { week, isWritten: note !== null, person }, { today: londonDay(at), calendar });
      const problems = [...(wrong ? [wrong] : []), ...missingWords(words)];
      return problems.length > 0 ? wrongValues(...problems) : null;
    },
  );
  if (saved !== 'stale') return isRefused(saved) ? saved : saved.note;
  const newest = (await readProgress(database, person, reference))?.notes.find((each) => each.week === week);
  return editedMeanwhile({ version: newest?.version ?? 0, by: newest?.writtenByName ?? null });
}
