// What people say in a year of casework: given where a case or a meeting stands and whom it waits for, the command that they give. Pure, and with
// chances that are handed in: the test that lives a year through and the demo that fills a service with one take their words from here.
import { lackingForTransfer, standingAgreements } from '../../domain/agreements';
import { addDays, londonDay, schoolDayFrom, workingDayFrom, type Calendar, type IsoDate } from '../../domain/calendar';
import { allowed } from '../../domain/case';
import type { BodyOf, MeetingPersonCommandKind, PersonCommandKind } from '../../domain/commands';
import { phasesOf } from '../../domain/load';
import type { MeetingState } from '../../domain/meetings/state';
import { leads } from '../../domain/meetings/seats';
import { exitsOf } from '../../domain/programme';
import { programmeAt } from '../../domain/programmes';
import { placementOf } from '../../domain/route';
import { applicantOf } from '../../domain/applicant';
import {
  meetingsAbout,
  type AgreementCode,
  type At,
  type CaseState,
  type MeetingAbout,
  type RefusalCode,
  type Wait,
} from '../../domain/state';
import { weekdaysOn } from '../../domain/timetable';
import type { PanelCode, Party } from '../../domain/words';
import { samplePlan } from '../pathways';

/** Numbers from 0 to 1 that look like chance. */
export type Chance = () => number;

/** @returns chances that are the same for the same seed, at every run */
export function chances(seed: number): Chance {
  let state = seed;
  return () => {
    // In whole numbers of 32 bits, so that it repeats itself only after all of them.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What people know when they speak. */
export interface Setting {
  /** The day in London. */
  readonly today: IsoDate;
  readonly calendar: Calendar;
  readonly chance: Chance;
  /** Providers to whom packs are sent, and schools that receive students, by code. */
  readonly providers: readonly string[];
  readonly receivingSchools: readonly string[];
  /** The person of CAP who looks after placements. */
  readonly officer: string;
}

/** A command, and as whom it is given. */
export interface Said<K extends PersonCommandKind | MeetingPersonCommandKind = PersonCommandKind | MeetingPersonCommandKind> {
  readonly as: Party;
  readonly does: K;
  readonly says: BodyOf<K>;
  readonly writes: Readonly<Record<string, string>>;
  /** What they do instead on the same day, where it is refused for that. */
  readonly otherwise?: Readonly<Partial<Record<RefusalCode, Said>>>;
}

const words = 'As those who were there agreed. (sample)';

function said<K extends PersonCommandKind | MeetingPersonCommandKind>(
  as: Party,
  does: K,
  says: BodyOf<K>,
  writes: readonly string[] = [],
  otherwise: Said['otherwise'] = {},
): Said<K> {
  return { as, does, says, writes: Object.fromEntries(writes.map((name) => [name, words])), otherwise };
}

/**
 * What whoever a case waits for says today.
 * @returns null where its day has not come, or nobody can hurry it
 */
export function answerTo(state: CaseState, wait: Wait, setting: Setting): Said | null {
  const { position } = state;
  const { what, party, subject, due } = wait;
  const { today, chance } = setting;
  const usually = (share: number) => chance() < share;
  const isSoon = londonDay(due) <= addDays(today, 7);
  switch (what) {
    case 'pack-check':
      return usually(0.9)
        ? said(party, 'checkPack', { result: 'complete' })
        : said(party, 'checkPack', { result: 'returned' }, ['reasons']);
    case 'corrected-pack':
      return said(party, 'resubmitPack', {}, ['note']);
    case 'panel-decision':
      return position.stage === 'panel' && hasMet(position, today) ? decision(position, setting) : null;
    case 'allocation':
      return position.stage === 'allocation' && hasMet(position, today) ? allocation(state, position, setting) : null;
    case 'panel-cycle':
      return state.landing === null ? null : outsideMeeting(state, setting);
    case 'information':
      return said(party, 'giveInformation', {}, ['information']);
    case 'reasons':
      return said(
        party,
        'giveReasons',
        {},
        state.matters.flatMap((each) => (each.kind === 'reasons' ? each.owes : [])),
      );
    case 'pack-to-be-sent':
      return said(party, 'sendPack', { provider: oneOf(setting.providers, chance) });
    case 'interview-booking':
      return said(party, 'bookInterview', { at: `${workingDayFrom(addDays(today, 2), setting.calendar)}T09:00:00.000Z` });
    case 'interview-record':
      return position.stage === 'interview' && position.booked !== null && londonDay(position.booked) <= today
        ? said(party, 'recordInterview', { result: usually(0.9) ? 'held' : 'missed' })
        : null;
    case 'provider-response':
      return usually(0.9)
        ? said(party, 'providerResponse', { result: 'accept' })
        : said(party, 'providerResponse', { result: 'decline', ground: oneOf(['need', 'risk', 'capacity'] as const, chance) });
    case 'onboarding':
      return usually(0.95)
        ? said(party, 'recordOnboarding', { result: 'completed' })
        : said(party, 'recordOnboarding', { result: 'refused' }, ['reasons']);
    case 'start-date':
      return start(state, party, setting);
    case 'notice':
      return said(party, 'recordNotice', { sentOn: today, laCopied: today }, ['notice']);
    case 'task':
      if (subject === 'monitoring-officer') return said(party, 'nameMonitoringOfficer', { officer: setting.officer });
      return isSoon && hasStarted(state, today) ? said(party, 'recordTask', { task: subject ?? '', on: today }, ['note']) : null;
    case 'assessment': {
      const which = subject === 'after' ? 'after' : 'before';
      return isSoon && hasStarted(state, today)
        ? said(party, 'recordAssessment', { on: today, assessment: which }, ['summary'])
        : null;
    }
    case 'review':
    case 'pathway-review':
      // One that was held in the holidays answers for the half-term before: the next is held on another day.
      return isSoon && hasStarted(state, today) && !(what === 'review' && wasReviewed(state, today))
        ? said(party, 'holdReview', { on: today, review: what }, ['summary'])
        : null;
    case 'asked-review':
      return said(party, 'holdReview', { on: today, review: 'review' }, ['summary']);
    case 'exit':
      return londonDay(due) <= today ? exit(state, party, setting) : null;
    case 'alternatives':
      return alternatives(state, party, setting);
    case 'complaint':
      return said(party, 'answerComplaint', { outcome: oneOf(['upheld', 'upheld-in-part', 'not-upheld'] as const, chance) }, [
        'answer',
      ]);
    case 'withdrawal':
      return said(party, 'processWithdrawal', { result: 'processed', enteredOn: today });
    case 'change-of-day':
      return usually(0.8)
        ? said(party, 'confirmChangeOfDay', { result: 'confirmed', enteredOn: today })
        : said(party, 'confirmChangeOfDay', { result: 'not-changed' }, ['why']);
    case 'extension':
      return said(party, 'decideExtension', { result: usually(0.7) ? 'extended' : 'not-extended' }, ['reasons']);
    case 'called-meeting': {
      const called = state.matters.find((matter) => matter.kind === 'called-meeting' && matter.subject === subject);
      return called?.kind === 'called-meeting' && londonDay(called.at) < today ? recorded(party, called.about) : null;
    }
    case 'withdrawn-agreement':
      return said(party, 'settleAgreement', { agreement: subject as AgreementCode }, ['done']);
    case 'undelivered-email':
      return said(party, 'settleEmail', { email: subject ?? '' }, ['how']);
    case 'course-place':
      // Its turn comes when a place is free; where that takes too long, CAP finds another way in the end.
      return londonDay(due) < today && usually(0.04) ? said(party, 'closeCase', {}, ['offered']) : null;
    // These are a meeting's.
    case 'referral-deadline':
    case 'end-of-day':
    case 'minutes':
      return null;
  }
}

/** @returns whether what is waited for is done on its day, however busy people are: a panel decides when it meets (R71) */
export function isForTheDay({ what }: Wait): boolean {
  return what === 'panel-decision' || what === 'allocation' || what === 'interview-record';
}

/** What somebody says now and then without being asked: a withdrawal, other days, a complaint. Null on most days, and where the case does not take it. */
export function ofTheirOwn(state: CaseState, setting: Setting): Said | null {
  const own = unasked(state, setting);
  return own && allowed(state).some((kind) => kind === own.does) ? own : null;
}

function unasked(state: CaseState, { today, chance, calendar }: Setting): Said | null {
  const { position } = state;
  const school = applicantOf(state);
  const happens = (inThousand: number) => chance() * 1000 < inThousand;
  if (happens(1)) return said(school, 'makeComplaint', {}, ['complaint']);
  const [agreed] = standingAgreements(state);
  if (agreed && happens(1)) return said(school, 'withdrawAgreement', { agreement: agreed, on: today }, ['why']);
  if (position.stage !== 'placement') return happens(3) ? said(school, 'withdraw', {}, ['reason']) : null;
  const { start: first, end, lastReview } = position;
  if (today < first || addDays(today, 14) > end) return null;
  // A review of the ten weeks before answers for one that is asked for (A4).
  if (happens(2))
    return (lastReview ?? '') < addDays(today, -70) ? said('cap', 'askReview', { by: 'parents', receivedOn: today }) : null;
  if (happens(4)) {
    const about = oneOf(meetingsAbout, chance);
    return said(oneOf([school, position.host], chance), 'callMeeting', {
      about,
      at: `${workingDayFrom(addDays(today, 5), calendar)}T09:00:00.000Z`,
    });
  }
  if (happens(2)) return said(school, 'askWithdrawal', { from: 'placement', last: today }, ['reason', 'impact']);
  if (happens(2)) {
    const later = schoolDayFrom(addDays(end, 14), calendar);
    return later === null ? null : said(school, 'askExtension', { end: later, otherAgreed: today }, ['reason']);
  }
  const weekdays = happens(4) ? otherWeekdays(state, position, addDays(today, 7), calendar) : null;
  return weekdays === null
    ? null
    : said(school, 'askChangeOfDay', { from: addDays(today, 7), weekdays, hostAgreed: today }, ['impact']);
}

/** What the chair of a meeting says on its day or after it: who is present, and once every case is decided that the minutes are right. */
export function ofTheChair({ panel, day, seats, present, quorum }: MeetingState, { today, chance }: Setting): Said | null {
  const held = seats.filter(({ person }) => person !== null).map(({ seat }) => seat);
  if (today < day || held.length === 0) return null;
  const chair: Party = `panel:${panel}`;
  if (present !== null) return said(chair, 'signMinutes', {});
  // Somebody stays away now and then, where enough are there without them.
  const away = held.length > quorum && chance() < 0.2 ? held.findLast((seat) => !leads(seat)) : undefined;
  return said(chair, 'recordAttendance', { present: held.filter((seat) => seat !== away).join(',') });
}

const hasMet = ({ meeting }: At<'panel' | 'allocation'>, today: IsoDate) => meeting !== null && meeting.day <= today;

const wasReviewed = ({ position }: CaseState, today: IsoDate) => position.stage === 'placement' && position.lastReview === today;
const hasStarted = ({ position }: CaseState, today: IsoDate) => position.stage === 'placement' && position.start <= today;

/**
 * A panel decides on its day. Where no place is left it defers, as the refusal advises: what is left lying would have its outcome too late
 * (R13, R71).
 */
function decision({ panel }: At<'panel'>, { chance, today }: Setting): Said {
  const share = chance();
  if (share < 0.8) return decides(panel, 'approve', []);
  if (share < 0.86) return decides(panel, 'approve-with-conditions', ['conditions'], { conditionsBy: addDays(today, 28) });
  return share < 0.93 ? decides(panel, 'defer', ['information']) : decides(panel, 'refuse', ['alternatives']);
}

/** At its meeting, and outside of it where too few are there for the case (C18). */
function decides(
  panel: PanelCode,
  outcome: BodyOf<'panelDecision'>['outcome'],
  writes: readonly string[],
  more: Partial<BodyOf<'panelDecision'>> = {},
): Said {
  const decided = (outside: boolean): Said => {
    const where = outside ? { outsideMeeting: true } : {};
    return said(`panel:${panel}`, 'panelDecision', { outcome, ...more, ...where }, ['reasons', ...writes], {
      ...(outside ? {} : { 'no-quorum': decided(true), 'no-meeting': decided(true) }),
      'no-place': said(`panel:${panel}`, 'panelDecision', { outcome: 'wait-for-place', ...where }, ['reasons']),
      // The student has left the year group that it is for (R85).
      'wrong-value': said(`panel:${panel}`, 'panelDecision', { outcome: 'refuse', ...where }, ['reasons', 'alternatives']),
    });
  };
  return decided(false);
}

function allocation(
  state: CaseState,
  { panel }: At<'allocation'>,
  { receivingSchools, chance }: Setting,
): Said<'allocateSchool'> {
  const others = receivingSchools.filter((code) => code !== state.school);
  return said(`panel:${panel}`, 'allocateSchool', { result: 'allocated', school: oneOf(others, chance) }, ['reasons']);
}

/** The cycle of the case has no meeting: the panel decides outside of one (C18). */
function outsideMeeting(state: CaseState, setting: Setting): Said | null {
  const { position } = state;
  if (position.stage === 'allocation') {
    const { says, ...rest } = allocation(state, position, setting);
    return { ...rest, says: { ...says, outsideMeeting: true } };
  }
  if (position.stage !== 'panel') return null;
  const decided = (outcome: 'approve' | 'refuse', writes: readonly string[], otherwise: Said['otherwise'] = {}) =>
    said(`panel:${position.panel}`, 'panelDecision', { outcome, outsideMeeting: true }, ['reasons', ...writes], otherwise);
  const refuses = decided('refuse', ['alternatives']);
  return decided('approve', [], { 'no-place': refuses, 'wrong-value': refuses });
}

function start({ landing, programme }: CaseState, as: Party, { today, calendar }: Setting): Said | null {
  const cohort = landing?.cohort ?? addDays(today, 7);
  const day = schoolDayFrom(cohort > today ? cohort : today, calendar);
  if (day === null) return null;
  const { says, writes } = samplePlan(programmeAt(programme).code);
  return { as, does: 'confirmStart', says: { start: day, ...says }, writes };
}

function exit(state: CaseState, as: Party, { today, chance }: Setting): Said {
  const { position } = state;
  if (position.stage === 'placement' && position.withdrawn)
    return said(as, 'recordExit', { destination: 'ended-early' }, ['summary']);
  const [usual = 'home-school', ...others] = exitsOf(placementOf(state));
  const destination = chance() < 0.8 ? usual : oneOf([usual, ...others], chance);
  const lacking = destination === 'permanent-transfer' ? lackingForTransfer(state) : null;
  if (lacking === null) return said(as, 'recordExit', { destination }, ['summary']);
  const receives = lacking === 'transfer-receiving-school' && position.stage === 'placement';
  const says = { agreement: lacking, on: today };
  return said(receives ? position.host : applicantOf(state), 'recordAgreement', says, ['who', 'how', 'evidence']);
}

/** Of a safeguarding concern nothing is written here (A17). */
function recorded(as: Party, about: MeetingAbout): Said {
  return about === 'review'
    ? said(as, 'recordMeeting', { about, result: 'not-held' }, ['summary'])
    : said(as, 'recordMeeting', { about, result: 'held' }, about === 'safeguarding' ? [] : ['summary']);
}

/** A school with new evidence asks the panel again; CAP tries another provider, or closes with what it offered (A8, A25, R64). */
function alternatives(state: CaseState, as: Party, { providers, chance }: Setting): Said {
  const { position, reconsidered } = state;
  if (position.stage !== 'alternatives') throw new Error(`${state.reference} waits for alternatives at ${position.stage}`);
  const { because, declinedBy } = position;
  if (because === 'refused' && !reconsidered && chance() < 0.4) {
    return said(applicantOf(state), 'askReconsideration', {}, ['evidence']);
  }
  const others = providers.filter((code) => `provider:${code}` !== declinedBy);
  return because === 'declined' && state.course === null && chance() < 0.7
    ? said(as, 'sendPack', { provider: oneOf(others, chance) })
    : said(as, 'closeCase', {}, ['offered']);
}

/** As many days of the week as now, each a day later; null where the programme itself says which they are (R80). */
function otherWeekdays(state: CaseState, position: At<'placement'>, from: IsoDate, calendar: Calendar): string | null {
  const phase = phasesOf(state, position, calendar).find(({ first, last }) => first <= from && from <= last);
  const now = weekdaysOn(position.days ?? [], from);
  if (!phase || phase.week !== null || now === null) return null;
  const days = ['mon', 'tue', 'wed', 'thu', 'fri'];
  const shifted = now.split(',').map((day) => days[(days.indexOf(day) + 1) % days.length]);
  return days.filter((day) => shifted.includes(day)).join(',');
}

/** @returns one of several, by chance */
export function oneOf<T>(all: readonly T[], chance: Chance): T {
  const one = all[Math.floor(chance() * all.length)];
  if (one === undefined) throw new Error('There is none to choose from');
  return one;
}
