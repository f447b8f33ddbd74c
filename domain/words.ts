// The words of CAP as codes: one for each thing (requirements, part 1). Everything else in the project spells them from here.
import { forEachPanel, panelCodes, panelTitle, type IsoDate, type Term } from './calendar';

export type { PanelCode } from './calendar';

/** Names a programme in every year; those there are stand in `domain/programmes/`. */
export type ProgrammeCode = string;

/** A programme as it stood in one academic year, for example `flourish@2024-25`. */
export type ProgrammeKey = `${ProgrammeCode}@${string}`;

/** The year groups of a school, from the youngest on. */
export const yearGroups = [
  'Reception',
  'Year 1',
  'Year 2',
  'Year 3',
  'Year 4',
  'Year 5',
  'Year 6',
  'Year 7',
  'Year 8',
  'Year 9',
  'Year 10',
  'Year 11',
  'Year 12',
  'Year 13',
] as const;
export type YearGroup = (typeof yearGroups)[number];

/** Of which partnership a school is, or that it is of none in the city (R22). */
export const sectors = ['secondary', 'primary', 'out-of-area'] as const;
export type Sector = (typeof sectors)[number];

/**
 * Who may see a case and act in it. `panel` are those who lead a panel, its chair and vice chair, and decide; `member` who sits on it and reads. A person's grants are parties; a case's viewers are parties; e-mails go to parties.
 * `send` is the local authority's SEND team, which is invited to reviews (A12). `person` is one person, who is told of a seat of theirs. `system` is the workflow itself: its clock
 * and its messages. Nobody can be granted these two.
 */
export type Party =
  | 'cap'
  | 'audit'
  | 'ops'
  | 'send'
  | 'system'
  | `person:${string}`
  | `school:${string}`
  | `provider:${string}`
  | `panel:${string}`
  | `member:${string}`;

/** Who has the student during a placement, and the pack before it: a training provider, the AP Academy, or a receiving school. */
export type Host = Extract<Party, `school:${string}` | `provider:${string}`>;

/** Whom a case can wait for or tells, as it is shown to people and in the search attribute. */
export const roles = ['school', 'panel', 'provider', 'cap', 'send'] as const;
export type Role = (typeof roles)[number];

/** A role within a sentence. */
export const roleTitles: Record<Role, string> = {
  school: 'the school',
  panel: 'the panel chair',
  provider: 'the provider',
  cap: 'CAP',
  send: 'the SEND team',
};

export interface MeetingRef {
  readonly id: string;
  readonly day: IsoDate;
}

/** One term's share of a capacity (R13): 25 Refocus places in the autumn of 2024-25. */
export interface PlaceTerm {
  readonly academicYear: string;
  readonly term: Term;
}

export const panelTitles = forEachPanel(panelTitle);

/** @returns the codes of a table of titles, in its order. */
export function codesOf<T extends object>(titles: T): readonly (keyof T & string)[] {
  return Object.keys(titles) as (keyof T & string)[];
}

/** @returns the role of a party, as people are told whom a case waits for. */
export function roleOf(party: Party): Role {
  if (party.startsWith('school:')) return 'school';
  if (party.startsWith('provider:')) return 'provider';
  if (/^(?:panel|member|person):/.test(party)) return 'panel';
  return party === 'send' ? 'send' : 'cap';
}

/**
 * @param of the case: where a school receives its student, of the two it is said which
 * @returns whom a case waits for or tells, within a sentence: of several panels it is said which
 */
export function partyInWords(party: string, of: { readonly school: string; readonly host: string | null }): string {
  const role = roleOf(party as Party);
  if (role === 'school' && codeOf(party) !== of.school) return 'the receiving school';
  if (role === 'school' && of.host?.startsWith('school:')) return 'the home school';
  const panel = panelCodes.find((code) => code === codeOf(party as Party));
  if (role !== 'panel' || panel === undefined) return roleTitles[role];
  return `the ${party.startsWith('member:') ? 'members' : 'chair'} of the ${panelTitles[panel]}`;
}

/** @returns what stands behind the colon of a party: the code of a school, provider or panel; '' where there is none. */
export function codeOf(party: string): string {
  return party.slice(party.indexOf(':') + 1 || party.length);
}

/** @returns whether two codes are one to a reader: nobody tells `SCH-A` from `sch-a` in a list, or when it is said aloud */
export const isSameCode = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
