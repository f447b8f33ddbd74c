// CAP picks the training provider and sends it the approved pack (R63, C20).
import { courseProblems } from '../application';
import { londonDay } from '../calendar';
import { lapsedCheck } from '../checks';
import type { Facts } from '../facts';
import { programmeAt } from '../programmes';
import { refuse } from '../refusal';
import { routeStage } from '../route';
import type { CaseState } from '../state';
import { workingDaysAfter, type Decision } from '../take';
import type { Host } from '../words';
import type { Stage } from './stage';

export const sendPack: Stage<'send-pack'> = {
  enter: () => ({ stage: 'send-pack' }),
  takes: {
    sendPack: {
      by: () => ['cap'],
      decide: (state, body, facts) => sendTo(state, body, facts),
    },
  },
  moves: { packSent: () => 'next-stage' },
  waits: (state, calendar) => ({
    party: 'cap',
    what: 'pack-to-be-sent',
    due: workingDaysAfter(state.since, routeStage(state, 'send-pack').workingDays, calendar),
  }),
};

/** Sent once more for the course that its provider has it for, a pack would begin its days anew (A25). */
export const sentAlready = refuse('nothing-changed', 'A25', 'The pack is with the provider of this course already.', 'course');

/** Where a pack is to go, as the command says it. */
interface Wanted {
  readonly provider: string;
  readonly course?: string;
}

/**
 * The pack goes to a provider of the directory, by its code (R54, R103); where the programme is a course, with a course that the provider
 * gives (A25).
 */
export function sendTo(state: CaseState, { provider, course: named }: Wanted, { directory, checks, now }: Facts): Decision {
  if (!directory?.providers.includes(provider)) {
    const message = `No provider of the directory has the code ${provider}: choose one that CAP has procured.`;
    return refuse('wrong-value', 'R103', message, 'provider');
  }
  const host: Host = `provider:${provider}`;
  const lapsed = lapsedCheck(checks, londonDay(now), 'provider');
  if (lapsed) return lapsed;
  const programme = programmeAt(state.programme);
  const { choosesCourse, title } = programme;
  if (!choosesCourse) {
    return named === undefined
      ? [{ kind: 'packSent', host, course: null }]
      : refuse('wrong-value', 'A25', `${title} has no courses to choose from: leave it out.`, 'course');
  }
  const { course } = directory;
  if (course?.provider !== provider) {
    return refuse(
      'wrong-value',
      'A25',
      'Name a course that this provider gives: its weeks become those of the placement.',
      'course',
    );
  }
  const [problem] = courseProblems(programme, course);
  if (problem) return refuse('wrong-value', problem.rule, problem.message, problem.field);
  const { code, schoolWeeks } = course;
  return [{ kind: 'packSent', host, course: { code, provider, schoolWeeks } }];
}
