// Signed nights: once a night the heads of all timelines are written into one text, which is signed and kept apart from the records. Whoever writes a
// timeline anew, whole and consistent in itself, cannot make it end at the head that was signed.
import { addDays, type Instant, type IsoDate } from './calendar';
import type { EmailToWrite } from './emails';

/** The end of a timeline, as it was signed: the step at which it stood and the hash of its last entry, into which all before it went. */
export interface Head {
  readonly reference: string;
  readonly step: number;
  readonly head: string;
}

/** What is signed of a night. It names no child: references, numbers and hashes alone. */
export interface Night {
  readonly night: IsoDate;
  readonly at: Instant;
  /** The signed night before, by the digest of its text; null where there is none. */
  readonly before: { readonly night: IsoDate; readonly digest: string } | null;
  /** By reference. */
  readonly heads: readonly Head[];
}

const title = 'CAP Casework: heads of timelines';

/** @returns a night as the text that is signed: anybody can read it, and check its signature without this service */
export function nightText({ night, at, before, heads }: Night): string {
  const lines = [
    title,
    `night ${night}`,
    `at ${at}`,
    `before ${before === null ? 'none' : `${before.night} ${before.digest}`}`,
    `timelines ${String(heads.length)}`,
    ...heads.map(({ reference, step, head }) => `${reference} ${String(step)} ${head}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** @returns what such a text says; null for any other text */
export function readNight(text: string): Night | null {
  const [first, night = '', at = '', before = '', count, ...rest] = text.split('\n');
  const heads = rest.slice(0, -1).map((line) => {
    const [reference = '', step, head = ''] = line.split(' ');
    return { reference, step: Number(step), head };
  });
  const [day = '', digest] = wordsOf(before);
  const found: Night = {
    night: wordsOf(night)[0] ?? '',
    at: wordsOf(at)[0] ?? '',
    before: digest === undefined ? null : { night: day, digest },
    heads,
  };
  return first === title && count === `timelines ${String(heads.length)}` && nightText(found) === text ? found : null;
}

/** The words of a line after its first, which names it. */
const wordsOf = (line: string): string[] => line.split(' ').slice(1);

/** Why a signed night is not as it was kept, and in words. */
export const nightFaults = {
  missing: 'What was signed that night is not where it was kept.',
  altered: 'What was kept of that night is not what was signed.',
  'unknown-key': 'What was kept of that night is signed with a key that this service does not know.',
  row: 'The records do not say of that night what was signed.',
} as const;

export type NightFault = keyof typeof nightFaults;

/** So many days back the nights are looked at, and a case is held against the newest that holds. */
const nightsLookedAt = 31;

/** @returns the days whose nights are looked at, the newest first */
export function nightsUntil(today: IsoDate): IsoDate[] {
  return Array.from({ length: nightsLookedAt }, (_, back) => addDays(today, -back));
}

/** @returns the name of a night, by which its e-mails lead to it: `NIGHT-2026-11-29` */
export function nightReference(night: IsoDate): string {
  return `NIGHT-${night}`;
}

/** What is known of a night: the digest in its row, and what was read of it where it is kept. */
export interface LookedAt {
  readonly night: IsoDate;
  /** Null where the records have no row of it. */
  readonly row: string | null;
  readonly kept: { readonly fault: Exclude<NightFault, 'row'> } | (Pick<Night, 'before'> & { readonly digest: string });
}

/** @returns the nights that are not as they were signed. A night of which nothing is known at all was none: no worker ran. */
export function faultyNights(looked: readonly LookedAt[]): { readonly night: IsoDate; readonly fault: NightFault }[] {
  const named = new Map(
    looked.flatMap(({ kept }) => ('fault' in kept || kept.before === null ? [] : [[kept.before.night, kept.before.digest]])),
  );
  return looked.flatMap(({ night, row, kept }) => {
    const fault = faultOf(row, named.get(night) ?? null, kept);
    return fault === null ? [] : [{ night, fault }];
  });
}

/** @param named the digest that the night after it names */
function faultOf(row: string | null, named: string | null, kept: LookedAt['kept']): NightFault | null {
  if ('fault' in kept) return kept.fault === 'missing' && row === null && named === null ? null : kept.fault;
  if (named !== null && named !== kept.digest) return 'altered';
  return row === kept.digest ? null : 'row';
}

/** Who hears of a night in which something did not hold: those who run the service, and those who look into it. */
export function nightEmails(alarms: number): EmailToWrite[] {
  if (alarms === 0) return [];
  const notices = [{ template: 'timelines-broken', alarms }] as const;
  return (['ops', 'audit'] as const).map((to) => ({ to, notices, awaited: [] }));
}
