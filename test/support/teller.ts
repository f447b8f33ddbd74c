// Tells cases of every route on the real engine, step by step, as the people of CAP would.
import { samplePlan } from '../../dev/pathways';
import { londonDay, type IsoDate } from '../../domain/calendar';
import type { At, CaseState, StageName } from '../../domain/state';
import type { ProgrammeCode } from '../../domain/words';
import { schoolDayAfter, workingDayAfter } from './schoolDays';
import type { Service } from './service';

export const reasons = { reasons: 'The panel is of one mind.' };

/** @returns the position of a case, which must be at that stage. */
export function at<S extends StageName>(state: CaseState, stage: S): At<S> {
  if (state.position.stage !== stage) throw new Error(`The case is at ${state.position.stage}, not at ${stage}`);
  return state.position as At<S>;
}

export function tellerOf(service: Service) {
  const { give, record, until } = service;

  /** Recorded, or the story is wrong. */
  async function does(...command: Parameters<typeof give>): Promise<void> {
    const reply = await give(...command);
    if (reply.result !== 'recorded') throw new Error(`${command[2]} was refused: ${JSON.stringify(reply.refusal)}`);
  }

  async function meetingDay(reference: string): Promise<IsoDate> {
    const { meeting } = at((await record(reference)).state, 'panel');
    if (!meeting) throw new Error('No meeting is planned');
    return meeting.day;
  }

  const tell = {
    does,
    /** Subjects of the e-mails of a case, without its reference, once all that is owed has gone out. */
    subjects: async (reference: string): Promise<string[]> => {
      await service.delivered(reference);
      const messages = await service.messages();
      return messages.flatMap(({ subject }) => (subject.startsWith(reference) ? [subject.slice(reference.length + 2)] : []));
    },
    meetingDay,
    /** Submitted by a school with an SLA. */
    submitted: async (programme: ProgrammeCode): Promise<string> => {
      const reference = await service.draft(programme);
      await does('school.alder', reference, 'submit', {});
      return reference;
    },
    /** Submitted, and the pack found complete. */
    checked: async (programme: ProgrammeCode): Promise<string> => {
      const reference = await tell.submitted(programme);
      await does('cap.team', reference, 'checkPack', { result: 'complete' });
      return reference;
    },
    /** The day of the meeting that the case is before has come. */
    onMeetingDay: async (reference: string): Promise<void> => until(await meetingDay(reference)),
    /** From CAP's sending of the pack to the provider's acceptance. */
    accepted: async (reference: string, { send = true } = {}): Promise<void> => {
      if (send) await does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' });
      const arranger = send ? 'provider.one' : 'school.alder';
      await tell.interviewed(reference, 'provider.one', arranger);
      await does('provider.one', reference, 'providerResponse', { result: 'accept' });
    },
    /** An interview is booked for the working day that comes in two days or later, and held then. */
    interviewed: async (reference: string, provider: string, arranger = provider): Promise<void> => {
      const day = workingDayAfter(2, await service.today());
      await does(arranger, reference, 'bookInterview', { at: `${day}T10:00:00.000Z` });
      await until(day);
      await does(provider, reference, 'recordInterview', { result: 'held' });
    },
    started: async (reference: string, wanted?: IsoDate): Promise<void> => {
      const { landing, programme } = (await record(reference)).state;
      const day = wanted ?? landing?.cohort ?? (await service.today());
      const today = await service.today();
      const { says, writes } = samplePlan(programme.split('@')[0] as ProgrammeCode);
      const start = schoolDayAfter(0, day > today ? day : today);
      await does('school.alder', reference, 'confirmStart', { start, ...says }, writes);
    },
    /** Whose they are record every task of the placement that is open, today; and those that open with it, for the term after. */
    tasksDone: async (reference: string): Promise<void> => {
      const people: Readonly<Record<string, string>> = {
        cap: 'cap.team',
        'provider:TP-ONE': 'provider.one',
        'provider:AP-ACADEMY': 'academy',
      };
      const open = async () => (await record(reference)).waits.filter(({ what }) => what === 'task');
      for (let tasks = await open(); tasks.length > 0; tasks = await open()) {
        for (const { party, subject } of tasks) {
          if (subject === 'monitoring-officer') {
            await does('cap.team', reference, 'nameMonitoringOfficer', { officer: 'cap.team' });
            continue;
          }
          const body = { task: subject ?? '', on: await service.today() };
          await does(people[party] ?? '', reference, 'recordTask', body, { note: 'Done.' });
        }
      }
    },
    /** The next review is held on the day by which it is due. */
    reviewed: async (reference: string, by = 'provider.one'): Promise<void> => {
      const { waits } = await record(reference);
      const wait = waits.find(({ what }) => what === 'review');
      if (!wait) throw new Error(`The case waits for ${waits.map(({ what }) => what).join(', ')}, not for a review`);
      await until(londonDay(wait.due));
      await does(by, reference, 'holdReview', { on: await service.today(), review: 'review' }, { summary: 'It goes well.' });
    },
  };
  return tell;
}
