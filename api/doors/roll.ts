// A school brings its roll as a table of its own system: first shown line by line, then applied as it was shown.
import { z } from 'zod';
import { rollColumns, type RollLine } from '../../domain/roll';
import { importRoll, previewRoll } from '../../usecases/roll';
import { readCsv } from '../csv';
import { door, type Door } from '../door';
import { given } from '../problems';
import { code, importCounts, studentCode } from '../schemas';
import type { Services } from '../services';

const roll = z.strictObject({
  school: code.optional().meta({ description: 'Needed only by those who act for several schools' }),
  csv: z
    .string('must be written')
    .min(1, 'must be written')
    .max(500_000, 'must have at most 500,000 characters')
    .meta({
      description: `The whole table: a heading that names ${rollColumns.join(', ')} (upn, yearGroup and adopted may be left out), and a line for each student`,
    }),
});

const column = z.enum(rollColumns).nullable().meta({ description: 'null: of the line as a whole' });
const wrong = z.strictObject({ column, rule: z.string(), message: z.string() });

const line = z
  .strictObject({
    line: z.int().meta({ description: 'Of the text, from 1 on' }),
    is: z.enum(['new', 'there', 'wrong']).meta({ description: '`there`: your school has the student, and nothing changes' }),
    name: z.string(),
    dateOfBirth: z.string().nullable(),
    code: studentCode.nullable().meta({ description: 'Of the student whom your school has' }),
    problems: z.array(wrong),
  })
  .meta({ id: 'RollLine' });

export const previewOfRoll = z.strictObject({
  lines: z.array(line),
  unreadable: wrong
    .extend({ line: z.int().nullable() })
    .nullable()
    .meta({ description: 'Why it is no such table; null when it is' }),
  preview: z.string().nullable().meta({ description: 'To be sent with the import; null while a line is wrong' }),
});

export const importedRoll = z.strictObject({ counts: importCounts });

export function rollDoors(services: Services): Door[] {
  return [
    door({
      method: 'post',
      path: '/api/v1/students/roll/preview',
      name: 'previewRoll',
      summary: 'Read a roll, and show what would become of each line',
      about: 'Nobody is added. Whom your school has stays as they are, and nobody is taken out.',
      tag: 'Students',
      who: 'signed-in',
      body: roll,
      gives: { description: 'Line by line: new, there already, or wrong', body: previewOfRoll },
      problems: ['not-allowed'],
      noted: true,
      handle: async ({ person, body }) => {
        const { lines, unreadable, preview } = given(await previewRoll(services, person, rollOf(body)));
        return { body: { unreadable, preview, lines: lines.map(show) } };
      },
    }),
    door({
      method: 'post',
      path: '/api/v1/students/roll/import',
      name: 'importRoll',
      summary: 'Add whoever is new on a roll, exactly as it was shown',
      about:
        'All of them or nobody. Where the roll or your students have changed since the preview it is refused: look at a new one.',
      tag: 'Students',
      who: 'signed-in',
      body: roll.extend({ preview: z.string().max(100).meta({ description: 'As the preview gave it' }) }),
      gives: { description: 'How many were added', body: importedRoll },
      problems: ['not-allowed', 'stale'],
      noted: true,
      handle: async ({ person, body }) => ({
        body: given(await importRoll(services, person, { ...rollOf(body), preview: body.preview })),
      }),
    }),
  ];
}

function rollOf({ school, csv }: z.output<typeof roll>) {
  return { school: school ?? null, ...readCsv(csv) };
}

function show(one: RollLine) {
  if (one.is === 'wrong') {
    const { line: number, is, name, problems } = one;
    return { line: number, is, name, dateOfBirth: null, code: null, problems: [...problems] };
  }
  const { line: number, is, student } = one;
  return {
    line: number,
    is,
    name: student.name,
    dateOfBirth: student.dateOfBirth,
    code: 'code' in one ? one.code : null,
    problems: [],
  };
}
