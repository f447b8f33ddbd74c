// What a programme is: a value of one academic year. A new programme or a new year is a new value, never a new workflow.
import type { Destination } from './state';
import type { Phase } from './timetable';
import type { Host, PanelCode, ProgrammeCode, ProgrammeKey, YearGroup } from './words';

/** Who may apply: everybody (R8), everybody with SLA schools first (R10), SLA schools alone (R12). */
export type Access = 'open' | 'sla-first' | 'sla-only';

/**
 * How much an answer weighs (C28): a `gate` stops the application, a `required` answer must be there, whatever it says,
 * an `advisory` one is evidence that the panel may weigh.
 */
export type Strength = 'gate' | 'required' | 'advisory';

/** Something that a placement asks for while it runs: a report, a plan, a training. */
export interface PlacementTask {
  readonly code: string;
  readonly title: string;
  readonly by: 'host' | 'cap';
  /** On its first or last day; so many school weeks after the start; with the end of its first phase; at the end of each term, and with the placement. */
  readonly due: 'start' | 'end' | 'first-phase' | 'each-term' | { readonly schoolWeeks: number };
  /** Where it stands: a number of the requirements. */
  readonly rule: string;
}

export interface Question {
  readonly code: string;
  readonly text: string;
  readonly answer: 'text' | 'yes-no' | 'day';
  readonly strength: Strength;
  /** Asked with this answer to another question alone (R24); absent: always. */
  readonly when?: { readonly question: string; readonly is: boolean };
  /** Where it stands: a number of the requirements. */
  readonly rule: string;
}

/** The stages of a route in order, as plain data; what a stage does is in `domain/stages/`. Days are working days unless said. */
export type RouteStage =
  | { readonly stage: 'pack-check'; readonly workingDays: number; readonly correctionDays: number }
  | {
      /** The last panel of a route approves; one before it assures the quality and prepares the outcome for the next (R73). */
      readonly stage: 'panel';
      readonly panel: PanelCode;
    }
  | {
      /** The panel allocates a receiving school (R75): it decides nothing about the application, and no cycle takes it out. */
      readonly stage: 'allocation';
      readonly panel: PanelCode;
    }
  | { readonly stage: 'send-pack'; readonly workingDays: number }
  | {
      readonly stage: 'interview';
      readonly arrangedBy: 'school' | 'provider';
      readonly bookingDays: number;
      /** Calendar days from the interview to the provider's response (A10). */
      readonly responseDays: number;
    }
  | { readonly stage: 'onboarding'; readonly host: Host; readonly workingDays: number }
  | { readonly stage: 'start-date'; readonly workingDays: number }
  | {
      readonly stage: 'placement';
      /** One after the other; together they are the length of the placement. */
      readonly phases: readonly Phase[];
      /** Clipped to the last day of the term it starts in (C8), or running on into the next (C9). */
      readonly withinTerm: boolean;
      readonly pathwayReview: boolean;
      /** Whether the student's well-being is assessed before and after it (R61). */
      readonly assessed?: true;
      /** Whether its start is confirmed with a plan: objectives, measures, days of the week, the way back (A2). */
      readonly plan?: true;
      /** Whether it is an off-site direction, of which the parents get notice before it starts (A3). */
      readonly notice?: true;
      /** What is asked of it while it runs, and is done before its exit. */
      readonly tasks?: readonly PlacementTask[];
      /** Where it may lead, beside an early end; absent: back to the home school, or on to a next application (R68). */
      readonly exits?: readonly Destination[];
    };

export type RouteStageOf<S extends RouteStage['stage']> = Extract<RouteStage, { stage: S }>;

export interface Programme {
  readonly code: ProgrammeCode;
  readonly year: string;
  readonly tier: 1 | 2 | 3 | 4;
  readonly title: string;
  readonly access: Access;
  /** By whom an application is opened, who then acts in its case as the school would; absent: by the home school (R20). */
  readonly openedBy?: 'local-authority';
  /** Not offered until CAP says so (C29). */
  readonly offByDefault?: true;
  /** The code of a question: answered yes, no panel considers the application (R20). */
  readonly noPanelWhen?: string;
  /** Where it stands that it is for SLA schools alone; absent: R12. */
  readonly accessRule?: string;
  /** The ages, in whole years on the day of the application, that it is for; null: any at school (C30). */
  readonly ages: { readonly from: number; readonly to: number } | null;
  /** The year groups, in the academic year of the start, that it is for; absent: any (R85). */
  readonly yearGroups?: readonly YearGroup[];
  /** The school names a course in the application, and with it the provider. Else CAP picks, or the route says who it is. */
  readonly choosesCourse: boolean;
  /** How many school weeks its courses may have (C1); absent: as each course has them. */
  readonly courseWeeks?: { readonly from: number; readonly to: number };
  /** Limited by the capacity ledger of each term and year (R13). */
  readonly limitedPlaces: boolean;
  readonly route: readonly RouteStage[];
  readonly questions: readonly Question[];
}

/** @returns where a placement may lead, beside an early end (R68). */
export function exitsOf({ exits = ['home-school', 'next-application'] }: RouteStageOf<'placement'>): readonly Destination[] {
  return exits;
}

/** @param offered the codes of those that CAP offers, of all that are off by default @returns whether a programme may be applied for (C29) */
export function isOffered({ code, offByDefault }: Pick<Programme, 'code' | 'offByDefault'>, offered: readonly string[]): boolean {
  return !offByDefault || offered.includes(code);
}

/** @returns the name under which a case is pinned to this value. */
export function keyOf(programme: Pick<Programme, 'code' | 'year'>): ProgrammeKey {
  return `${programme.code}@${programme.year}`;
}
