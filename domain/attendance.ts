// Registers (A5, R97): which halves of a day a student is expected with the host, and who may mark what until when.
import { addDays, formatDay, isSchoolDay, type Calendar, type IsoDate } from './calendar';
import { hostOf, subsidiaryRegistration } from './host';
import { placedFrom, timetableOf } from './load';
import type { Problem } from './problem';
import { programmeAt } from './programmes';
import { isErased, type CaseState } from './state';
import { halvesWithHost } from './timetable';
import type { Party } from './words';

export const halves = ['am', 'pm'] as const;
export type Half = (typeof halves)[number];

export const marks = ['present', 'late', 'absent'] as const;
export type Mark = (typeof marks)[number];

/** How many days back a host marks; older marks are put right by CAP. Ours: the documents say nothing of it. */
const daysToMark = 28;

/** @returns the halves of a day on which a student is expected with the host; none outside the placement, running or ended, and none while no days are agreed */
export function expectedHalves(state: CaseState, day: IsoDate, calendar: Calendar): Half[] {
  const placed = placedFrom(state);
  if (placed === null || isErased(state) || day < placed.start || day > placed.end || !isSchoolDay(day, calendar)) return [];
  return halvesWithHost(timetableOf(state, placed), calendar)(day);
}

/**
 * The code that the home school's own register suggests for a session that was attended: arranged by the local authority (`K`), dual registered
 * (`D`) with a receiving school or the AP Academy, else at an off-site educational activity (`B`). Why somebody was absent is the school's to find out, and so is that code.
 */
export function suggestedCode(state: CaseState): 'B' | 'D' | 'K' {
  if (programmeAt(state.programme).openedBy) return 'K';
  return subsidiaryRegistration(state) === null ? 'B' : 'D';
}

/**
 * Whether a mark can be made.
 * @param state the case; null when it is none that the person sees
 * @param today the London day of the request
 * @returns what is wrong with it; null when nothing is
 */
export function markProblem(
  state: CaseState | null,
  { day, person }: { readonly day: IsoDate; readonly person: { readonly parties: readonly Party[] } },
  { today, calendar }: { readonly today: IsoDate; readonly calendar: Calendar },
): Omit<Problem, 'field'> | null {
  const wrong = (rule: string, message: string) => ({ rule, message });
  const isCap = person.parties.includes('cap');
  const host = state && hostOf(state);
  if (!state || host === null || !(isCap || person.parties.includes(host))) {
    return wrong('R97', 'No student of yours has that reference: mark those that your register lists.');
  }
  if (isErased(state)) return wrong('A14', 'What was written of this placement is erased: it is not marked any more.');
  // Of one that has ended, its days are still marked and put right: the exit may be recorded before the register of its last day.
  const placed = placedFrom(state);
  if (placed === null) return wrong('R97', 'This is no placement yet, or came to none: it is not marked.');
  if (day > today) return wrong('R97', `${formatDay(day)} is still to come: mark it on that day.`);
  if (day < placed.start || day > placed.end) {
    return wrong('R97', `The placement is from ${formatDay(placed.start)} to ${formatDay(placed.end)}.`);
  }
  if (!isSchoolDay(day, calendar)) return wrong('R97', `Schools are closed on ${formatDay(day)}.`);
  if (!isCap && day < addDays(today, -daysToMark)) {
    return wrong('R97', `A day more than ${String(daysToMark)} days ago is put right by CAP: tell them what it should be.`);
  }
  return null;
}

/** Half a day of a placement. */
export interface HalfDay {
  readonly day: IsoDate;
  readonly half: Half;
}

/** Sessions of a placement up to a day, as they were marked. A late one was attended. */
export interface Attendance {
  /** The day up to which they are counted: the last of the placement at most. */
  readonly until: IsoDate;
  readonly expected: number;
  readonly attended: number;
  readonly absent: number;
  readonly unmarked: number;
  /** Those that were expected and are not marked, in their order. */
  readonly missing: readonly HalfDay[];
}

/**
 * What is still known of it: of an erased case nothing is expected, for its marks are gone and none is missing.
 * @param marked the marks of the case, by day and half
 * @param today up to which they are counted, unless the placement has ended before
 */
export function attendanceOf(
  state: CaseState,
  marked: readonly { readonly day: IsoDate; readonly half: Half; readonly mark: Mark }[],
  today: IsoDate,
  calendar: Calendar,
): Attendance {
  const { start, end } = placedFrom(state) ?? { start: today, end: today };
  const until = end < today ? end : today;
  const expected: HalfDay[] = [];
  for (let day = start; day <= until && !isErased(state); day = addDays(day, 1)) {
    for (const half of expectedHalves(state, day, calendar)) expected.push({ day, half });
  }
  const known = new Set(marked.map(({ day, half }) => `${day} ${half}`));
  const attended = marked.filter(({ mark }) => mark !== 'absent').length;
  const missing = expected.filter(({ day, half }) => !known.has(`${day} ${half}`));
  return { until, expected: expected.length, attended, absent: marked.length - attended, unmarked: missing.length, missing };
}
