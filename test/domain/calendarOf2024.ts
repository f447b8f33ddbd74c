// Coventry's calendar of 2024-25 for tests, typed from the holidays of requirements part 6 and GOV.UK's bank holidays, not from the code.
import type { Calendar } from '../../domain/calendar';

const academicYear = '2024-25';

export const calendarOf2024: Calendar = {
  closures: new Set([
    '2024-12-25',
    '2024-12-26',
    '2025-01-01',
    '2025-04-18',
    '2025-04-21',
    '2025-05-05',
    '2025-05-26',
    '2025-08-25',
  ]),
  halfTerms: [
    { academicYear, term: 'autumn', half: 1, firstDay: '2024-09-02', lastDay: '2024-10-25' },
    { academicYear, term: 'autumn', half: 2, firstDay: '2024-11-04', lastDay: '2024-12-20' },
    { academicYear, term: 'spring', half: 1, firstDay: '2025-01-06', lastDay: '2025-02-14' },
    { academicYear, term: 'spring', half: 2, firstDay: '2025-02-24', lastDay: '2025-04-11' },
    { academicYear, term: 'summer', half: 1, firstDay: '2025-04-28', lastDay: '2025-05-23' },
    { academicYear, term: 'summer', half: 2, firstDay: '2025-06-02', lastDay: '2025-07-21' },
  ],
};

/** The year and the one after it, whose terms are made up. */
export const twoYears: Calendar = {
  closures: calendarOf2024.closures,
  halfTerms: [
    ...calendarOf2024.halfTerms,
    { academicYear: '2025-26', term: 'autumn', half: 1, firstDay: '2025-09-03', lastDay: '2025-10-24' },
    { academicYear: '2025-26', term: 'autumn', half: 2, firstDay: '2025-11-03', lastDay: '2025-12-19' },
  ],
};
