// What a placement asks for while it runs, as its programme names it: reports, plans, a training (R67, R79, R83, R96, R99). All come before
// the exit.
import {
  addDays,
  endOfLondonDay,
  formatDay,
  lastDayOfTerm,
  londonDay,
  schoolWeekEnd,
  type Calendar,
  type IsoDate,
} from '../calendar';
import { phasesOf } from '../load';
import type { PlacementTask } from '../programme';
import { namesOfficer } from '../people';
import { refuse } from '../refusal';
import { placementOf } from '../route';
import type { CaseState } from '../state';
import type { Party } from '../words';
import { placed, type MatterRules } from './matter';

export const task: MatterRules<'task'> = {
  ofThePlacement: true,
  opens: (event, state) => {
    if (event.kind === 'startConfirmed') {
      const open = (placementOf(state).tasks ?? []).filter(({ code }) => !(namesOfficer(code) && state.monitoringOfficer));
      return open.map(({ code }) => ({ kind: 'task', subject: code, due: null }));
    }
    return event.kind === 'taskDone' && event.again !== null ? { kind: 'task', subject: event.task, due: event.again } : null;
  },
  takes: {
    recordTask: {
      by: (state) => [whose(state, taskOf(state, state.matter.subject))],
      about: ({ matter }, body) => body.task === matter.subject,
      decide: (state, { task: named, on }, facts) => {
        const { matter } = state;
        if (named !== matter.subject) {
          return refuse('wrong-value', 'A2', `No such task is open to you: one that is, is ${matter.subject}.`, 'task');
        }
        const { rule, due } = taskOf(state, named);
        if (namesOfficer(named)) {
          return refuse('wrong-value', rule, 'Name the monitoring officer: that is this task.', 'task');
        }
        if (!facts.texts?.includes('note')) {
          return refuse('reason-needed', rule, 'Write what was done, in the service.', 'note');
        }
        const today = londonDay(facts.now);
        const { start, end } = placed(state);
        if (on > today) return refuse('wrong-value', rule, 'It is recorded on its day or after it.', 'on');
        if (due !== 'start' && on < start) {
          return refuse('wrong-value', rule, `The placement starts on ${formatDay(start)}: this was not done before it.`, 'on');
        }
        const last = dueDay(state, facts.calendar);
        const again = due === 'each-term' && last < end ? endOfTermFrom(addDays(last, 1), end, facts.calendar) : null;
        return [{ kind: 'taskDone', task: named, on, again }];
      },
    },
  },
  ends: ({ subject }, event) =>
    event.kind === 'taskDone' ? event.task === subject : event.kind === 'monitoringOfficerNamed' && namesOfficer(subject),
  waits: (state, calendar) => ({
    party: whose(state, taskOf(state, state.matter.subject)),
    what: 'task',
    due: endOfLondonDay(dueDay(state, calendar)),
  }),
};

type WithTask = CaseState & { readonly matter: { readonly subject: string; readonly due: IsoDate | null } };

/** The day by which an open task is to be done. */
function dueDay(state: WithTask, calendar: Calendar): IsoDate {
  const { start, end } = placed(state);
  if (state.matter.due !== null) return state.matter.due;
  const { due } = taskOf(state, state.matter.subject);
  switch (due) {
    case 'start':
      return start;
    case 'end':
      return end;
    case 'each-term':
      return endOfTermFrom(start, end, calendar);
    case 'first-phase': {
      const [first] = phasesOf(state, { start, end }, calendar);
      return first?.last ?? end;
    }
    default:
      return schoolWeekEnd(start, due.schoolWeeks, calendar) ?? end;
  }
}

/** The last day of the term of a day, or of the placement if that is earlier or the terms are not known. */
function endOfTermFrom(day: IsoDate, end: IsoDate, calendar: Calendar): IsoDate {
  const last = lastDayOfTerm(day, calendar);
  return last === null || last > end ? end : last;
}

function taskOf(state: CaseState, code: string): PlacementTask {
  const found = placementOf(state).tasks?.find((each) => each.code === code);
  if (!found) throw new Error(`${state.programme} asks for no ${code}`);
  return found;
}

function whose(state: CaseState, { by }: PlacementTask): Party {
  return by === 'cap' ? 'cap' : placed(state).host;
}
