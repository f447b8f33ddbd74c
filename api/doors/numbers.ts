// The numbers of the partnership, each with its definition beside it (R4, R92, A20).
import { z } from 'zod';
import { allowanceWarning, includedPlacements } from '../../domain/allowance';
import { endOfLondonDay, daysOfAcademicYear, startOfLondonDay } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { closings } from '../../domain/state';
import { readAllowances } from '../../records/directory';
import { readNumbers } from '../../records/numbers';
import { door, type Door } from '../door';
import { academicYear, instant, programmeCode } from '../schemas';
import type { Services } from '../services';

const definition = z.string().meta({ description: 'What is counted, in words' });

export const numbers = z
  .strictObject({
    academicYear,
    from: instant,
    until: instant,
    applications: z.strictObject({
      definition,
      total: z.int(),
      by: z.array(z.strictObject({ programme: programmeCode, school: z.string(), count: z.int() })),
    }),
    outcomes: z.strictObject({ definition, issued: z.int(), inTime: z.int() }),
    starts: z.strictObject({ definition, confirmed: z.int(), medianDays: z.number().nullable() }),
    attendance: z.strictObject({ definition, marked: z.int(), attended: z.int() }),
    closed: z.strictObject({
      definition,
      by: z.array(z.strictObject({ because: z.enum(closings), count: z.int() })),
    }),
  })
  .meta({ id: 'Numbers' });

export const listOfAllowances = z.strictObject({
  definition,
  allowances: z.array(
    z.strictObject({
      school: z.string(),
      included: z.int(),
      used: z.int(),
      warning: z.string().nullable().meta({ description: 'null while some are left' }),
    }),
  ),
});

export function numberDoors({ database }: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/allowances/{academicYear}',
      name: 'allowances',
      summary: 'Of the schools with an SLA: how many of the Tier 1 placements that it pays the quality assurance for are used',
      about: 'Your own schools; for CAP all of them. Course fees are not part of it (R9).',
      tag: 'Numbers',
      who: 'signed-in',
      params: z.strictObject({ academicYear }),
      gives: {
        description: 'Each with a warning once all are used',
        body: listOfAllowances,
      },
      noted: true,
      handle: async ({ person, params: { academicYear: year } }) => {
        const found = await readAllowances(database, person, { year, ...daysOfAcademicYear(year) });
        return {
          body: {
            definition: `Tier 1 placements with a start in the year that was confirmed; the SLA pays the quality assurance of ${String(includedPlacements)}`,
            allowances: found.map(({ school, used }) => ({
              school,
              included: includedPlacements,
              used,
              warning: allowanceWarning(used),
            })),
          },
        };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/numbers',
      name: 'numbers',
      summary: 'The numbers of an academic year',
      about:
        'Counted when it happens; nothing of a child is in it. For CAP, and for the Multi-Agency Panel, which oversees all tiers (R69). An academic year is 1 September to 31 August.',
      tag: 'Numbers',
      who: (person) => can(person, 'see-numbers'),
      query: z.strictObject({ academicYear }),
      gives: { description: 'Each with its definition', body: numbers },
      noted: true,
      handle: async ({ person, query: { academicYear: year } }) => {
        const days = daysOfAcademicYear(year);
        const { applications, outcomes, starts, attendance, closed } = await readNumbers(database, person, year);
        return {
          body: {
            ...{ academicYear: year, from: startOfLondonDay(days.from), until: endOfLondonDay(days.until) },
            applications: {
              definition: 'Applications submitted in the year, by programme and home school',
              total: applications.reduce((sum, { count }) => sum + count, 0),
              by: [...applications],
            },
            outcomes: {
              definition:
                'Outcome documents issued in the year; in time are those issued within three working days of the meeting, or of a decision outside it',
              ...outcomes,
            },
            starts: {
              definition:
                'Starts confirmed in the year, and the median of the calendar days from submission to the start first confirmed',
              ...starts,
            },
            attendance: {
              definition:
                'Halves of a day in the year that a host has marked, and those of them that were attended; a late one was',
              ...attendance,
            },
            closed: { definition: 'Cases that ended in the year, by how they ended', by: [...closed] },
          },
        };
      },
    }),
  ];
}
