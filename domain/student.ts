// The student: a child on the roll of a home school. Who they are stands in one row of that school; a case knows a code alone.
import { academicYearOf, firstYearOf, isIsoDate, londonDay, type Instant, type IsoDate } from './calendar';
import type { Problem } from './commands';
import { yearGroups, type YearGroup } from './words';

/** What a school says of a student. */
export interface StudentWords {
  readonly name: string;
  readonly dateOfBirth: IsoDate;
  /** The unique pupil number, where it is known. */
  readonly upn: string | null;
  /** The year group in which the student is taught this academic year; null: that of their age. */
  readonly yearGroup: YearGroup | null;
  /** Whether there is an Education, Health and Care Plan (A12). */
  readonly ehcp: boolean;
  /** Whether the child is looked after by a local authority. */
  readonly lookedAfter: boolean;
  /** Whether the child was adopted, where the school knows: what is kept of them is kept longer (A14). */
  readonly adopted: boolean;
}

/** A student as their home school has them. */
export interface Student extends Omit<StudentWords, 'yearGroup'> {
  /** `STU-7K3QX9`: it says nothing of the child. */
  readonly code: string;
  readonly school: string;
  /** 1 when taught a year above their age, -1 when a year below: it stays so from year to year. */
  readonly yearsAbove: number;
}

/** In whole years: those who may be at school. */
export const schoolAges = { from: 4, to: 19 } as const;

/**
 * The year group of an academic year by the date of birth: a child is in Reception in the year, from 1 September, in which they become
 * five. Who is older than Year 13 and still at school is in Year 13.
 * @param year `2024-25`
 * @param yearsAbove how many years above their age they are taught
 * @returns null before Reception
 */
export function yearGroupOf(dateOfBirth: IsoDate, year: string, yearsAbove = 0): YearGroup | null {
  const last = yearGroups.length - 1;
  const ofAge = Math.min(firstYearOf(year) - 5 - firstYearOf(academicYearOf(dateOfBirth)), last);
  return yearGroups[Math.min(ofAge + yearsAbove, last)] ?? null;
}

/** @returns the age in whole years on a day; born on 29 February, one is a year older on 1 March. */
export function ageOn(day: IsoDate, dateOfBirth: IsoDate): number {
  const years = Number(day.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return day.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}

/**
 * What is wrong with what a school says of a student, each with its field.
 * @param now the year group is that of this academic year in London
 */
export function checkStudent({ name, dateOfBirth, upn, yearGroup }: StudentWords, now: Instant): Problem[] {
  const problems: Problem[] = [];
  const wrong = (field: string, message: string, rule = 'R3') => problems.push({ field, rule, message });
  if (nameKey(name) === '') wrong('name', "Write the student's full name.", 'form');
  if (upn !== null && !isUpn(upn)) {
    wrong('upn', 'A UPN has a letter, eleven digits and a digit or letter, such as H801200001001. This one is mistyped.', 'form');
  }
  const today = londonDay(now);
  const year = academicYearOf(today);
  const ofAge = isIsoDate(dateOfBirth) && ageOn(today, dateOfBirth) <= schoolAges.to ? yearGroupOf(dateOfBirth, year) : null;
  if (ofAge === null) {
    wrong(
      'dateOfBirth',
      `Nobody born then is at school in ${year}: a student is in Reception or above, and at most ${schoolAges.to}.`,
    );
  } else if (yearGroup !== null && Math.abs(yearsAboveOf(yearGroup, ofAge)) > 1) {
    wrong(
      'yearGroup',
      `Born then, a student is in ${ofAge} in ${year}. Another year group is one above or below: check the date of birth.`,
    );
  }
  return problems;
}

/** @returns how many years above their age a student is taught who is said to be in that year group now; 0 when nothing is said. */
export function yearsAboveAge({ dateOfBirth, yearGroup }: Pick<StudentWords, 'dateOfBirth' | 'yearGroup'>, now: Instant): number {
  const ofAge = yearGroupOf(dateOfBirth, academicYearOf(londonDay(now)));
  return yearGroup === null || ofAge === null ? 0 : yearsAboveOf(yearGroup, ofAge);
}

/** @returns a name as it is compared: without accents, spaces and signs, in small letters */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]/gu, '');
}

/** @returns a UPN as it is kept: without spaces, in capitals; null for nothing */
export function tidyUpn(upn: string | null): string | null {
  const tidy = upn?.replace(/\s/g, '').toUpperCase() ?? '';
  return tidy === '' ? null : tidy;
}

/** The letters of a UPN by their value. */
const upnLetters = 'ABCDEFGHJKLMNPQRTUVWXYZ';

/** A UPN begins with a letter that the other characters add up to, each times its place; a temporary one ends with a letter. */
function isUpn(upn: string): boolean {
  if (!/^[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]$/.test(upn)) return false;
  const value = (character: string) => (/\d/.test(character) ? Number(character) : upnLetters.indexOf(character));
  const sum = Array.from(upn.slice(1)).reduce((total, character, index) => total + value(character) * (index + 2), 0);
  return upn.startsWith(upnLetters.charAt(sum % upnLetters.length));
}

/** A key stage with what support aims at in it (R3). */
interface KeyStage {
  readonly stage: 1 | 2 | 3 | 4;
  readonly aim: string;
}

const keyStages: readonly (KeyStage & { readonly last: YearGroup })[] = [
  { stage: 1, last: 'Year 2', aim: 'Key Stage 1' },
  { stage: 2, last: 'Year 6', aim: 'Key Stage 2' },
  { stage: 3, last: 'Year 9', aim: 'Key Stage 3: aspiration, prevention, intervention, continued access to mainstream' },
  { stage: 4, last: 'Year 11', aim: 'Key Stage 4: aspiration, next steps, the way after Year 11' },
];

/** @returns the key stage of a year group; null in Reception, after Year 11, and where the year group is not known (R3) */
export function keyStageOf(yearGroup: YearGroup | null): KeyStage | null {
  if (yearGroup === null || yearGroup === 'Reception') return null;
  const place = (group: YearGroup) => yearGroups.indexOf(group);
  return keyStages.find(({ last }) => place(yearGroup) <= place(last)) ?? null;
}

function yearsAboveOf(yearGroup: YearGroup, ofAge: YearGroup): number {
  return yearGroups.indexOf(yearGroup) - yearGroups.indexOf(ofAge);
}
