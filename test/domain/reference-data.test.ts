// The calendar of 2024-25 as it must come out of CAP's two documents, the made-up years, and the sample organisations.
import {
  addDays,
  daysBetween,
  isSchoolDay,
  landsOn,
  nextMeetingOf,
  placementDates,
  weekday,
  type Cycle,
  readTable,
  type TableRow,
} from '../../domain/calendar';
import { coursesOf, organisations, referenceYear, sampleLeads, sampleSites, teamMailboxes } from '../../prisma/reference-data';
import { fictitiousYear } from '../../prisma/reference-data/fictitiousYear';
import { calendarOf2024 } from './calendarOf2024';

/** The end of a placement; null where the terms that are known do not reach so far. */
const endOf = (dates: ReturnType<typeof placementDates>) => ('end' in dates ? dates.end : null);

const year = referenceYear('2024-25');

function cycleOf(number: number): Cycle {
  const found = year.cycles.find((cycle) => cycle.number === number);
  if (found === undefined) throw new Error(`there is no cycle ${String(number)}`);
  return found;
}

const meetingIds = ({ meetings }: Cycle) => [
  meetings['review-and-authorisation']?.id,
  meetings['multi-agency']?.id,
  meetings['headteacher-placement']?.id,
];

function row(fields: Partial<TableRow>): TableRow {
  return {
    source: 'a test',
    items: 'Tier 3 – Supported Transfer',
    deadline: 'Wednesday 4th December',
    meetings: 'Tuesday 17th December',
    tier2Start: '',
    tier3Start: '',
    ...fields,
  };
}

describe("the documents' calendar of 2024-25", () => {
  test('has eleven cycles with the deadlines and Multi-Agency Panels of the brochure and the welcome pack', () => {
    expect(year.cycles.map(({ id, deadline, meetings }) => [id, deadline, meetings['multi-agency']?.day])).toEqual([
      ['2024-25-1', '2024-09-18', '2024-09-24'],
      ['2024-25-2', '2024-10-09', '2024-10-22'],
      ['2024-25-3', '2024-11-13', '2024-11-26'],
      ['2024-25-4', '2024-12-04', '2024-12-17'],
      ['2024-25-5', '2025-01-15', '2025-01-28'],
      ['2024-25-6', '2025-02-12', '2025-02-25'],
      ['2024-25-7', '2025-03-12', '2025-03-25'],
      ['2024-25-8', '2025-04-02', '2025-04-29'],
      ['2024-25-9', '2025-05-07', '2025-05-20'],
      ['2024-25-10', '2025-06-11', '2025-06-24'],
      ['2024-25-11', '2025-07-02', undefined],
    ]);
  });

  test('has 13 days from deadline to Multi-Agency Panel, 6 in the first cycle and 27 over Easter', () => {
    const days = year.cycles.flatMap(({ deadline, meetings }) => {
      const panel = meetings['multi-agency'];
      return panel === null ? [] : [daysBetween(deadline, panel.day)];
    });
    expect(days).toEqual([6, 13, 13, 13, 13, 13, 13, 27, 13, 13]);
  });

  test('takes Tuesday as Multi-Agency Panel, Thursday as Headteacher Placement Meeting, and puts Panel 1 on the working day before (C14)', () => {
    expect(meetingIds(cycleOf(4))).toEqual(['RAP-2024-12-16', 'MAP-2024-12-17', 'HPM-2024-12-19']);
    expect(meetingIds(cycleOf(8))).toEqual(['RAP-2025-04-28', 'MAP-2025-04-29', 'HPM-2025-05-01']);
    expect(year.warnings).toContain(
      'No row prints a day for the Review & Authorisation Panel: set to the working day before the Multi-Agency Panel',
    );
  });

  test('lets no panel oversee Supported Transfers of the first cycle, and of that cycle alone (C5, R94)', () => {
    const panels = year.cycles.map(({ items }) => items.find(({ programme }) => programme === 'supported-transfer')?.panels);
    expect(panels).toEqual([[], null, null, null, null, null, null, null, null, null, undefined]);
    expect(cycleOf(1).items.find(({ programme }) => programme === 'refocus')?.panels).toBeNull();
  });

  test('takes starts from the referral items, not from the columns of another row (C13)', () => {
    const starts = year.cycles.map(({ items }) =>
      items.flatMap(({ programme, cohortStart }) => (cohortStart === null ? [] : [`${programme} ${cohortStart}`])),
    );
    expect(starts).toEqual([
      ['refocus 2024-10-07'],
      ['refocus 2024-11-04'],
      [],
      ['flourish 2025-01-13', 'refocus 2025-01-27'],
      [],
      [],
      ['flourish 2025-04-28', 'refocus 2025-05-06'],
      [],
      [],
      [],
      ['flourish 2025-09-01', 'refocus 2025-09-01'],
    ]);
  });

  test('lists Year 11 Bespoke and Supported Transfer wherever the documents do', () => {
    const listing = (code: string) =>
      year.cycles.filter(({ items }) => items.some(({ programme }) => programme === code)).map(({ number }) => number);
    expect(listing('year-11-bespoke')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(listing('supported-transfer')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('has a cohort for every start that an item names (C10)', () => {
    for (const { items } of year.cycles) {
      for (const { programme, cohortStart } of items.filter((item) => item.cohortStart !== null)) {
        expect(year.cohorts.filter((cohort) => cohort.programme === programme && cohort.start === cohortStart)).toHaveLength(1);
      }
    }
    expect(year.warnings).toContain('Refocus of Monday 4 November 2024 is in a referral item but in no start column: kept (C10)');
  });

  test('takes Flourish of 16 September 2024 as filled in the academic year before (C17)', () => {
    const filledBefore = year.cohorts.filter(({ cycleId }) => cycleId === null);
    expect(filledBefore).toEqual([{ programme: 'flourish', academicYear: '2024-25', start: '2024-09-16', cycleId: null }]);
  });

  test('stores "Thursday 24 June" as Tuesday 24 June 2025, the Multi-Agency Panel, and warns (C15)', () => {
    expect(meetingIds(cycleOf(10))).toEqual(['RAP-2025-06-23', 'MAP-2025-06-24', undefined]);
    expect(year.warnings).toContain('Row 10 (S2): "Thursday 24 June" is a Tuesday: 2025-06-24 is kept (C15)');
  });

  test('decides on 2 July 2025 outside a meeting, for starts of the next academic year (C18)', () => {
    expect(meetingIds(cycleOf(11))).toEqual([undefined, undefined, undefined]);
    const cohorts = year.cohorts.filter(({ cycleId }) => cycleId === '2024-25-11');
    expect(cohorts.map(({ programme, academicYear }) => [programme, academicYear])).toEqual([
      ['flourish', '2025-26'],
      ['refocus', '2025-26'],
    ]);
    expect(year.warnings.filter((warning) => warning.includes('prints no day'))).toHaveLength(2);
  });

  test('warns of nothing else', () => {
    expect(year.warnings).toHaveLength(6);
  });

  test('has the terms and closures of requirements part 6', () => {
    expect(year.halfTerms).toEqual(calendarOf2024.halfTerms);
    expect(new Set(year.closures)).toEqual(calendarOf2024.closures);
    expect(year.fictitious).toBe(false);
  });

  test('agrees with the welcome pack, which words the same table otherwise and leaves the Thursdays out', () => {
    const welcomePack = `
      Tier 3 -Refocus (for 7 October Start Date) Tier 3 - Year 11 Bespoke Tier 3 - Supported Transfer to follow normal process i.e. no panel oversight | Wednesday 18 September | Tuesday 24 September | Monday 16 September |
      Tier 3 - Refocus (for 4 November Start Date) Tier 3 - Year 11 Bespoke Tier 3 - Supported Transfer | Wednesday 9 October | Tuesday 22 October | | Monday 7 October
      Tier 3 - Year 11 Bespoke Tier 3 - Supported Transfer | Wednesday 13 November | Tuesday 26 November | |
      Tier 2 - Flourish (for 13 January Start Date) Tier 3 - Refocus (for 27 January Start Date) Tier 3 - Year 11 Bespoke Tier 3 - Supported Transfer | Wednesday 4 December | Tuesday 17 December | |
      Tier 3 - Year 11 Bespoke Tier 3 - Supported Transfer | Wednesday 15 January | Tuesday 28 January | Monday 13 January | Monday 27 January
      Tier 3 - Year 11 Bespoke Tier 3 - Supported Transfer | Wednesday 12 February | Tuesday 25 February | |
      Tier 2 - Flourish (for 28 April Start Date) Tier 3 - Refocus (for 6 May Start Date) Tier 3 - Year 11 Bespoke Tier 3 - Supported Transfer | Wednesday 12 March | Tuesday 25 March | |
      Tier 3 - Year 11 Bespoke Tier 3 - Supported Transfer | Wednesday 2 April | Tuesday 29 April | Monday 28 April | Tuesday 6 May
      Tier 3 - Year 11 Bespoke Tier 3 - Supported Transfer | Wednesday 7 May | Tuesday 20 May | |
      Tier 3 - Supported Transfer | Wednesday 11 June | Thursday 24 June | |
      Tier 2 approval (For September 2025 start) Tier 3 approval (For September 2025 start) | Wednesday 2 July | N/A | |`;
    const rows = welcomePack
      .trim()
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map(([items = '', deadline = '', meetings = '', tier2Start = '', tier3Start = '']) =>
        row({ source: 'S2', items, deadline, meetings, tier2Start, tier3Start }),
      );
    const read = readTable(rows, '2024-25');
    const withoutThursdays = year.cycles.map((cycle) => ({
      ...cycle,
      meetings: { ...cycle.meetings, 'headteacher-placement': null },
    }));
    expect(read.cycles).toEqual(withoutThursdays);
    expect(read.cohorts).toEqual(year.cohorts);
  });

  test('puts an application where CAP would have put it', () => {
    const landing = (programme: string, received: string) => landsOn(programme, received, year.cycles);
    expect(landing('flourish', '2024-12-04T17:00:00.000Z')?.item.cohortStart).toBe('2025-01-13');
    expect(landing('flourish', '2024-12-05T09:00:00.000Z')?.item.cohortStart).toBe('2025-04-28');
    expect(landing('refocus', '2024-09-18T22:30:00.000Z')?.item.cohortStart).toBe('2024-10-07');
    expect(landing('refocus', '2024-09-18T23:30:00.000Z')?.item.cohortStart).toBe('2024-11-04');
    expect(landing('flourish', '2025-03-13T09:00:00.000Z')?.cycle.id).toBe('2024-25-11');
    expect(landing('refocus', '2025-07-03T09:00:00.000Z')).toBeNull();
    expect(nextMeetingOf('review-and-authorisation', '2024-12-16', year.cycles)?.meeting.id).toBe('RAP-2025-01-27');
  });
});

describe('the reader of the calendar says what it cannot make out', () => {
  const warningsOf = (fields: Partial<TableRow>) =>
    readTable([row(fields)], '2024-25').warnings.filter((warning) => warning.startsWith('Row 1 (a test)'));

  test('a day that does not exist, or no day at all', () => {
    expect(warningsOf({ meetings: 'Tuesday 31st November' })[0]).toMatch(/"Tuesday 31st November" does not exist/);
    expect(warningsOf({ meetings: 'to follow' })).toEqual(['Row 1 (a test): "to follow" names no day: the cycle has no meeting']);
    expect(readTable([row({ deadline: 'soon' })], '2024-25')).toEqual({
      cycles: [],
      cohorts: [],
      warnings: ['Row 1 (a test): "soon" is no deadline: the row is left out'],
    });
  });

  test('a table of another year, in one sentence before all others and without one for each day (C15)', () => {
    const { warnings } = readTable([row({})], '2027-28');
    expect(warnings[0]).toMatch(/^\d+ of \d+ printed weekdays are not those of 2027-28: this may be the table of another year$/);
    expect(warnings.filter((warning) => warning.includes('(C15)'))).toEqual([]);
    expect(readTable([row({})], '2024-25').warnings.join()).not.toContain('another year');
  });

  test('a meeting on another day of the week, or before its deadline', () => {
    expect(warningsOf({ meetings: 'Friday 20th December' })[0]).toMatch(/neither Tuesday nor Thursday/);
    expect(warningsOf({ meetings: 'Tuesday 3rd December' })).toHaveLength(2);
  });

  test('an item that no panel decides, or whose cohort has no start or begins too early (C10)', () => {
    expect(warningsOf({ items: 'Tier 2 – Insight' })[0]).toMatch(/names no programme that a panel decides/);
    expect(warningsOf({ items: 'Tier 3 – Refocus' })[0]).toMatch(/no cohort to join/);
    expect(warningsOf({ items: 'Tier 3 – Refocus (for 9th December Start Date)' })).toEqual([
      'Row 1 (a test): Refocus of Monday 9 December 2024 begins before it is decided',
    ]);
  });

  test('nothing of a start of the next academic year whose day is printed, with its year', () => {
    const read = readTable(
      [row({ items: 'Tier 2 – Flourish (for Monday 8 September 2025)', tier2Start: '16 September' })],
      '2024-25',
    );
    expect(read.cohorts.map(({ start, academicYear }) => [start, academicYear])).toEqual([
      ['2024-09-16', '2024-25'],
      ['2025-09-08', '2025-26'],
    ]);
    expect(read.warnings.filter((warning) => warning.includes('September 2025'))).toEqual([]);
  });

  test('a start column that no item bears out (C13)', () => {
    expect(warningsOf({ tier3Start: 'Monday 24th February' })[0]).toMatch(/in a start column but in no referral item: left out/);
  });

  test('an academic year that is none', () => {
    expect(() => readTable([], '2024')).toThrow(/is not an academic year/);
    expect(() => readTable([], '2024-26')).toThrow(RangeError);
  });
});

describe('a made-up year', () => {
  const years = Array.from({ length: 40 }, (_, index) => `${String(2025 + index)}-${String(26 + index).padStart(2, '0')}`);

  test('follows the habits of schools: its rule gives the terms of 2024-25 but for the last day', () => {
    const byRule = fictitiousYear('2024-25').halfTerms;
    expect(byRule.slice(0, -1)).toEqual(calendarOf2024.halfTerms.slice(0, -1));
    expect(byRule.at(-1)).toEqual({
      academicYear: '2024-25',
      term: 'summer',
      half: 2,
      firstDay: '2025-06-02',
      lastDay: '2025-07-18',
    });
  });

  test.each(years)('%s has terms of school days, a cycle a month and three cohorts of each programme', (academicYear) => {
    const { halfTerms, closures, cycles, cohorts, fictitious } = referenceYear(academicYear);
    const calendar = { halfTerms, closures: new Set(closures) };
    expect(fictitious).toBe(true);
    expect(halfTerms.flatMap(({ term, half }) => `${term} ${String(half)}`)).toEqual(
      ['autumn', 'spring', 'summer'].flatMap((term) => [`${term} 1`, `${term} 2`]),
    );
    const edges = halfTerms.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]);
    expect(edges).toEqual([...new Set(edges)].sort());
    expect(edges.filter((day) => !isSchoolDay(day, calendar))).toEqual([]);

    const [, christmas = '', , beforeEaster = '', beforeMay = ''] = halfTerms.map(({ lastDay }) => lastDay);
    expect(christmas.slice(5) >= '12-17' && christmas.slice(5) <= '12-23').toBe(true);
    expect(closures).toContain(addDays(beforeEaster, 7)); // Good Friday
    expect(closures).toContain(addDays(beforeMay, 3)); // the bank holiday on the last Monday of May

    expect(cycles.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(cycles.map(({ deadline }) => Number(deadline.slice(5, 7)))).toEqual([9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]);
    expect(cycles.filter(({ deadline }) => weekday(deadline) !== 3)).toEqual([]);
    const panels = cycles.slice(0, -1).map(({ deadline, meetings }) => {
      const days = Object.values(meetings).map((meeting) => meeting?.day ?? '');
      expect([deadline, ...days]).toEqual([deadline, ...days].sort());
      expect(days.slice(1).filter((day) => !isSchoolDay(day, calendar))).toEqual([]);
      return days[1] ?? '';
    });
    expect(panels).toEqual([...new Set(panels)].sort());

    for (const programme of ['flourish', 'refocus']) {
      expect(cohorts.filter((cohort) => cohort.programme === programme)).toHaveLength(3);
    }
    for (const { programme, start, cycleId } of cohorts) {
      const cycle = cycles.find(({ id }) => id === cycleId);
      expect(cycle?.items.filter((item) => item.programme === programme && item.cohortStart === start)).toHaveLength(1);
      expect(addDays(cycle?.meetings['multi-agency']?.day ?? cycle?.deadline ?? '', 13) <= start).toBe(true);
    }
  });

  test('2026-27 has its cohorts, its first cycle and the decision in July for the autumn after it', () => {
    const { cycles, cohorts } = referenceYear('2026-27');
    expect(cohorts.map(({ programme, start, cycleId }) => `${programme} ${start} ${String(cycleId)}`).sort()).toEqual([
      'flourish 2027-01-11 2026-27-4',
      'flourish 2027-04-12 2026-27-7',
      'flourish 2027-09-13 2026-27-11',
      'refocus 2026-10-05 2026-27-1',
      'refocus 2027-01-04 2026-27-4',
      'refocus 2027-05-04 2026-27-8',
    ]);
    expect(cycles[0]?.deadline).toBe('2026-09-09');
    expect(cycles.slice(0, 1).map(meetingIds)).toEqual([['RAP-2026-09-21', 'MAP-2026-09-22', 'HPM-2026-09-24']]);
    expect(cycles.slice(10).map(meetingIds)).toEqual([[undefined, undefined, undefined]]);
  });

  test('goes on from the year before without a gap, so that a placement can run from one into the next', () => {
    const twoYears = ['2024-25', '2025-26'].map(referenceYear);
    const calendar = {
      halfTerms: twoYears.flatMap(({ halfTerms }) => halfTerms),
      closures: new Set(twoYears.flatMap(({ closures }) => closures)),
    };
    expect(endOf(placementDates('2025-06-23', 10, { withinTerm: false }, calendar))).toBe('2025-10-03');
  });

  test('has Refocus end with the term, as the cohorts of 2024-25 did', () => {
    const { halfTerms, closures, cohorts } = referenceYear('2025-26');
    const calendar = { halfTerms, closures: new Set(closures) };
    const ends = cohorts
      .filter(({ programme }) => programme === 'refocus')
      .map(({ start }) => endOf(placementDates(start, 10, { withinTerm: false }, calendar)));
    expect(ends).toEqual(['2025-12-19', '2026-03-27', '2026-07-17']);
  });

  test('is the same at every call, and refused before 2020-21', () => {
    expect(referenceYear('2026-27')).toEqual(referenceYear('2026-27'));
    expect(() => referenceYear('2019-20')).toThrow(RangeError);
    expect(() => referenceYear('next year')).toThrow(/write it as 2024-25/);
  });
});

describe('the sample organisations', () => {
  test('say that they are samples, but for the AP Academy and the Year 11 providers of 2024-25, which are in the documents (R86)', () => {
    const named = organisations.filter(({ name }) => !name.includes('(fictitious)'));
    expect(named.map(({ name }) => name)).toEqual([
      'Coventry Alternative Provision Academy',
      ...["Work 'N' Learn", 'Lumen Academy', 'MW Impact', 'Intuitive Thinking Skills', 'Outdoor Education Service'],
    ]);
    expect(coursesOf('2025-26').filter(({ title }) => !title.includes('(sample)'))).toEqual([]);
  });

  test('give Year 11 Bespoke in 2024-25 as the documents list them, and in no other year (R86, R107)', () => {
    const providersIn = (year: string) =>
      coursesOf(year).flatMap(({ programme, provider }) => (programme === 'year-11-bespoke' ? [provider] : []));
    const listed = ['TP-WORK-N-LEARN', 'TP-LUMEN', 'TP-MW-IMPACT', 'TP-INTUITIVE', 'TP-OUTDOOR'];
    expect([providersIn('2024-25'), providersIn('2025-26')]).toEqual([['TP-ONE', ...listed], ['TP-ONE']]);
  });

  test('offer in each year what its values permit: an Insight course of eight weeks from 2025-26 on (C1)', () => {
    const offers = (year: string) => coursesOf(year).some(({ code }) => code === 'INS-SUBSTANCES');
    expect([offers('2024-25'), offers('2025-26')]).toEqual([false, true]);
  });

  test('are two schools, one with the SLA and one without, and providers for every course', () => {
    const codesOf = (kind: string) => organisations.filter((one) => one.kind === kind).map(({ code }) => code);
    expect(codesOf('school')).toEqual(['SCH-A', 'SCH-B']);
    expect(organisations.filter(({ sla }) => sla).map(({ code }) => code)).toEqual(['SCH-A']);
    expect(coursesOf('2024-25').filter(({ provider }) => !codesOf('provider').includes(provider))).toEqual([]);
  });

  test('have mailboxes that no mail can reach from here', () => {
    const mailboxes = [...organisations.map(({ mailbox }) => mailbox), ...Object.values(teamMailboxes)];
    expect(mailboxes.filter((mailbox) => !mailbox.endsWith('@example.test'))).toEqual([]);
  });

  test('have safeguarding leads whom nobody can reach from here: no real names, numbers that are kept for fiction', () => {
    const leads = Object.values(sampleLeads(organisations)).flat();
    expect(leads.length).toBeGreaterThan(5);
    for (const { name, telephone, email } of leads) {
      expect([name, telephone, email]).toEqual([
        expect.stringMatching(/^Sample /),
        expect.stringMatching(/^01632 960\d{3}$/),
        expect.stringMatching(/\.example\.test$/),
      ]);
    }
  });

  test('have sites that are nowhere: made-up addresses that say so, numbers that are kept for fiction', () => {
    const sites = Object.values(sampleSites(organisations)).flat();
    expect(sites.length).toBeGreaterThan(3);
    for (const { address, telephone } of sites) {
      expect(address).toContain('(fictitious)');
      expect(telephone ?? '01632 960000').toMatch(/^01632 960\d{3}$/);
    }
  });
});
