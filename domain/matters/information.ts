// What a deferral asks for: the school answers it before the panel's next meeting (A22).
import { applicantOf } from '../applicant';
import { addWorkingDays, endOfLondonDay } from '../calendar';
import { refuse } from '../refusal';
import { workingDaysAfter } from '../take';
import type { MatterRules } from './matter';

/** Working days that the school has while no later meeting is planned. */
const withoutMeeting = 10;

export const information: MatterRules<'information'> = {
  // With the outcome document the words are there: a deferral that came without them asks for nothing yet.
  opens: (event, { position }) =>
    event.kind === 'outcomeIssued' && event.outcome.decision === 'deferred' && position.stage === 'panel'
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
    const due = meeting
      ? endOfLondonDay(addWorkingDays(meeting.day, -1, calendar))
      : workingDaysAfter(matter.since, withoutMeeting, calendar);
    return { party: applicantOf(beside), what: 'information', due };
  },
};
