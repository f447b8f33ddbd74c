// 2024-25 as CAP printed it: the table of the graduated-model brochure (S1) in its own words, with the one row that only the welcome
// pack has (S2), and the terms of Coventry's schools. The panels' past meetings are rows; they have no workflows.
import { bankHolidaysOf, readTable, type HalfTerm, type TableRow } from '../../domain/calendar';
import type { AcademicYear } from './academicYear';

const academicYear = '2024-25';

const rows: readonly TableRow[] = [
  {
    source: 'S1',
    items:
      'Tier 3 – Refocus (for 7th October Start Date) Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer to follow normal process i.e. no panel oversight',
    deadline: 'Wednesday 18th September',
    meetings: 'Tuesday 24th September Thursday 26th September',
    tier2Start: 'Monday 16th September',
    tier3Start: '',
  },
  {
    source: 'S1',
    items: 'Tier 3 – Refocus (for 4th November Start Date) Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer',
    deadline: 'Wednesday 9th October',
    meetings: 'Tuesday 22nd October Thursday 24th October',
    tier2Start: '',
    tier3Start: 'Monday 7th October',
  },
  {
    source: 'S1',
    items: 'Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer',
    deadline: 'Wednesday 13th November',
    meetings: 'Tuesday 26th November Thursday 28th November',
    tier2Start: '',
    tier3Start: '',
  },
  {
    source: 'S1',
    items:
      'Tier 2 – Flourish (for 13th January Start Date) Tier 3 – Refocus (for 27th January Start Date) Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer',
    deadline: 'Wednesday 4th December',
    meetings: 'Tuesday 17th December Thursday 19th December',
    tier2Start: '',
    tier3Start: '',
  },
  {
    source: 'S1',
    items: 'Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer',
    deadline: 'Wednesday 15th January',
    meetings: 'Tuesday 28th January Thursday 30th January',
    tier2Start: 'Monday 13th January',
    tier3Start: 'Monday 27th January',
  },
  {
    source: 'S1',
    items: 'Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer',
    deadline: 'Wednesday 12th February',
    meetings: 'Tuesday 25th February Thursday 27th February',
    tier2Start: '',
    tier3Start: '',
  },
  {
    source: 'S1',
    items:
      'Tier 2 – Flourish (for 28th April Start Date) Tier 3 – Refocus (for 6th May Start Date) Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer',
    deadline: 'Wednesday 12th March',
    meetings: 'Tuesday 25th March Thursday 27th March',
    tier2Start: '',
    tier3Start: '',
  },
  {
    source: 'S1',
    items: 'Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer',
    deadline: 'Wednesday 2nd April',
    meetings: 'Tuesday 29th April Thursday 1st May',
    tier2Start: 'Monday 28th April',
    tier3Start: 'Tuesday 6th May',
  },
  {
    source: 'S1',
    items: 'Tier 3 – Year 11 Bespoke Tier 3 – Supported Transfer',
    deadline: 'Wednesday 7th May',
    meetings: 'Tuesday 20th May Thursday 22nd May',
    tier2Start: '',
    tier3Start: '',
  },
  {
    source: 'S2',
    items: 'Tier 3 - Supported Transfer',
    deadline: 'Wednesday 11 June',
    meetings: 'Thursday 24 June',
    tier2Start: '',
    tier3Start: '',
  },
  {
    source: 'S1',
    items: 'Tier 2 approval (For September 2025 start) Tier 3 approval (For September 2025 start)',
    deadline: 'Wednesday 2nd July',
    meetings: 'N/A',
    tier2Start: '',
    tier3Start: '',
  },
];

const halfTerms: readonly HalfTerm[] = [
  { academicYear, term: 'autumn', half: 1, firstDay: '2024-09-02', lastDay: '2024-10-25' },
  { academicYear, term: 'autumn', half: 2, firstDay: '2024-11-04', lastDay: '2024-12-20' },
  { academicYear, term: 'spring', half: 1, firstDay: '2025-01-06', lastDay: '2025-02-14' },
  { academicYear, term: 'spring', half: 2, firstDay: '2025-02-24', lastDay: '2025-04-11' },
  { academicYear, term: 'summer', half: 1, firstDay: '2025-04-28', lastDay: '2025-05-23' },
  { academicYear, term: 'summer', half: 2, firstDay: '2025-06-02', lastDay: '2025-07-21' },
];

/** The academic year of the documents. The council's own closures are not in them, so only bank holidays are. */
export const documentedYear: AcademicYear = {
  academicYear,
  fictitious: false,
  halfTerms,
  closures: bankHolidaysOf(academicYear),
  ...readTable(rows, academicYear),
};
