// What a case waits for, and its clock: each wait is reminded of, then CAP is told, then the clock rests. It never decides.
import { addWorkingDays, endOfLondonDay, londonDay, type Calendar } from './calendar';
import { rulesOf } from './matters';
import { refuse } from './refusal';
import { stageOf } from './stages';
import type { CaseState, Event, Matter, Position, Wait, WaitKey } from './state';
import type { Awaited, Take } from './take';
import { roleOf } from './words';

/**
 * @returns all that the case waits for, each with its own clock, what is due first in front. Once it is closed that is what outlives it,
 *   and its clock rests: the process has ended.
 */
export function waits(state: CaseState, calendar: Calendar): Wait[] {
  const closed = state.position.stage === 'closed';
  const ofStage = stageOf(state).waits(state, calendar);
  const ofMatters = state.matters.map((matter) => ({
    ...rulesOf(matter).waits({ ...state, matter }, calendar),
    subject: matter.subject,
  }));
  return [...(ofStage ? [{ ...ofStage, subject: null }] : []), ...ofMatters]
    .map((awaited) => waitOf(state.nudges, awaited, calendar))
    .map((wait) => (closed ? { ...wait, next: null } : wait))
    .sort((a, b) => a.due.localeCompare(b.due));
}

/** The clock ran out: whoever is due is reminded, or CAP is told. */
export const clock: Take<CaseState, 'clock'> = {
  when: ({ position }) => position.stage !== 'closed',
  by: () => ['system'],
  decide: (state, _body, facts) => {
    const due = waits(state, facts.calendar).filter(({ next }) => next !== null && next <= facts.now);
    if (due.length === 0) return refuse('not-due', 'A10', 'Nothing is due.');
    return due.map(({ party, what, subject }) => {
      const kind = state.nudges[nudgeKey({ what, subject })] ? 'escalated' : 'reminded';
      return { kind, party, what, subject };
    });
  },
};

/** @returns how far each clock has gone after an event: that of the stage begins anew with a new position, that of a matter lives as long as it. */
export function nudgesAfter(
  { nudges, position: before, matters: openBefore }: CaseState,
  event: Event,
  position: Position,
  open: readonly Matter[],
): CaseState['nudges'] {
  if (event.kind === 'reminded' || event.kind === 'escalated') {
    const key = nudgeKey(event);
    return { ...nudges, [key]: (nudges[key] ?? 0) + 1 };
  }
  // One that ended and was opened anew has a clock of its own.
  const subjects = open.filter((matter) => openBefore.includes(matter)).map(({ subject }) => subject);
  const goesOn = (key: string) => {
    const [, subject] = key.split(':');
    return subject === undefined ? position === before : subjects.includes(subject);
  };
  return Object.fromEntries(Object.entries(nudges).filter(([key]) => goesOn(key)));
}

/** A wait's name in `nudges`; no id has a colon in it. */
export function nudgeKey({ what, subject }: WaitKey): string {
  return subject === null ? what : `${what}:${subject}`;
}

/** @returns a wait with its clock: whoever is waited for is reminded, then CAP is told, then it rests. @param nudges how far each clock has gone */
export function waitOf(nudges: CaseState['nudges'], awaited: Awaited & WaitKey, calendar: Calendar): Wait {
  const { party, what, subject, due } = awaited;
  const remind = awaited.remind ?? due;
  const escalate = awaited.escalate ?? endOfLondonDay(addWorkingDays(londonDay(due), 2, calendar));
  const next = [remind, escalate][nudges[nudgeKey(awaited)] ?? 0] ?? null;
  return { party, role: roleOf(party), what, subject, due, next };
}
