// The numbers of the partnership, each with its definition beside it (R4, R92, A20).
import { z } from 'zod';
import { endOfLondonDay, firstYearOf, startOfLondonDay } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { closings } from '../../domain/state';
import { readNumbers } from '../../records/numbers';
import { door, type Door } from '../door';
import { academicYear, instant, programmeCode } from '../schemas';
import type { Services } from '../services';

const definition = z.string().meta({ description: 'What is counted, in words' });

const numbers = z
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

export function numberDoors({ database }: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/numbers',
      name: 'numbers',
      summary: 'The numbers of an academic year, for CAP',
      about: 'Counted from the cases and their timelines when they are asked for. An academic year is 1 September to 31 August.',
      tag: 'Numbers',
      who: (person) => can(person, 'see-numbers'),
      query: z.strictObject({ academicYear }),
      gives: { description: 'Each with its definition', body: numbers },
      noted: true,
      handle: async ({ person, query: { academicYear: year } }) => {
        const first = firstYearOf(year);
        const span = { from: startOfLondonDay(`${String(first)}-09-01`), until: endOfLondonDay(`${String(first + 1)}-08-31`) };
        const { applications, outcomes, starts, attendance, closed } = await readNumbers(database, person, span);
        return {
          body: {
            ...{ academicYear: year, ...span },
            applications: {
              definition: 'Applications submitted in the year, by programme and home school',
              total: applications.reduce((sum, { count }) => sum + count, 0),
              by: [...applications],
            },
            outcomes: {
              definition:
                'Outcome documents issued in the year; in time are those issued within three working days of the meeting, or of a decision outside it (R71)',
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
            closed: { definition: 'Cases whose last change in the year closed them, by how they ended', by: [...closed] },
          },
        };
      },
    }),
  ];
}
