// What was recorded wrongly is taken back by who recorded it, while nothing has followed it: a decision by who leads the panel, and the case is before the
// same meeting again; that a pack is complete by CAP, which then checks it anew.
import { formatLondon, type Instant } from './calendar';
import { agendaIsClosed, beforePanel } from './landing';
import { refuse } from './refusal';
import { routeOf } from './route';
import type { CaseState } from './state';
import type { Take } from './take';

export const takeBackDecision: Take<CaseState, 'takeBackDecision'> = {
  when: ({ lastDecision }) => Boolean(lastDecision),
  // For as long as the panel sees the case.
  offered: ({ lastDecision }, now) => Boolean(lastDecision && now <= lastDecision.until),
  by: ({ lastDecision }) => (lastDecision ? [`panel:${lastDecision.panel}`] : []),
  decide: ({ reference, lastDecision }, _body, { now, texts }) => {
    if (!lastDecision) throw new Error(`${reference} has no decision that can be taken back`);
    const { command, panel, until, meeting } = lastDecision;
    if (now > until) {
      const message = `The decision could be taken back until ${formatLondon(until)}. Ask CAP what can be done now.`;
      return refuse('not-now', 'R71', message);
    }
    if (!texts?.includes('reasons')) {
      return refuse('reason-needed', 'A23', 'Write why the decision is taken back, in the service.', 'reasons');
    }
    return [{ kind: 'decisionTakenBack', of: command, panel, meeting }];
  },
};

/** Until the agenda closes: then the panel has the case in hand. Where no panel stands between, until an interview is booked. */
export const takeBackCheck: Take<CaseState, 'takeBackCheck'> = {
  when: isJustChecked,
  offered: (state, now) => !isOnAClosedAgenda(state, now),
  by: () => ['cap'],
  decide: (state, _body, { now, texts }) => {
    if (isOnAClosedAgenda(state, now)) {
      const message = 'The agenda of the meeting has closed: the panel can defer the case, and say what it needs.';
      return refuse('not-now', 'A22', message);
    }
    if (!texts?.includes('reasons')) {
      return refuse('reason-needed', 'R53', 'Write why the pack is checked again, in the service.', 'reasons');
    }
    return [{ kind: 'checkTakenBack' }];
  },
};

/** @returns whether a case is at the stage after the check of its pack, and nothing has happened there */
function isJustChecked(state: CaseState): boolean {
  const { at, position, decided } = state;
  const untouched = position.stage === 'interview' ? position.booked === null && position.held === null : true;
  return at === 1 && routeOf(state)[at]?.stage === position.stage && Object.keys(decided).length === 0 && untouched;
}

function isOnAClosedAgenda({ position, landing }: CaseState, now: Instant): boolean {
  return beforePanel(position) !== null && landing !== null && agendaIsClosed(landing.agendaCloses, now);
}
