// The calendar of 2024-25 as CAP printed it, moved by whole weeks to begin in the week of a day: the time of the test server begins at the machine's.
import { academicYearOf, addDays, daysBetween, meetingOn, mondayOf, type Cycle, type IsoDate } from '../../domain/calendar';
import { openDatabase } from '../../records/database';
import { referenceYear, type AcademicYear } from '../../prisma/reference-data';
import { sampleReferenceData, seedReferenceData } from '../../prisma/seed';

/** Its first Monday with school. */
const begins = '2024-09-02';
/** Its last day of school, from that Monday on. */
const lastDay = 322;

/**
 * Enters the terms, closures, cycles and cohorts of 2024-25 in place of those of the coming years, and the terms of one more year after them. CAP has
 * added Tier 4, which it offers, to every cycle in which the Multi-Agency Panel meets.
 * @param ownerUrl the database, as the role that owns it
 * @returns the last day of school, and the meetings
 */
export async function enterCalendarOf2024(
  ownerUrl: string,
  today: IsoDate,
): Promise<{ readonly last: IsoDate; readonly meetings: readonly string[] }> {
  const first = mondayOf(today);
  const year = moved(referenceYear('2024-25'), daysBetween(begins, first), academicYearOf(today));
  const after = moved(referenceYear('2024-25'), daysBetween(begins, first) + 52 * 7, academicYearOf(addDays(today, 365)));
  const owner = openDatabase(ownerUrl, { connections: 1 });
  try {
    await owner.withModels(null, async (models) => {
      const later = { academicYear: { not: '2024-25' } };
      await models.cycle.deleteMany({ where: later });
      await models.cohort.deleteMany({ where: later });
      await models.halfTerm.deleteMany({ where: later });
    });
  } finally {
    await owner.close();
  }
  const terms = { ...after, cycles: [], cohorts: [] };
  await seedReferenceData(ownerUrl, { ...sampleReferenceData(today), years: [year, terms] });
  const meetings = year.cycles.flatMap((cycle) => Object.values(cycle.meetings).flatMap((meeting) => meeting?.id ?? []));
  return { last: addDays(first, lastDay), meetings };
}

function moved(year: AcademicYear, days: number, academicYear: string): AcademicYear {
  const to = (day: IsoDate) => addDays(day, days);
  const number = (id: string) => id.replace(year.academicYear, academicYear);
  const cycles = year.cycles.map((cycle): Cycle => {
    const meetings = Object.values(cycle.meetings).flatMap((each) => (each ? [meetingOn(each.panel, to(each.day))] : []));
    const items = cycle.items.map((item) => ({ ...item, cohortStart: item.cohortStart && to(item.cohortStart) }));
    const meets = cycle.meetings['multi-agency'] !== null;
    return {
      ...{ id: number(cycle.id), academicYear, number: cycle.number, deadline: to(cycle.deadline) },
      items: [...items, ...(meets ? [{ programme: 'tier-4', cohortStart: null, panels: null }] : [])],
      meetings: {
        'review-and-authorisation': null,
        'multi-agency': null,
        'headteacher-placement': null,
        ...Object.fromEntries(meetings.map((each) => [each.panel, each])),
      },
    };
  });
  return {
    academicYear,
    fictitious: true,
    halfTerms: year.halfTerms.map((half) => ({
      ...half,
      academicYear,
      firstDay: to(half.firstDay),
      lastDay: to(half.lastDay),
    })),
    closures: year.closures.map(to),
    cycles,
    cohorts: year.cohorts.map(({ programme, start, cycleId }) => ({
      ...{ programme, academicYear, start: to(start), cycleId: cycleId && number(cycleId) },
    })),
    warnings: [],
  };
}
