// The case that is measured: a Flourish application from its submission to its exit, ten decisions by the people whose they are.
import { endedEarly, pathwayOf, reviewed, type Moment, type Step } from '../dev/pathways';
import { intendedStart, type Answers } from '../domain/application';
import { londonDay, type Instant } from '../domain/calendar';
import type { PersonCommandKind } from '../domain/commands';
import type { StudentGiven } from '../records/students';

export type { Step } from '../dev/pathways';

export const programme = 'flourish';
export const school = { person: 'school.alder', code: 'SCH-A' } as const;

/** Milliseconds from the booking of an interview to its time: it is recorded then, not before. */
export const untilInterview = 300;

/** @returns the moment of a step that is taken now; the placement starts today, which must be a school day */
export function momentAt(now: Instant): Moment {
  return { interview: new Date(Date.parse(now) + untilInterview).toISOString(), start: londonDay(now) };
}

/** After this decision the case goes on in a new run. */
export const startsNewRun: PersonCommandKind = 'confirmStart';

/** From the submission to the confirmed start. */
export const untilPlacement: readonly Step[] = pathwayOf(programme);

/** A decision that a placement takes any number of times. */
export const review: Step = reviewed(programme);

/** All decisions. */
export const story: readonly Step[] = [...untilPlacement, review, endedEarly];

/** A student of fourteen; each application has one of its own. */
export function student(now: Instant): StudentGiven {
  const born = Number(londonDay(now).slice(0, 4)) - 14;
  return {
    name: 'Sample Student (fictitious)',
    dateOfBirth: `${born}-05-04`,
    ...{ upn: null, yearsAbove: 0, ehcp: false, lookedAfter: false },
  };
}

/** Answers that meet every gate of the programme. */
export function answers(now: Instant): Answers {
  const { questions } = intendedStart(programme, now, []).programme;
  const byType = { text: 'As our school has found.', 'yes-no': true, day: londonDay(now) };
  return Object.fromEntries(questions.map(({ code, answer }) => [code, byType[answer]]));
}
