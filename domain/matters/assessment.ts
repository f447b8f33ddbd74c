// The well-being assessments of a placement (R61): one before its programme, then one after it. Both come before the exit.
import { addWorkingDays, endOfLondonDay, formatDay, londonDay, type Calendar, type IsoDate } from '../calendar';
import { refuse } from '../refusal';
import { placementOf } from '../route';
import { placed, type MatterRules } from './matter';

export const assessment: MatterRules<'assessment'> = {
  ofThePlacement: true,
  opens: (event, state) => {
    if (event.kind === 'startConfirmed' && placementOf(state).assessed) {
      return { kind: 'assessment', subject: 'before', first: null };
    }
    return event.kind === 'assessed' && event.assessment === 'before'
      ? { kind: 'assessment', subject: 'after', first: event.on }
      : null;
  },
  takes: {
    recordAssessment: {
      by: (state) => [placed(state).host, 'cap'],
      decide: (state, { on, assessment: which }, facts) => {
        const { matter, since } = state;
        if (which !== matter.subject) {
          return which === 'after'
            ? refuse('wrong-value', 'R61', 'The assessment before the programme comes first: record that one.', 'assessment')
            : refuse('nothing-changed', 'R61', 'The assessment before the programme is recorded already.', 'assessment');
        }
        if (on > londonDay(facts.now)) {
          return refuse('wrong-value', 'R61', 'An assessment is recorded on its day or after it.', 'on');
        }
        const confirmed = londonDay(since);
        if (on < confirmed) {
          const message = `The start was confirmed on ${formatDay(confirmed)}: no assessment of this placement was held before it.`;
          return refuse('wrong-value', 'R61', message, 'on');
        }
        if (matter.first !== null && on <= matter.first) {
          const message = `The first assessment was on ${formatDay(matter.first)}: the one after the programme is later.`;
          return refuse('wrong-value', 'R61', message, 'on');
        }
        const { end } = placed(state);
        if (which === 'after' && on < lastWeek(end, facts.calendar)) {
          const message = `The programme runs until ${formatDay(end)}: the assessment after it is of its last week, or later.`;
          return refuse('wrong-value', 'R61', message, 'on');
        }
        return [{ kind: 'assessed', on, assessment: which }];
      },
    },
  },
  ends: ({ subject }, event) => event.kind === 'assessed' && event.assessment === subject,
  waits: ({ matter, ...state }, calendar) => {
    const { host, start, end } = placed(state);
    const last = matter.subject === 'before' ? start : end;
    const due = endOfLondonDay(last);
    // The one after the programme takes some arranging: it is asked for a school week before.
    const remind = matter.subject === 'before' ? due : endOfLondonDay(lastWeek(last, calendar));
    return { party: host, what: 'assessment', due, remind };
  },
};

function lastWeek(end: IsoDate, calendar: Calendar): IsoDate {
  return addWorkingDays(end, -5, calendar);
}
