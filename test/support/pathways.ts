// The three routes as people walk them through the public API, from a draft to a confirmed start that is corrected once.
import type { PersonCommandKind } from '../../domain/commands';
import type { ProgrammeCode } from '../../domain/words';
import { commandId } from '../../records/commands';
import { schoolDayAfter, today } from './schoolDays';
import { completeAnswers } from './story';
import { pause, type Given, type System } from './system';

/** One command of one person. */
export interface Step {
  readonly by: string;
  readonly does: PersonCommandKind;
  /** Times are reckoned when the step is taken. */
  readonly says?: Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>);
}

/** A command as it was recorded. */
export interface Taken extends Given {
  readonly by: string;
  readonly does: PersonCommandKind;
  /** The id of its row. */
  readonly command: string;
}

/** Long enough that the booking comes before it. */
const untilInterview = 1_000;
const inAMoment = (): string => new Date(Date.now() + untilInterview).toISOString();

const reasons = 'The panel is of one mind.';
/** A decision that holds on any day, whenever the panel meets. */
export const approval = { outcome: 'approve', outsideMeeting: true, reasons };

const submitted: Step = { by: 'school.alder', does: 'submit' };
const checked: Step = { by: 'cap.team', does: 'checkPack', says: { result: 'complete' } };
/** Confirmed for one school day, then corrected to another: a placement that lies ahead on whatever day the tests run. */
const started = (): Step[] => [
  { by: 'school.alder', does: 'confirmStart', says: { start: schoolDayAfter(1), shortened: true } },
  { by: 'school.alder', does: 'correctStart', says: { start: schoolDayAfter(1, schoolDayAfter(1)), shortened: true } },
];
const accepted = (arranger: string): Step[] => [
  { by: arranger, does: 'bookInterview', says: () => ({ at: inAMoment() }) },
  { by: 'provider.one', does: 'recordInterview', says: { result: 'held' } },
  { by: 'provider.one', does: 'providerResponse', says: { result: 'accept' } },
];

/** Every step of a route, in order. */
export const pathways: Readonly<Record<ProgrammeCode, () => readonly Step[]>> = {
  'tier-1-course': () => [submitted, checked, ...accepted('school.alder'), ...started()],
  flourish: () => [
    submitted,
    checked,
    { by: 'chair.review', does: 'panelDecision', says: approval },
    { by: 'cap.team', does: 'sendPack', says: { provider: 'TP-ONE' } },
    ...accepted('provider.one'),
    ...started(),
  ],
  refocus: () => [
    submitted,
    checked,
    { by: 'chair.review', does: 'panelDecision', says: approval },
    { by: 'chair.multiagency', does: 'panelDecision', says: approval },
    { by: 'academy', does: 'recordOnboarding', says: { result: 'completed' } },
    ...started(),
  ],
};

/** Begins an application of Alderbrook School, ready to be submitted. @returns its reference */
export async function draft({ ask }: System, programme: ProgrammeCode, answers: object = {}): Promise<string> {
  const course = programme === 'tier-1-course' ? 'T1-BICYCLES' : null;
  const body = { programme, course, answers: { ...completeAnswers(programme, today()), ...answers } };
  const begun = await ask('school.alder', 'POST', '/api/v1/applications', { body });
  const { reference } = begun.body;
  if (reference === undefined) throw new Error(`No draft was begun: ${JSON.stringify(begun.body)}`);
  return reference;
}

/** Takes one step, which must be recorded. */
export async function take(system: System, reference: string, { by, does, says = {} }: Step): Promise<Taken> {
  if (does === 'recordInterview') await pause(untilInterview);
  const given = await system.give(by, reference, does, typeof says === 'function' ? says() : says);
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
  const steps = pathways[programme]();
  const before = steps.flatMap(({ does }, index) => (does === kind ? [index] : []))[occurrence - 1];
  await walk(system, reference, steps.slice(0, before));
  return reference;
}
