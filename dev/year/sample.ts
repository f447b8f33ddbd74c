// Who else is in a year of casework, beside the demo people: more schools and providers, all plainly fictitious. They do not sign in.
import { organisations, courses, type Course, type Organisation } from '../../prisma/reference-data';
import { demoPeople, type DemoPerson } from '../people';

const school = (letter: string, name: string, sla: boolean): Organisation => ({
  ...{ code: `SCH-${letter}`, kind: 'school', sector: 'secondary', sla },
  ...{ name: `${name} (fictitious)`, mailbox: `sch-${letter.toLowerCase()}@example.test` },
});

const provider = (number: string, name: string): Organisation => ({
  ...{ code: `TP-${number}`, kind: 'provider', sla: false },
  ...{ name: `${name} (fictitious)`, mailbox: `tp-${number.toLowerCase()}@example.test` },
});

export const moreOrganisations: readonly Organisation[] = [
  school('C', 'Cedarholt School', true),
  school('D', 'Damson Lane School', true),
  school('E', 'Elderfield School', false),
  school('F', 'Firbank School', true),
  provider('THREE', 'Third Way Workshop'),
  provider('FOUR', 'Fourth Field Farm'),
];

export const yearOrganisations: readonly Organisation[] = [...organisations, ...moreOrganisations];

export const yearCourses: readonly Course[] = [
  ...courses,
  { code: 'T1-GARDENS', title: 'Gardens and animals (sample)', programme: 'tier-1-course', provider: 'TP-FOUR', schoolWeeks: 8 },
  { code: 'INS-ONLINE', title: 'Safe online (sample)', programme: 'insight', provider: 'TP-THREE', schoolWeeks: 6 },
  {
    ...{ code: 'Y11-OUTDOORS', title: 'Outdoors, and the way after Year 11 (sample)', programme: 'year-11-bespoke' },
    ...{ provider: 'TP-FOUR', schoolWeeks: 10 },
  },
];

/** One member of staff of each of those, who acts for it. */
export const morePeople: readonly DemoPerson[] = moreOrganisations.map(({ code, kind, name }) => ({
  id: `staff.${code.toLowerCase()}`,
  name: `Sample Staff ${code}`,
  email: `staff.${code.toLowerCase()}@example.test`,
  about: `staff of ${name}`,
  grants: [{ role: kind, scope: code }],
}));

export const yearPeople: readonly DemoPerson[] = [...demoPeople, ...morePeople];
