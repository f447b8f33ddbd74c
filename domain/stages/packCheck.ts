// CAP checks the pack (R53) and sends it on, or returns it to the school, which corrects it and sends it again (A22).
import { applicantOf } from '../applicant';
import { londonDay } from '../calendar';
import { lapsedCheck } from '../checks';
import type { Facts } from '../facts';
import { agendaIsClosed, landing, panelsAsCorrected } from '../landing';
import { owed } from '../matters/reasons';
import { programmeAt } from '../programmes';
import { refuse } from '../refusal';
import { routeOf, routeStage } from '../route';
import type { CaseState, Refusal } from '../state';
import { workingDaysAfter, type Happenings } from '../take';
import type { Stage } from './stage';

export const packCheck: Stage<'pack-check'> = {
  enter: () => ({ stage: 'pack-check' }),
  takes: {
    checkPack: {
      by: () => ['cap'],
      decide: (state, body, facts) => {
        if (body.result === 'returned') return [{ kind: 'packReturned' }, ...owed('checkPack', body, facts, 'cap')];
        return lapsedProvider(state, facts) ?? [...land(state, facts), { kind: 'packComplete' }, ...sendOn(state)];
      },
    },
  },
  moves: {
    packComplete: () => 'next-stage',
    packReturned: () => ({ stage: 'correction' }),
  },
  waits: (state, calendar) => ({
    party: 'cap',
    what: 'pack-check',
    due: workingDaysAfter(state.since, routeStage(state, 'pack-check').workingDays, calendar),
  }),
};

export const correction: Stage<'correction'> = {
  takes: {
    resubmitPack: {
      by: (state) => [applicantOf(state)],
      decide: (state, _body, facts) => {
        const { application } = facts;
        if (!application) throw new Error(`${state.reference} is sent again without its pack`);
        const [problem] = application.problems;
        if (problem) return refuse('not-eligible', problem.rule, problem.message, problem.field);
        const { choosesCourse, noPanelWhen } = programmeAt(state.programme);
        const course = choosesCourse ? application.course : null;
        const { changed, agreements, withoutPanels } = application;
        const panels = noPanelWhen === undefined ? {} : { withoutPanels };
        const corrected = { ...state, ...panelsAsCorrected(state, panels.withoutPanels) };
        return [{ kind: 'packResubmitted', changed, course, agreements, ...panels }, ...land(corrected, facts)];
      },
    },
  },
  moves: { packResubmitted: () => ({ stage: 'pack-check' }) },
  waits: (state, calendar) => ({
    party: applicantOf(state),
    what: 'corrected-pack',
    due: workingDaysAfter(state.since, routeStage(state, 'pack-check').correctionDays, calendar),
  }),
};

/** @returns whether the school may change the pack: while it is returned (A22). */
export function isCorrectable({ position }: CaseState): boolean {
  return position.stage === 'correction';
}

/** A case keeps its cycle until the agenda closes; without one, or later, it lands on the next that there is. */
function land(state: CaseState, facts: Facts): Happenings {
  const closed =
    state.position.stage === 'correction' && state.landing !== null && agendaIsClosed(state.landing.agendaCloses, facts.now);
  const comesToNone = state.landing === null && state.panels?.length === 0;
  if (comesToNone || (state.landing !== null && !closed)) return [];
  const next = landing(state.programme, facts.now, facts.cycles);
  return next === state.landing ? [] : [{ kind: 'landed', landing: next }];
}

/**
 * A pack that names a course goes on only while the checks of its provider hold: without a panel the provider has it at once, and would interview
 * a student who cannot start there; before a panel the school can still choose another course (R104).
 */
function lapsedProvider({ course }: CaseState, { checks, now }: Facts): Refusal | null {
  const otherwise = 'the pack goes back to the school, which chooses another course';
  return course && lapsedCheck(checks, londonDay(now), 'result', otherwise);
}

/** Where no panel stands between, the pack goes at once to the provider of the course that was applied for (R54). */
function sendOn(state: CaseState): Happenings {
  const next = routeOf(state)[state.at + 1];
  return next?.stage === 'interview' && state.course
    ? [{ kind: 'packSent', host: `provider:${state.course.provider}`, course: null }]
    : [];
}
