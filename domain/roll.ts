// A school's roll as its own system writes it: a line for each student. What is new of it is added; whom the school has stays as they are.
import { isIsoDate, type Instant } from './calendar';
import { checkStudent, nameKey, tidyUpn, type Student, type StudentWords } from './student';
import { readLines, type LineProblem, type SaidLine, type TableLine } from './table';
import { yearGroups } from './words';

/** What a line says of its student. */
export const rollColumns = ['name', 'dateOfBirth', 'upn', 'yearGroup', 'ehcp', 'lookedAfter', 'adopted'] as const;
export type RollColumn = (typeof rollColumns)[number];

const optional = ['upn', 'yearGroup', 'adopted'] as const;
const most = 2000;

/** Something wrong in a roll. */
export type RollProblem = LineProblem<RollColumn>;

/** A student of the school, as far as a line may mean them. */
export type Known = Pick<Student, 'code' | 'name' | 'dateOfBirth' | 'upn'>;

/** What becomes of a line. */
export type RollLine =
  | { readonly line: number; readonly is: 'new'; readonly student: StudentWords }
  /** The school has the student: nothing changes. */
  | { readonly line: number; readonly is: 'there'; readonly student: StudentWords; readonly code: string }
  | {
      readonly line: number;
      readonly is: 'wrong';
      readonly name: string;
      readonly problems: readonly Omit<RollProblem, 'line'>[];
    };

/**
 * Reads a roll: a heading with the names of the columns in any order, and a line for each student.
 * @param there the students whom the school has
 * @returns what becomes of each line; or why it is no such table
 */
export function readRoll(
  table: readonly TableLine[],
  there: readonly Known[],
  now: Instant,
): { readonly lines: readonly RollLine[] } | { readonly unreadable: RollProblem } {
  const read = readLines(table, { all: rollColumns, optional });
  if ('unreadable' in read) return read;
  if (read.lines.length > most) {
    const message = `A roll has at most ${most.toLocaleString('en-GB')} lines, and this one ${read.lines.length.toLocaleString('en-GB')}: send it in parts.`;
    return { unreadable: { line: null, column: null, rule: 'form', message } };
  }
  const has = finder(there.map((student) => ({ ...student, as: student.code })));
  const seen = finder<{ readonly name: string; readonly dateOfBirth: string; readonly upn: string | null; readonly as: number }>(
    [],
  );
  return {
    lines: read.lines.map((one): RollLine => {
      const { line, said } = one;
      const student = studentOf(said);
      const wrong = wrongIn(one, student, now);
      const twice = seen.find(student);
      if (twice !== undefined) {
        wrong.push({
          column: null,
          rule: 'form',
          message: `Line ${String(twice)} has this student already: leave one of them out.`,
        });
      }
      seen.add({ ...student, as: line });
      if (wrong.length > 0) return { line, is: 'wrong', name: said.name, problems: wrong };
      const code = has.find(student);
      return code === undefined ? { line, is: 'new', student } : { line, is: 'there', student, code };
    }),
  };
}

/** What does not stand in a student's words as a line says it: what is no day, no answer, no year group. */
function wrongIn({ said, problems }: SaidLine<RollColumn>, student: StudentWords, now: Instant) {
  const wrong: Omit<RollProblem, 'line'>[] = [...problems];
  const tell = (column: RollColumn, rule: string, message: string) => void wrong.push({ column, rule, message });
  const isDay = isIsoDate(student.dateOfBirth);
  const isGroup = said.yearGroup === '' || student.yearGroup !== null;
  if (!isDay) tell('dateOfBirth', 'form', `"${said.dateOfBirth}" is no day: write 2012-05-04 or 04/05/2012.`);
  if (!isGroup)
    tell('yearGroup', 'R3', `"${said.yearGroup}" is no year group: write one such as Year 9, or nothing for that of the age.`);
  for (const column of ['ehcp', 'lookedAfter'] as const) {
    if (yesOrNo(said[column]) === null) tell(column, column === 'ehcp' ? 'A12' : 'form', 'Write yes or no.');
  }
  if (said.adopted !== '' && yesOrNo(said.adopted) === null) tell('adopted', 'A14', 'Write yes or no, or nothing.');
  if (isDay && isGroup) {
    wrong.push(...checkStudent(student, now).map(({ field, ...rest }) => ({ column: field as RollColumn, ...rest })));
  }
  if (student.name.length > 200) tell('name', 'form', 'A name has at most 200 characters.');
  return wrong;
}

function studentOf({
  name,
  dateOfBirth,
  upn,
  yearGroup,
  ehcp,
  lookedAfter,
  adopted,
}: SaidLine<RollColumn>['said']): StudentWords {
  const number = /^(?:year\s*)?(\d{1,2})$/i.exec(yearGroup)?.[1];
  const group = number === undefined ? yearGroup : `Year ${String(Number(number))}`;
  return {
    name,
    dateOfBirth: asIsoDate(dateOfBirth),
    upn: tidyUpn(upn),
    yearGroup: yearGroups.find((each) => each.toLowerCase() === group.toLowerCase()) ?? null,
    ehcp: yesOrNo(ehcp) ?? false,
    lookedAfter: yesOrNo(lookedAfter) ?? false,
    adopted: yesOrNo(adopted) ?? false,
  };
}

/** Schools' systems write 04/05/2012 for 4 May 2012. */
function asIsoDate(text: string): string {
  const parts = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text);
  if (!parts) return text;
  const [, day = '', month = '', year = ''] = parts;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const answers: Readonly<Record<string, boolean>> = { yes: true, y: true, true: true, no: false, n: false, false: false };

function yesOrNo(text: string): boolean | null {
  const answer = text.toLowerCase();
  return Object.hasOwn(answers, answer) ? (answers[answer] ?? null) : null;
}

type Same = Pick<StudentWords, 'name' | 'dateOfBirth' | 'upn'>;

/** Finds the same child: by UPN, else by name and date of birth, as one student is known from another when they are added by hand. */
function finder<Each extends Same & { readonly as: unknown }>(all: readonly Each[]) {
  const known = new Map<string, Each['as']>();
  const child = ({ name, dateOfBirth }: Same) => `${nameKey(name)} ${dateOfBirth}`;
  const add = (each: Each) => {
    for (const key of [each.upn, child(each)]) if (key !== null && !known.has(key)) known.set(key, each.as);
  };
  all.forEach(add);
  return { add, find: (one: Same): Each['as'] | undefined => known.get(one.upn ?? '') ?? known.get(child(one)) };
}
