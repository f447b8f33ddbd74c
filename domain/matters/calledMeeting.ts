// Meetings about a placement beside the reviews (R98): called for a day and an hour, moved, and recorded as held or not. A review may be called as
// well: it is held by its own command. Nothing of a safeguarding concern is written here (A17).
import { applicantOf } from '../applicant';
import { endOfLondonDay, londonDay, whyNotMetAt } from '../calendar';
import type { BodyOf } from '../commands';
import type { Facts } from '../facts';
import { refuse } from '../refusal';
import { isCalled } from '../called';
import type { CaseAt } from '../state';
import type { Decision } from '../take';
import type { MatterRules } from './matter';

export const calledMeeting: MatterRules<'called-meeting'> = {
  ofThePlacement: true,
  // Called anew, it is moved.
  opens: (event) => (event.kind === 'meetingCalled' ? event.matter : null),
  takes: {
    recordMeeting: {
      by: ({ matter }) => [matter.by, 'cap'],
      about: ({ matter }, { about }) => about === matter.about,
      decide: ({ matter }, { about, result }, facts) => {
        if (about !== matter.about) return refuse('wrong-value', 'R98', 'No such meeting is called.', 'about');
        if (about === 'review' && result === 'held') {
          return refuse(
            'wrong-value',
            'A1',
            'A review that was held is recorded as a review: it sets the day of the next.',
            'about',
          );
        }
        if (result === 'held' && facts.now < matter.at) {
          return refuse('wrong-value', 'R98', 'It is recorded as held once its time has come.', 'result');
        }
        const words = facts.texts?.includes('summary') ?? false;
        if (about === 'safeguarding' && words) {
          return refuse(
            'wrong-value',
            'A17',
            'What was said of a concern is recorded on CPOMS, and not here: leave it out.',
            'summary',
          );
        }
        if (about !== 'safeguarding' && !words) {
          return refuse('reason-needed', 'R98', 'Write what was agreed, or why it was not held.', 'summary');
        }
        return [{ kind: 'meetingRecorded', of: matter.subject, result }];
      },
    },
  },
  ends: ({ subject, about, since }, event) =>
    (event.kind === 'meetingRecorded' && event.of === subject) ||
    (event.kind === 'meetingCalled' && event.matter.subject === subject) ||
    (event.kind === 'reviewHeld' && about === 'review' && (since === undefined || event.on >= londonDay(since))),
  waits: ({ matter }) => ({ party: matter.by, what: 'called-meeting', due: endOfLondonDay(londonDay(matter.at)) }),
};

/** School, host or CAP call it, for an hour to come; whoever calls it again moves it. To a review of a student with an EHCP the SEND team is invited (A12). */
export function callMeeting(state: CaseAt<'placement'>, { about, at }: BodyOf<'callMeeting'>, facts: Facts): Decision {
  const whyNot = whyNotMetAt(at, facts.now, facts.calendar);
  if (whyNot !== null) return refuse('wrong-value', 'R98', whyNot, 'at');
  const open = state.matters.filter(isCalled).find((matter) => matter.about === about);
  if (open?.at === at) return refuse('nothing-changed', 'R98', 'It is called for that time already.', 'at');
  const by = open?.by ?? callers(state).find((party) => facts.actor.parties.includes(party)) ?? 'cap';
  const send = about === 'review' && facts.student?.ehcp ? ({ send: true } as const) : {};
  const matter = {
    kind: 'called-meeting',
    subject: open?.subject ?? facts.commandId,
    about,
    by,
    at,
    since: facts.now,
    ...send,
  } as const;
  return [{ kind: 'meetingCalled', matter, from: open?.at ?? null }];
}

/** @returns who may call a meeting about a placement */
export function callers(state: CaseAt<'placement'>) {
  return [applicantOf(state), state.position.host, 'cap' as const];
}
