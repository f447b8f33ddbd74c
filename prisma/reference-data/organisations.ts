// Who is in the database of a fresh embedded stack. The AP Academy and the Year 11 providers of 2024-25 are in CAP's documents; all others are
// samples and say so, and every mailbox is at example.test, which no mail can leave for.
import { courseLineProblems, type ListedCourse } from '../../domain/courses';
import type { SafeguardingLead } from '../../domain/safeguardingLeads';
import type { Site } from '../../domain/sites';
import type { Sector } from '../../domain/words';

/** A school that applies, or a provider that takes students. */
export interface Organisation {
  /** Its name in the engine: `SCH-A`. */
  readonly code: string;
  readonly kind: 'school' | 'provider';
  /** Of a school: its partnership, or that it is outside Coventry (R22). */
  readonly sector?: Sector;
  readonly name: string;
  /** Whether it has bought the SLA (R6); false for a provider. */
  readonly sla: boolean;
  readonly mailbox: string;
}

/** Where e-mails go that are for a team rather than an organisation, by its party. */
export const teamMailboxes: Readonly<Record<string, string>> = {
  cap: 'cap@example.test',
  'panel:review-and-authorisation': 'review-and-authorisation-panel@example.test',
  'panel:multi-agency': 'multi-agency-panel@example.test',
  'panel:headteacher-placement': 'headteacher-placement-meeting@example.test',
};

/** The providers of Year 11 Bespoke in 2024-25 (R86). What they offer is not in the documents but as a programme of two days a week all year (R87). */
const year11Providers = [
  { code: 'TP-WORK-N-LEARN', name: "Work 'N' Learn" },
  { code: 'TP-LUMEN', name: 'Lumen Academy' },
  { code: 'TP-MW-IMPACT', name: 'MW Impact' },
  { code: 'TP-INTUITIVE', name: 'Intuitive Thinking Skills' },
  { code: 'TP-OUTDOOR', name: 'Outdoor Education Service' },
];

export const organisations: readonly Organisation[] = [
  {
    code: 'SCH-A',
    kind: 'school',
    sector: 'secondary',
    name: 'Alderbrook School (fictitious)',
    sla: true,
    mailbox: 'sch-a@example.test',
  },
  {
    code: 'SCH-B',
    kind: 'school',
    sector: 'secondary',
    name: 'Birchfield School (fictitious)',
    sla: false,
    mailbox: 'sch-b@example.test',
  },
  { code: 'TP-ONE', kind: 'provider', name: 'First Steps Training (fictitious)', sla: false, mailbox: 'tp-one@example.test' },
  { code: 'TP-TWO', kind: 'provider', name: 'Second Wind Learning (fictitious)', sla: false, mailbox: 'tp-two@example.test' },
  {
    code: 'AP-ACADEMY',
    kind: 'provider',
    name: 'Coventry Alternative Provision Academy',
    sla: false,
    mailbox: 'ap-academy@example.test',
  },
  ...year11Providers.map(({ code, name }) => ({
    ...({ code, kind: 'provider', name, sla: false, mailbox: `${code.toLowerCase()}@example.test` } as const),
  })),
];

/**
 * @returns by their party the Designated Safeguarding Leads that organisations begin with, and CAP: nobody's names, and numbers that are kept for fiction.
 * The Year 11 providers have none, as an organisation has that has not said yet who they are.
 */
export function sampleLeads(all: readonly Organisation[]): Readonly<Record<string, readonly SafeguardingLead[]>> {
  const parties = all
    .filter(({ code }) => !year11Providers.some((each) => each.code === code))
    .map(({ kind, code }) => `${kind}:${code}`);
  const lead = (name: string, party: string, number: number): SafeguardingLead => ({
    ...{ name, telephone: `01632 960${String(number).padStart(3, '0')}` },
    email: `safeguarding@${(party.split(':')[1] ?? party).toLowerCase()}.example.test`,
  });
  return {
    cap: [lead('Sample Cap-Safeguarding-Lead', 'cap', 1), lead('Sample Cap-Deputy-Lead', 'cap', 2)],
    ...Object.fromEntries(parties.map((party, index) => [party, [lead('Sample Safeguarding-Lead', party, index + 11)]])),
  };
}

/** @returns by their provider the sites that it begins with, at addresses that are made up. The Year 11 providers have none, as one has that has not said yet where it is. */
export function sampleSites(all: readonly Organisation[]): Readonly<Record<string, readonly Site[]>> {
  const providers = all.filter(({ kind, code }) => kind === 'provider' && !year11Providers.some((each) => each.code === code));
  return Object.fromEntries(
    providers.map(({ code }, index) => [
      code,
      [
        { name: 'Main site', address: `${String(index + 1)} Sample Street (fictitious), Coventry`, telephone: null },
        ...(code === 'TP-ONE'
          ? [{ name: 'Workshop', address: '1 Sample Yard (fictitious), Coventry', telephone: '01632 960901' }]
          : []),
      ],
    ]),
  );
}

const sampleCourses: readonly ListedCourse[] = [
  { ...sample('T1-BICYCLES', 'Bicycle maintenance', 'work-based-learning', 'TP-ONE', 6), site: 'Workshop' },
  { ...sample('T1-CONSTRUCTION', 'Construction skills', 'work-based-learning', 'TP-ONE', 38), site: 'Main site' },
  sample('T1-CATERING', 'Catering and hospitality', 'employability-and-personal-development', 'TP-TWO', 12),
  { ...sample('INS-CHOICES', 'Choices and friendships', null, 'TP-ONE', 6), programme: 'insight' },
  { ...sample('INS-SUBSTANCES', 'Knowing about substances', null, 'TP-TWO', 8), programme: 'insight' },
  {
    ...sample('Y11-WORKSHOP', 'Workshop, mentoring and the way after Year 11', 'tier-3-year-11', 'TP-ONE', 12),
    programme: 'year-11-bespoke',
  },
];

function sample(
  code: string,
  title: string,
  category: ListedCourse['category'],
  provider: string,
  schoolWeeks: number,
): ListedCourse {
  return {
    ...{
      code,
      title: `${title} (sample)`,
      programme: 'tier-1-course',
      category,
      provider,
      schoolWeeks,
      places: null,
      days: null,
      site: null,
    },
  };
}

/** @returns the directory that a year begins with: samples, and for 2024-25 the Year 11 providers of the documents (R86) */
export function coursesOf(academicYear: string): readonly ListedCourse[] {
  const ofDocuments = year11Providers.map(({ code, name: title }): ListedCourse => ({
    ...{ code: code.replace('TP', 'Y11'), title, programme: 'year-11-bespoke', category: 'tier-3-year-11', provider: code },
    ...{ schoolWeeks: 38, places: null, days: null, site: null },
  }));
  const providers = organisations.map(({ code }) => code);
  return [...sampleCourses, ...(academicYear === '2024-25' ? ofDocuments : [])].filter(
    (course) => courseLineProblems(course, { academicYear, providers, sites: sampleSites(organisations) }).length === 0,
  );
}
