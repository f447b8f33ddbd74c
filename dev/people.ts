// The demo people of the embedded stack, plainly fictitious: who can sign in, and what they may do in a fresh database.

export interface Grant {
  readonly role: 'school' | 'chair' | 'member' | 'provider' | 'cap' | 'ops' | 'send' | 'auditor';
  /** The code of the school, panel or provider that the role is for; null for a role in CAP as a whole. */
  readonly scope: string | null;
}

export interface DemoPerson {
  /** Names them in our records; the embedded issuer knows them by the same. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** What they are, for people. */
  readonly about: string;
  readonly grants: readonly Grant[];
}

const person = (
  id: string,
  name: string,
  about: string,
  role: Grant['role'],
  scope: string | null = null,
  others: readonly Grant[] = [],
): DemoPerson => ({
  id,
  name,
  about,
  email: `${id}@example.test`,
  grants: [{ role, scope }, ...others],
});

export const demoPeople: readonly DemoPerson[] = [
  person('school.alder', 'Sample Alder-Staff', 'staff of Alderbrook School (fictitious)', 'school', 'SCH-A'),
  person('school.birch', 'Sample Birch-Staff', 'staff of Birchfield School (fictitious)', 'school', 'SCH-B'),
  person('chair.review', 'Sample Review-Chair', 'chair of the Review & Authorisation Panel', 'chair', 'review-and-authorisation'),
  person(
    'vicechair.review',
    'Sample Review-Vicechair',
    'vice chair of the Review & Authorisation Panel',
    'chair',
    'review-and-authorisation',
  ),
  person('chair.multiagency', 'Sample Multiagency-Chair', 'chair of the Multi-Agency Panel', 'chair', 'multi-agency'),
  person(
    'chair.placement',
    'Sample Placement-Chair',
    'chair of the Headteacher Placement Meeting',
    'chair',
    'headteacher-placement',
  ),
  person('member.attendance', 'Sample Attendance-Member', 'sits on both panels for Attendance', 'member', 'multi-agency', [
    { role: 'member', scope: 'review-and-authorisation' },
  ]),
  person(
    'head.birch',
    'Sample Birch-Head',
    'headteacher of Birchfield School, sits on the Multi-Agency Panel',
    'member',
    'multi-agency',
    [{ role: 'school', scope: 'SCH-B' }],
  ),
  person('provider.one', 'Sample Provider-One', 'staff of First Steps Training (fictitious)', 'provider', 'TP-ONE'),
  person('provider.two', 'Sample Provider-Two', 'staff of Second Wind Learning (fictitious)', 'provider', 'TP-TWO'),
  person('academy', 'Sample Academy-Staff', 'staff of the AP Academy', 'provider', 'AP-ACADEMY'),
  person('cap.team', 'Sample Cap-Team', 'CAP team', 'cap'),
  person('cap.lead', 'Sample Cap-Lead', 'CAP team: gives the grants that a colleague asks for', 'cap'),
  person(
    'send.team',
    'Sample Send-Officer',
    'SEND team of the local authority: invited to reviews of students with an EHCP',
    'send',
  ),
  person('ops', 'Sample Ops', 'looks after the service', 'ops'),
  person('auditor', 'Sample Auditor', 'reads records and changes nothing', 'auditor'),
];

/** Who usually sits on the panels of the demo, so that a meeting is held as it would be: with attendance, a quorum and minutes. */
export const demoPanels = {
  quorums: { 'review-and-authorisation': 2, 'multi-agency': 2 },
  seats: [
    { panel: 'review-and-authorisation', seat: 'chair', holder: 'chair.review', deputy: 'vicechair.review' },
    { panel: 'review-and-authorisation', seat: 'attendance', holder: 'member.attendance', deputy: null },
    { panel: 'multi-agency', seat: 'chair', holder: 'chair.multiagency', deputy: null },
    { panel: 'multi-agency', seat: 'attendance', holder: 'member.attendance', deputy: null },
    { panel: 'multi-agency', seat: 'headteacher-1', holder: 'head.birch', deputy: null },
  ],
} as const;

/** @returns the demo people with how they sign in at an issuer: each by their own id */
export function signingInAt(issuer: string) {
  return demoPeople.map((each) => ({ ...each, signIns: [{ issuer, subject: each.id }] }));
}

/** The demo people as lines for the screen. */
export function listPeople(people: readonly DemoPerson[] = demoPeople): string[] {
  const width = Math.max(...people.map(({ id }) => id.length));
  return people.map(({ id, about }) => `  ${id.padEnd(width)}  ${about}`);
}
