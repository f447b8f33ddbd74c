// A decision that was recorded wrongly is taken back by who leads the panel, while nothing has followed it: the case is before the same meeting again.
import { formatLondon } from './calendar';
import { refuse } from './refusal';
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
