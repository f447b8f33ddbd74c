// The numbers of the partnership, each with its definition beside it (R4, R92, A20).
import { z } from 'zod';
import { allowanceWarning, includedPlacements } from '../../domain/allowance';
import { endOfLondonDay, daysOfAcademicYear, londonDay, startOfLondonDay } from '../../domain/calendar';
import { exclusionKinds } from '../../domain/exclusions';
import { numberDefinitions as says } from '../../domain/numbers';
import { can } from '../../domain/permissions';
import { closings } from '../../domain/state';
import { readAllowances } from '../../records/directory';
import { readNumbers, readNumbersBySchool } from '../../records/numbers';
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
      by: z.array(z.strictObject({ programme: programmeCode, count: z.int() })),
    }),
    outcomes: z.strictObject({ definition, issued: z.int(), inTime: z.int() }),
    starts: z.strictObject({ definition, confirmed: z.int(), medianDays: z.number().nullable() }),
    attendance: z.strictObject({ definition, marked: z.int(), attended: z.int() }),
    exclusions: z.strictObject({
      definition,
      by: z.array(z.strictObject({ kind: z.enum(exclusionKinds), count: z.int() })),
    }),
    beside: z.strictObject({ definition, placements: z.int(), before: z.int(), during: z.int(), after: z.int() }),
    closed: z.strictObject({
      definition,
      by: z.array(z.strictObject({ because: z.enum(closings), count: z.int() })),
    }),
  })
  .meta({ id: 'Numbers' });

const school = z.string().meta({ description: 'The code of the home school; empty where the local authority applied' });

export const numbersBySchool = z
  .strictObject({
    academicYear,
    applications: z.strictObject({
      definition,
      by: z.array(z.strictObject({ programme: programmeCode, school, count: z.int() })),
    }),
    exclusions: z.strictObject({
      definition,
      by: z.array(z.strictObject({ kind: z.enum(exclusionKinds), school, count: z.int() })),
    }),
  })
  .meta({ id: 'NumbersBySchool' });

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

export function numberDoors({ database, now }: Services): Door[] {
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
            definition: says.allowances,
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
        const found = await readNumbers(database, person, year, londonDay(now()));
        const { applications, outcomes, starts, attendance, closed, exclusions, beside } = found;
        return {
          body: {
            ...{ academicYear: year, from: startOfLondonDay(days.from), until: endOfLondonDay(days.until) },
            applications: {
              definition: says.applications,
              total: applications.reduce((sum, { count }) => sum + count, 0),
              by: [...applications],
            },
            outcomes: { definition: says.outcomes, ...outcomes },
            starts: { definition: says.starts, ...starts },
            attendance: { definition: says.attendance, ...attendance },
            exclusions: { definition: says.exclusions, by: [...exclusions] },
            beside: { definition: says.beside, ...beside },
            closed: { definition: says.closed, by: [...closed] },
          },
        };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/numbers/schools',
      name: 'numbersBySchool',
      summary: 'What of the numbers of an academic year is shown by home school too',
      about: 'For those who read the numbers. Schools without any are left out.',
      tag: 'Numbers',
      who: (person) => can(person, 'see-numbers'),
      query: z.strictObject({ academicYear }),
      gives: { description: 'Each with its definition', body: numbersBySchool },
      noted: true,
      handle: async ({ person, query: { academicYear: year } }) => {
        const { applications, exclusions } = await readNumbersBySchool(database, person, year);
        return {
          body: {
            academicYear: year,
            applications: { definition: says.applications, by: [...applications] },
            exclusions: { definition: says.exclusions, by: [...exclusions] },
          },
        };
      },
    }),
  ];
}
