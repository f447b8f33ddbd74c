// A coming year's cycles are proposed from its terms: of the terms of 2024-25 comes the table that CAP printed (R93-R95).
import fc from 'fast-check';
import {
  addDays,
  bankHolidaysOf,
  daysBetween,
  isSchoolDay,
  isWorkingDay,
  placementDates,
  printTable,
  proposedCycles,
  readTable,
  rowsOfTable,
  weekday,
  type Calendar,
  type Cycle,
} from '../../domain/calendar';
import { referenceYear } from '../../prisma/reference-data';
import { calendarOf2024 } from './calendarOf2024';

const proposed = (year: string, calendar: Calendar): Cycle[] => [...(proposedCycles(year, calendar)?.cycles ?? [])];
const of2024 = proposed('2024-25', calendarOf2024);
/** CAP's own table of 2024-25. */
const { cycles: printed } = referenceYear('2024-25');
const daysOf = ({ meetings }: Cycle) => Object.values(meetings).map((meeting) => meeting?.day ?? null);

test.each(printed.map((cycle) => [cycle.number, cycle] as const))(
  'of the terms of 2024-25 comes row %i of the table as CAP printed it: deadline, panels, items (C5, C13-C18)',
  (number, cycle) => {
    const { deadline, items, meetings } = of2024[number - 1] as Cycle;
    expect([deadline, items]).toEqual([cycle.deadline, cycle.items]);
    // Row 10 prints one day alone, the panel's Tuesday (C15): the heads' Thursday after it is a proposal.
    const { 'headteacher-placement': heads, ...panels } = meetings;
    const { 'headteacher-placement': printedHeads, ...printedPanels } = cycle.meetings;
    expect(panels).toEqual(printedPanels);
    expect(heads?.day ?? null).toBe(number === 10 ? '2025-06-26' : (printedHeads?.day ?? null));
  },
);

test('it has as many rows as CAP printed, and nothing about it to look at', () => {
  expect(of2024.length).toBe(printed.length);
  expect(proposedCycles('2024-25', calendarOf2024)?.warnings).toEqual([]);
});

test('the panel meets 13 days after the deadline, 6 in the first cycle, 27 over Easter', () => {
  const days = of2024.flatMap(({ deadline, meetings }) => {
    const panel = meetings['multi-agency'];
    return panel ? [daysBetween(deadline, panel.day)] : [];
  });
  expect(days).toEqual([6, 13, 13, 13, 13, 13, 13, 27, 13, 13]);
});

/** Years with made-up terms, of which some begin, break and end elsewhere. */
const years = ['2024-25', '2025-26', '2026-27', '2027-28', '2028-29', '2029-30'];
const calendarOf = (year: string): Calendar => {
  const { halfTerms, closures } = referenceYear(year);
  return { halfTerms, closures: new Set(closures) };
};

describe.each(years)('the proposal of %s', (year) => {
  const calendar = calendarOf(year);
  const cycles = proposed(year, calendar);

  test('has about a cycle a month, in their order, with deadlines on Wednesdays when schools are open', () => {
    expect(cycles.length).toBeGreaterThanOrEqual(9);
    expect(cycles.length).toBeLessThanOrEqual(13);
    const deadlines = cycles.map(({ deadline }) => deadline);
    expect(deadlines).toEqual([...deadlines].sort());
    expect(deadlines.every((day) => weekday(day) === 3 && isSchoolDay(day, calendar))).toBe(true);
  });

  test('has panels on school days: Multi-Agency on a Tuesday, the heads on its Thursday, Review & Authorisation on the working day before', () => {
    for (const { meetings, deadline } of cycles.slice(0, -1)) {
      const day = meetings['multi-agency']?.day ?? '';
      expect([weekday(day), isSchoolDay(day, calendar)]).toEqual([2, true]);
      expect(meetings['headteacher-placement']?.day).toBe(addDays(day, 2));
      const review = meetings['review-and-authorisation']?.day ?? '';
      expect([review < day, review > deadline, isWorkingDay(review, calendar)]).toEqual([true, true, true]);
      expect(daysBetween(deadline, day) === 13 || deadline === cycles[0]?.deadline || daysBetween(deadline, day) > 13).toBe(true);
    }
  });

  test('ends with a cycle without a meeting, for the starts of September (R95, C18)', () => {
    const last = cycles.at(-1);
    expect(last && daysOf(last)).toEqual([null, null, null]);
    expect(last?.items.map(({ programme, cohortStart }) => [programme, cohortStart?.slice(5, 7)])).toEqual([
      ['flourish', '09'],
      ['refocus', '09'],
    ]);
  });

  test('lists Supported Transfer wherever a panel meets, overseen by none in the first cycle (R94, C5)', () => {
    const panels = cycles.flatMap(({ items }) =>
      items.filter(({ programme }) => programme === 'supported-transfer').map((item) => item.panels),
    );
    expect(panels).toEqual([[], ...Array.from({ length: cycles.length - 2 }, () => null)]);
  });

  test('has cohorts that begin after their panel and end with a term (C8, C9)', () => {
    const items = cycles
      .slice(0, -1)
      .flatMap((cycle) => cycle.items.map((item) => ({ ...item, panel: cycle.meetings['multi-agency']?.day ?? '' })));
    const starts = items.filter(({ cohortStart }) => cohortStart !== null);
    expect(starts.map(({ programme }) => programme).sort()).toEqual([
      'flourish',
      'flourish',
      'refocus',
      'refocus',
      'refocus',
      'refocus',
    ]);
    const lastDays = calendar.halfTerms.flatMap(({ half, lastDay }) => (half === 2 ? [lastDay] : []));
    for (const { programme, cohortStart, panel } of starts) {
      const start = cohortStart ?? '';
      expect([panel < start, isSchoolDay(start, calendar)]).toEqual([true, true]);
      const weeks = programme === 'flourish' ? 12 : start === calendar.halfTerms[1]?.firstDay ? 7 : 10;
      const dates = placementDates(start, weeks, { withinTerm: true }, calendar);
      const end = 'end' in dates ? dates.end : '';
      expect(lastDays.some((day) => end <= day && daysBetween(end, day) < 7)).toBe(true);
    }
  });

  test('printed as a table and read again is the same', () => {
    const { rows, problems } = rowsOfTable(printTable(cycles), 'proposal');
    expect(problems).toEqual([]);
    const read = readTable(rows, year, calendar.closures);
    expect(read.cycles).toEqual(cycles);
    // What is left to look at: the days of Review & Authorisation, which no table prints, and of September, which are not set.
    expect(read.warnings.filter((warning) => !/No row prints a day|prints no day|in no start column/.test(warning))).toEqual([]);
  });
});

test('a closure on the day of a panel moves it: no panel meets when schools or the council are closed', () => {
  fc.assert(
    fc.property(
      fc.subarray(
        of2024.flatMap(daysOf).flatMap((day) => day ?? []),
        { maxLength: 6 },
      ),
      (closed) => {
        const calendar = { ...calendarOf2024, closures: new Set([...calendarOf2024.closures, ...closed]) };
        const days = proposed('2024-25', calendar).flatMap(daysOf);
        expect(days.filter((day) => day !== null && !isWorkingDay(day, calendar))).toEqual([]);
      },
    ),
  );
});

test('a start that comes soon after its panel is told, for somebody to look at', () => {
  // Autumn of fourteen weeks: Refocus of ten weeks begins in the fifth, six days after the first panel.
  const [first, ...rest] = calendarOf2024.halfTerms;
  const later = { ...calendarOf2024, halfTerms: first ? [{ ...first, firstDay: '2024-09-09' }, ...rest] : [] };
  expect(proposedCycles('2024-25', later)?.warnings).toEqual(['Refocus of Monday 7 October 2024 begins 6 days after its panel.']);
});

test('where a half-term of the year is not known nothing is proposed', () => {
  expect(proposedCycles('2025-26', calendarOf2024)).toBeNull();
  expect(proposedCycles('2024-25', { ...calendarOf2024, halfTerms: calendarOf2024.halfTerms.slice(1) })).toBeNull();
  expect(() => proposedCycles('2019-20', calendarOf2024)).toThrow(RangeError);
});

test('bank holidays count, whether the closures name them or not', () => {
  expect(bankHolidaysOf('2024-25')).toContain('2025-05-05');
  expect(proposed('2024-25', { ...calendarOf2024, closures: new Set() })).toEqual(of2024);
});
