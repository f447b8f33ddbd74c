// Before an application is begun: which programmes fit, and why. Nothing of the question is kept.
import { z } from 'zod';
import { isIsoDate } from '../../domain/calendar';
import { yearsAboveAge } from '../../domain/student';
import { eligibility, type FittingProgramme } from '../../usecases/eligibility';
import { door, type Door } from '../door';
import { given } from '../problems';
import { academicYear, code, programmeCode, studentCode } from '../schemas';
import type { Services } from '../services';
import { yearGroup } from './students';

const asked = z.strictObject({
  school: code.optional().meta({ description: 'Needed only by those who act for several schools, and name no student' }),
  student: studentCode.nullish().meta({ description: 'A student of your school; the date of birth and the rest are theirs' }),
  dateOfBirth: z
    .string()
    .refine(isIsoDate, 'must be a day such as 2012-05-04')
    .nullish()
    .meta({ format: 'date', examples: ['2012-05-04'] }),
  yearGroup: yearGroup.nullish().meta({ description: 'This academic year, where it is not that of the age' }),
  ehcp: z.boolean().nullish(),
  daysAWeek: z.int().min(1).max(5).nullish().meta({ description: 'At most so many days a week away from the school' }),
  schoolWeeks: z.int().min(1).max(52).nullish().meta({ description: 'At most so many school weeks' }),
});

const fit = z
  .strictObject({
    programme: programmeCode,
    title: z.string(),
    tier: z.int(),
    year: academicYear.meta({ description: 'The academic year of the start that an application would lead to now' }),
    fits: z.boolean().meta({ description: 'Nothing speaks against it' }),
    choosesCourse: z.boolean(),
    inShort: z.string(),
    reasons: z.array(z.strictObject({ says: z.enum(['for', 'against', 'know']), rule: z.string(), message: z.string() })),
  })
  .meta({ id: 'ProgrammeFit' });

export const listOfFits = z.strictObject({ programmes: z.array(fit) });

export function eligibilityDoors(services: Services): Door[] {
  return [
    door({
      method: 'post',
      path: '/api/v1/eligibility',
      name: 'eligibility',
      summary: 'Which programmes fit a student, and why',
      about:
        'By the rules that an application is held against when it is submitted. An application may be begun whatever is said here. It is sent in the body, so that no address holds a date of birth.',
      tag: 'Applications',
      who: 'signed-in',
      body: asked,
      gives: { description: 'Every programme that is offered, those that fit in front', body: listOfFits },
      noted: true,
      handle: async ({ person, body }) => {
        const { school = null, student = null, dateOfBirth = null, yearGroup: group = null, ehcp } = body;
        const described =
          dateOfBirth === null
            ? null
            : {
                dateOfBirth,
                yearsAbove: yearsAboveAge({ dateOfBirth, yearGroup: group }, services.now()),
                ehcp: ehcp ?? false,
              };
        const { daysAWeek = null, schoolWeeks = null } = body;
        const wish = { school, code: student, student: described, daysAWeek, schoolWeeks };
        return { body: { programmes: given(await eligibility(services, person, wish)).map(show) } };
      },
    }),
  ];
}

function show({ programme, year, fits, inShort, reasons }: FittingProgramme) {
  const { code: named, title, tier, choosesCourse } = programme;
  return { programme: named, title, tier, year, fits, choosesCourse, inShort, reasons: [...reasons] };
}
