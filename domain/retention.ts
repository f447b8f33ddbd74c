// How long things are kept (A14, ours: none of CAP's documents says it). A closed case is kept to a birthday of its student, a draft for some days
// without a change. Before anything is erased there is time in which a person can still see to it.
import { academicYearOf, addDays, firstYearOf, londonDay, startOfLondonDay, type Instant, type IsoDate } from './calendar';
import type { EmailToWrite } from './emails';
import type { Party } from './words';

/** The values of A14, which a council may decide otherwise. */
const retentionValues = {
  /** A case is kept to this birthday of its student. */
  birthday: 25,
  /** Of a student who was looked after, has SEND or was adopted: to the end of the academic year of this birthday. */
  longerBirthday: 31,
  /** For so many days at least it stands on CAP's list of what falls due, so that a hold can be placed. */
  noticeDays: 60,
  /** A draft is kept for so many days without a change. */
  draftDays: 90,
  /** So many days before it is deleted, whose it is is told. */
  draftNoticeDays: 14,
} as const;

/** What is known of a student. What was so at any time counts. */
export interface RetentionFacts {
  readonly dateOfBirth: IsoDate;
  readonly lookedAfter: boolean;
  /** SEND, as far as it is known here: an Education, Health and Care Plan. */
  readonly ehcp: boolean;
  readonly adopted: boolean;
  /** When what the day depends on was changed last: the case closed, the student edited, a hold lifted. */
  readonly settled: Instant;
  /** A legal hold stands on the case or on the student. */
  readonly held: boolean;
}

/** How long something is kept, and why. */
export interface Retention {
  readonly class: 'birthday' | 'longer';
  /** In words, for people. */
  readonly why: string;
  /** The last day on which it is kept. */
  readonly until: IsoDate;
}

/** @returns the class of a student's closed cases with its reason, and the last day on which they are kept (A14). */
export function retentionOf(facts: RetentionFacts): Retention {
  const { birthday, longerBirthday, noticeDays } = retentionValues;
  const because = [
    ...(facts.lookedAfter ? ['was looked after'] : []),
    ...(facts.ehcp ? ['had an Education, Health and Care Plan'] : []),
    ...(facts.adopted ? ['was adopted'] : []),
  ];
  const noticed = addDays(londonDay(facts.settled), noticeDays);
  const until = (day: IsoDate) => (day > noticed ? day : noticed);
  if (because.length === 0) {
    const why = `Kept to the student's ${ordinal(birthday)} birthday.`;
    return { class: 'birthday', why, until: until(birthdayOf(facts.dateOfBirth, birthday)) };
  }
  const why = `Kept to the end of the academic year of the student's ${ordinal(longerBirthday)} birthday, for the student ${because.join(', ')}.`;
  return { class: 'longer', why, until: until(endOfAcademicYear(birthdayOf(facts.dateOfBirth, longerBirthday))) };
}

/** @returns whether it is erased on a day: the last one on which it is kept is over, and no hold stands (A14). */
export function isErasedOn(facts: RetentionFacts, today: IsoDate): boolean {
  return !facts.held && retentionOf(facts).until < today;
}

/** @returns whether it stands on the list of what falls due: a person may place a hold (A14). */
export function fallsDueBy(facts: RetentionFacts, today: IsoDate): boolean {
  return retentionOf(facts).until <= addDays(today, retentionValues.noticeDays);
}

/** @returns the latest date of birth of which anything can fall due: nobody born later need be looked at. */
export function latestBirthFallingDue(today: IsoDate): IsoDate {
  return birthdayOf(addDays(today, retentionValues.noticeDays), -retentionValues.birthday);
}

/** Which drafts are told of, and which are deleted, as moments that a draft was saved, or told of, before. */
export interface DraftBounds {
  /** A draft that was saved before it is told of. */
  readonly tell: Instant;
  /** A draft that was saved before it, and told of before `told`, is deleted. */
  readonly saved: Instant;
  readonly told: Instant;
}

/** @returns the bounds of a day: a draft has 90 days without a change, and at least 14 after whose it is was told (A14). */
export function draftBounds(today: IsoDate): DraftBounds {
  const { draftDays, draftNoticeDays } = retentionValues;
  const before = (days: number) => startOfLondonDay(addDays(today, 1 - days));
  return { tell: before(draftDays - draftNoticeDays), saved: before(draftDays), told: before(draftNoticeDays) };
}

/** The e-mail that tells whose draft it is on which day it is deleted, if nobody changes it until then (A14, A16). */
export function draftEmail(opener: Party, saved: Instant, today: IsoDate): EmailToWrite {
  const { draftDays, draftNoticeDays } = retentionValues;
  const [unchanged, told] = [addDays(londonDay(saved), draftDays), addDays(today, draftNoticeDays)];
  const day = unchanged > told ? unchanged : told;
  return { to: opener, notices: [{ template: 'draft-to-be-deleted', day }], awaited: [] };
}

/** A birthday; of 29 February in a year without one it is 1 March, the day on which one is a year older. */
function birthdayOf(dateOfBirth: IsoDate, age: number): IsoDate {
  const year = Number(dateOfBirth.slice(0, 4)) + age;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const day = dateOfBirth.slice(5);
  return `${String(year).padStart(4, '0')}-${day === '02-29' && !isLeap ? '03-01' : day}`;
}

function endOfAcademicYear(day: IsoDate): IsoDate {
  return `${String(firstYearOf(academicYearOf(day)) + 1)}-08-31`;
}

function ordinal(age: number): string {
  const last = age % 10;
  const ending = Math.floor(age / 10) === 1 ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th';
  return `${String(age)}${ending}`;
}
