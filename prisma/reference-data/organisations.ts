// Who is in the database of a fresh embedded stack. Only the AP Academy is in CAP's documents; all others are samples and say so, and
// every mailbox is at example.test, which no mail can leave for.

/** A school that applies, or a provider that takes students. */
export interface Organisation {
  /** Its name in the engine: `SCH-A`. */
  readonly code: string;
  readonly kind: 'school' | 'provider';
  /** Of a school: its partnership, or that it is outside Coventry (R22). */
  readonly sector?: 'secondary' | 'primary' | 'out-of-area';
  readonly name: string;
  /** Whether it has bought the SLA (R6); false for a provider. */
  readonly sla: boolean;
  readonly mailbox: string;
}

/** A course of the directory (R107). */
export interface Course {
  readonly code: string;
  readonly title: string;
  readonly programme: 'tier-1-course' | 'insight' | 'year-11-bespoke';
  /** The code of the provider that runs it. */
  readonly provider: string;
  /** Its length: at Tier 1 from half a term to a year (R32), of Insight within its range (C1). */
  readonly schoolWeeks: number;
}

/** How many students a programme takes (R13, C12): two limits that hold independently. */
export interface Capacity {
  /** The programme's code without its year. */
  readonly programme: string;
  /** By the term of the start (C11). */
  readonly perTerm: number;
  readonly perYear: number;
}

/** Where e-mails go that are for a team rather than an organisation, by its party. */
export const teamMailboxes: Readonly<Record<string, string>> = {
  cap: 'cap@example.test',
  'panel:review-and-authorisation': 'review-and-authorisation-panel@example.test',
  'panel:multi-agency': 'multi-agency-panel@example.test',
  'panel:headteacher-placement': 'headteacher-placement-meeting@example.test',
};

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
];

export const courses: readonly Course[] = [
  { code: 'T1-BICYCLES', title: 'Bicycle maintenance (sample)', programme: 'tier-1-course', provider: 'TP-ONE', schoolWeeks: 6 },
  {
    code: 'T1-CONSTRUCTION',
    title: 'Construction skills (sample)',
    programme: 'tier-1-course',
    provider: 'TP-ONE',
    schoolWeeks: 38,
  },
  {
    code: 'T1-CATERING',
    title: 'Catering and hospitality (sample)',
    programme: 'tier-1-course',
    provider: 'TP-TWO',
    schoolWeeks: 12,
  },
  { code: 'INS-CHOICES', title: 'Choices and friendships (sample)', programme: 'insight', provider: 'TP-ONE', schoolWeeks: 6 },
  {
    code: 'INS-SUBSTANCES',
    title: 'Knowing about substances (sample)',
    programme: 'insight',
    provider: 'TP-TWO',
    schoolWeeks: 8,
  },
  {
    code: 'Y11-WORKSHOP',
    title: 'Workshop, mentoring and the way after Year 11 (sample)',
    programme: 'year-11-bespoke',
    provider: 'TP-ONE',
    schoolWeeks: 12,
  },
];

export const capacities: readonly Capacity[] = [{ programme: 'refocus', perTerm: 25, perYear: 75 }];
