// The routes as people walk them through the public API, from a draft to a confirmed start that is corrected once.
import { openerOf, pathwayOf, sampleBirth, sampleCourses, type Moment, type Step as Told } from '../../dev/pathways';
import type { PersonCommandKind } from '../../domain/commands';
import type { ProgrammeCode } from '../../domain/words';
import { commandId } from '../../records/commands';
import { schoolDayAfter, today } from './schoolDays';
import { completeAnswers } from './story';
import { studentBody } from './students';
import { pause, type Given, type System } from './system';

/** One command of one person, as it is sent. */
export interface Step {
  readonly by: string;
  readonly does: PersonCommandKind;
  /** Times are reckoned when the step is taken. */
  readonly says?: Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>);
}

/** @returns what is said in a step that is taken now */
export const saysNow = ({ says = {} }: Step): Readonly<Record<string, unknown>> => (typeof says === 'function' ? says() : says);

/** A command as it was recorded. */
export interface Taken extends Given {
  readonly by: string;
  readonly does: PersonCommandKind;
  /** The id of its row. */
  readonly command: string;
}

/** A decision that holds on any day, whenever the panel meets. */
export const approval = { outcome: 'approve', outsideMeeting: true, reasons: 'The panel is of one mind.' };

/** Milliseconds: long enough that the booking comes before it. */
const untilInterview = 1_500;
const moment = (): Moment => ({
  interview: new Date(Date.now() + untilInterview).toISOString(),
  start: schoolDayAfter(1),
});
const sent = ({ by, does, says, writes }: Told): Step => ({ by, does, says: () => ({ ...says(moment()), ...writes }) });

/** Confirmed for one school day, then corrected to another: a placement that lies ahead on whatever day the tests run. */
const correctedBy = (by: string): Step => ({
  by,
  does: 'correctStart',
  says: { start: schoolDayAfter(1, schoolDayAfter(1)), shortened: true },
});

/** @returns every step of a route, in order, up to a confirmed start that is corrected once */
export function pathway(programme: ProgrammeCode): readonly Step[] {
  return [...pathwayOf(programme).map(sent), correctedBy(openerOf(programme))];
}

/** Begins an application of Alderbrook School for a student of its own, ready to be submitted. @returns its reference */
export async function draft(
  system: System,
  programme: ProgrammeCode,
  answers: object = {},
  studentWords: object = {},
): Promise<string> {
  const { ask } = system;
  const added = await ask('school.alder', 'POST', '/api/v1/students', {
    body: { ...studentBody, dateOfBirth: sampleBirth(programme, today()), ...studentWords },
  });
  return draftFor(system, programme, String(added.body.code), answers);
}

/** Begins an application for a student whom the school has. @returns its reference */
export async function draftFor(
  { ask }: System,
  programme: ProgrammeCode,
  student: string,
  answers: object = {},
): Promise<string> {
  const course = sampleCourses[programme] ?? null;
  const given = { ...completeAnswers(programme, today()), ...answers };
  const body = { programme, student, course, answers: given };
  // A programme that is off by default is offered first.
  if (openerOf(programme) === 'cap.team') {
    await ask('cap.team', 'PUT', `/api/v1/programmes/${programme}/offered`, { body: { offered: true } });
  }
  const begun = await ask(openerOf(programme), 'POST', '/api/v1/applications', { body });
  const { reference } = begun.body;
  if (reference === undefined) throw new Error(`No draft was begun: ${JSON.stringify(begun.body)}`);
  return reference;
}

/** Takes one step, which must be recorded. */
export async function take(system: System, reference: string, step: Step): Promise<Taken> {
  const { by, does } = step;
  if (does === 'recordInterview') await pause(untilInterview);
  const given = await system.give(by, reference, does, saysNow(step));
  if (given.body.result !== 'recorded') throw new Error(`${does} of ${by} was refused: ${JSON.stringify(given.body)}`);
  return { ...given, by, does, command: commandId(by, reference, given.key) };
}

/** Takes some steps of a route, one after the other. */
export async function walk(system: System, reference: string, steps: readonly Step[]): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const step of steps) taken.push(await take(system, reference, step));
  return taken;
}

/** The ids of commands, in the order in which they were taken. */
export const idsOf = (taken: readonly Taken[]): string[] => taken.map(({ command }) => command);

/** An application that has come to just before a command of its route, for the n-th time. */
export async function caseBefore(
  system: System,
  programme: ProgrammeCode,
  kind: PersonCommandKind,
  occurrence = 1,
): Promise<string> {
  const reference = await draft(system, programme);
  const steps = pathway(programme);
  const before = steps.flatMap(({ does }, index) => (does === kind ? [index] : []))[occurrence - 1];
  await walk(system, reference, steps.slice(0, before));
  return reference;
}
