// A receiving school is allocated for an approved Supported Transfer, at the Headteacher Placement Meeting (R75). It becomes the host; the
// home school then confirms the start.
import { owed } from '../matters/reasons';
import { dayOfDecision, deferral } from '../landing';
import { mayReceive } from '../host';
import { refuse } from '../refusal';
import type { BodyOf } from '../commands';
import type { Facts } from '../facts';
import type { At, CaseState, Landing, Refusal } from '../state';
import type { Decision } from '../take';
import type { Host, PanelCode } from '../words';
import { decidedBy, landedMeeting, meetingOf, movesOfItsMeeting, tooEarly, waitsForItsMeeting } from './beforeAPanel';
import type { Stage } from './stage';

export const allocation: Stage<'allocation'> = {
  enter: (stage, state) => ({ stage: 'allocation', panel: stage.panel, meeting: landedMeeting(state, stage.panel) }),
  takes: {
    allocateSchool: {
      by: ({ position }) => [`panel:${position.panel}`],
      decide: (state, body, facts) => {
        const { position } = state;
        const { outsideMeeting = false } = body;
        const untimely = tooEarly(position, outsideMeeting, facts);
        if (untimely) return untimely;
        const meeting = meetingOf(state, facts);
        const decision = decidedBy(position.panel, outsideMeeting, meeting, facts);
        const words = owed('allocateSchool', body, facts, `panel:${position.panel}`);
        if (body.school === undefined) {
          const to = deferral(state, position.panel, dayOfDecision(facts.now, meeting), facts.cycles);
          return [{ kind: 'deferred', ...decision, landing: to }, ...words];
        }
        const unfit = unfitSchool(state, body.school, facts);
        return unfit ?? [{ kind: 'allocated', host: `school:${body.school}`, ...decision }, ...words];
      },
    },
  },
  moves: {
    allocated: () => 'next-stage',
    ...movesOfItsMeeting,
  },
  waits: (state, calendar) => waitsForItsMeeting(state, 'allocation', calendar),
};

/** @returns where a case stands that waits for a school to be allocated at the meeting on which it has landed */
export function beforeItsMeeting(panel: PanelCode, landing: Landing | null): At<'allocation'> {
  return { stage: 'allocation', panel, meeting: landing?.meetings[panel] ?? null };
}

/**
 * The school that is allocated does not take the student after all: while no start is confirmed, another does, or the case goes back to the
 * heads and their next meeting. Either is said outside the meeting, with the reasons (C18).
 */
export function allocateAnother(
  state: CaseState & { readonly position: { readonly host: Host } },
  body: BodyOf<'allocateSchool'>,
  panel: PanelCode,
  facts: Facts,
): Decision {
  if (!body.outsideMeeting) {
    const message =
      'A school was allocated at the meeting: what changes that is decided outside it. Say so, and write the reasons.';
    return refuse('no-meeting', 'C18', message, 'outsideMeeting');
  }
  const untimely = tooEarly({ meeting: null }, true, facts);
  if (untimely) return untimely;
  const decision = decidedBy(panel, true, null, facts);
  if (body.school === undefined) {
    const to = deferral(state, panel, dayOfDecision(facts.now, null), facts.cycles);
    return [{ kind: 'deferred' as const, ...decision, landing: to }];
  }
  if (`school:${body.school}` === state.position.host) {
    return refuse('nothing-changed', 'R75', 'This school is allocated already.', 'school');
  }
  const unfit = unfitSchool(state, body.school, facts);
  const host: Host = `school:${body.school}`;
  return unfit ?? [{ kind: 'allocated' as const, host, ...decision }];
}

/** A receiving school is a secondary school of the city, not the home school, and not of whoever allocates (R75, R77, A21). */
function unfitSchool({ school: home }: CaseState, school: string, { directory, actor }: Facts): Refusal | null {
  const found = directory?.schools.find(({ code }) => code === school);
  if (!found) {
    return refuse('wrong-value', 'R75', `No school of the directory has the code ${school}: choose one that it lists.`, 'school');
  }
  if (!mayReceive(found)) {
    return refuse('wrong-value', 'R77', 'A receiving school is a secondary school of the city: choose another.', 'school');
  }
  if (school === home) {
    return refuse('wrong-value', 'R77', 'A receiving school is another than the home school: choose another.', 'school');
  }
  return actor.parties.includes(`school:${school}`)
    ? refuse('wrong-value', 'A21', 'You are of this school yourself: somebody else of the panel allocates it.', 'school')
    : null;
}
