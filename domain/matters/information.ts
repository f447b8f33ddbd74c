// What a deferral asks for: the school answers it before the panel's next meeting (A22).
import { applicantOf } from '../applicant';
import { addWorkingDays, endOfLondonDay, londonDay, type Calendar, type Instant, type IsoDate } from '../calendar';
import { refuse } from '../refusal';
import type { MatterRules } from './matter';

/** Working days that the school has while no later meeting is planned. */
const withoutMeeting = 10;

/**
 * The last day on which the school gives what a deferral asks for: the working day before the panel meets again.
 * @param meeting the day of that meeting; null while none is planned
 * @param since when it was asked for
 */
export function informationBy(meeting: IsoDate | null, since: Instant, calendar: Calendar): IsoDate {
  return meeting === null ? addWorkingDays(londonDay(since), withoutMeeting, calendar) : addWorkingDays(meeting, -1, calendar);
}

export const information: MatterRules<'information'> = {
  // With the outcome document the words are there: a deferral that came without them asks for nothing yet.
  opens: (event, { position }) =>
    event.kind === 'outcomeIssued' &&
    event.outcome.decision === 'deferred' &&
    !event.outcome.forPlace &&
    position.stage === 'panel'
      ? { kind: 'information', subject: event.outcome.command, since: event.at }
      : null,
  takes: {
    giveInformation: {
      by: (state) => [applicantOf(state)],
      decide: ({ matter }, _body, facts) =>
        facts.texts?.includes('information')
          ? [{ kind: 'informationGiven', of: matter.subject }]
          : refuse('reason-needed', 'A22', 'Write the information that the panel asked for.', 'information'),
    },
  },
  // A panel that decides again no longer waits for it.
  ends: ({ subject }, event) =>
    event.kind === 'informationGiven' ? event.of === subject : ['approved', 'wentOn', 'refused', 'deferred'].includes(event.kind),
  waits: (beside, calendar) => {
    const { matter, position } = beside;
    const meeting = position.stage === 'panel' ? position.meeting : null;
    const by = informationBy(meeting?.day ?? null, matter.since, calendar);
    return { party: applicantOf(beside), what: 'information', due: endOfLondonDay(by) };
  },
};
