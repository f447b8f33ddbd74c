// The case that is measured: a Flourish application from its submission to its exit, ten decisions by the people whose they are. For the events of a
// history, an application of each programme goes the same way.
import { questionsAsked } from '../domain/agreements';
import { assessed, endedEarly, pathwayOf, reviewed, sampleBirth, type Moment, type Step } from '../dev/pathways';
import type { Answers } from '../domain/application';
import { academicYearOf, londonDay, type Instant } from '../domain/calendar';
import type { PersonCommandKind } from '../domain/commands';
import { programmeFor } from '../domain/programmes';
import type { ProgrammeCode } from '../domain/words';
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
export const story: readonly Step[] = storyOf(programme);

/** @returns all decisions about an application of a programme, from its submission to its exit */
export function storyOf(code: ProgrammeCode): readonly Step[] {
  const { route } = programmeFor(code, '2099-00');
  const beside = route.some((stage) => stage.stage === 'placement' && stage.assessed) ? [assessed] : [];
  return [...pathwayOf(code), ...beside, reviewed(code), endedEarly];
}

/** A student for whom the programme is; each application has one of its own. */
export function student(code: ProgrammeCode, now: Instant): StudentGiven {
  return {
    name: 'Sample Student (fictitious)',
    dateOfBirth: sampleBirth(code, londonDay(now)),
    ...{ upn: null, yearsAbove: 0, ehcp: false, lookedAfter: false, adopted: false },
  };
}

/** Answers that meet every gate of a programme, and take no panel out of its route. */
export function answers(code: ProgrammeCode, now: Instant): Answers {
  const asked = programmeFor(code, academicYearOf(londonDay(now)));
  const byType = { text: 'As our school has found.', 'yes-no': true, day: londonDay(now) };
  return Object.fromEntries(
    questionsAsked(asked).map((question) => [question.code, question.code !== asked.noPanelWhen && byType[question.answer]]),
  );
}
