// What a school may have beside a placement, by tier and programme (R14-R19). The documents name one thing in several ways (C26): here it has
// one name. Whether it fits the student is for people to say.
import type { Programme } from './programme';
import type { ProgrammeCode } from './words';

export interface Support {
  readonly code: string;
  readonly title: string;
  /** Who gives it. */
  readonly by: string;
  readonly tiers: readonly Programme['tier'][];
  /** Absent: every programme of those tiers. */
  readonly programmes?: readonly ProgrammeCode[];
  /** Where it stands: a number of the requirements. */
  readonly rule: string;
}

const supports: readonly Support[] = [
  {
    code: 'external-mentor',
    title: 'A funded mentor from an external provider, where it fits',
    by: 'Youth Justice Service',
    tiers: [2, 3],
    rule: 'R14',
  },
  {
    code: 'prevention-and-diversion',
    title: 'A funded place in the Prevention & Diversion Project, where it fits',
    by: 'Youth Justice Service',
    tiers: [3],
    rule: 'R15',
  },
  {
    code: 'supporting-families-worker',
    title: 'A worker who supports the family, where it fits',
    by: 'Early Help',
    tiers: [3],
    rule: 'R16',
  },
  {
    code: 'semhl-outreach',
    title: 'Outreach of a SEMHL practitioner for the whole transfer',
    by: 'Specialist SEMHL Team',
    tiers: [3],
    programmes: ['supported-transfer'],
    rule: 'R17',
  },
  {
    code: 'academy-outreach',
    title: 'Outreach and training',
    by: 'AP Academy',
    tiers: [3],
    rule: 'R18',
  },
  {
    code: 'education-engagement',
    title: 'Additional advice and guidance',
    by: 'Education Engagement Team',
    tiers: [3],
    rule: 'R19',
  },
];

/** @returns what a school may have beside a placement of that programme. */
export function supportsOf({ tier, code }: Pick<Programme, 'tier' | 'code'>): Support[] {
  return supports.filter(({ tiers, programmes }) => tiers.includes(tier) && (programmes?.includes(code) ?? true));
}
