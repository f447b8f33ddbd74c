// A school brings its roll: it is first shown what would become of each line, and then applied exactly as it was shown.
import { readRoll as readTable, type RollLine, type RollProblem } from '../domain/roll';
import type { ImportCounts, LineProblem, TableLine } from '../domain/table';
import { digestOf } from '../records/digest';
import { addRoll, readRoll } from '../records/students';
import type { Person, StudentRow } from '../records/types';
import { mayNot, onlySchoolOf } from './onBehalf';
import { isRefused, wrongValues, type Refused } from './refused';
import type { Services } from './services';
import { rowOf } from './students';

/** The roll of a school as a table. */
export interface Roll {
  /** Needed only by those who act for several schools. */
  readonly school: string | null;
  readonly lines: readonly TableLine[];
  /** Why its text could not be taken apart into lines; null when it could. */
  readonly unreadable: LineProblem<never> | null;
}

/** What would become of a roll. */
export interface RollPreview {
  readonly lines: readonly RollLine[];
  /** Why it is no such table; null when it is. */
  readonly unreadable: RollProblem | null;
  /** What names exactly these additions, to be sent with the import; null while a line is wrong. */
  readonly preview: string | null;
}

/** Reads a roll and says what would come of it. Nobody is added. @throws DatabaseAway */
export async function previewRoll(services: Services, person: Person, roll: Roll): Promise<RollPreview | Refused> {
  const school = schoolOf(person, roll);
  if (typeof school !== 'string') return school;
  return readRoll(services.database, person, school, (there) => planned(services, roll, there));
}

/**
 * Adds whoever is new on a roll: all that was shown, or nobody.
 * @param preview what the preview gave: another roll, or students who have changed since, are refused
 * @returns how many were added; those whom the school had are left
 * @throws DatabaseAway
 */
export async function importRoll(
  services: Services,
  person: Person,
  roll: Roll & { readonly preview: string },
): Promise<{ readonly counts: ImportCounts } | Refused> {
  const school = schoolOf(person, roll);
  if (typeof school !== 'string') return school;
  const done = await addRoll(
    services.database,
    person,
    school,
    (there) => {
      const plan = planned(services, roll, there);
      if (plan.preview === null) return wrongValues(...problemsOf(plan));
      if (plan.preview !== roll.preview) return changedSince;
      return { added: newOn(plan).map(({ student }) => rowOf(services, student)), lines: plan.lines.length };
    },
    services.now(),
  );
  if (isRefused(done)) return done;
  const added = done.added.length;
  return { counts: { added, changed: 0, removed: 0, left: done.lines - added, notPossible: 0 } };
}

function schoolOf(person: Person, { school: named }: Roll): string | Refused {
  const school = named ?? onlySchoolOf(person);
  if (typeof school !== 'string') return school;
  return mayNot(person, 'keep-students', school) ?? school;
}

function planned({ now }: Services, { lines, unreadable }: Roll, there: readonly StudentRow[]): RollPreview {
  const read = unreadable ? { unreadable } : readTable(lines, there, now());
  if ('unreadable' in read) return { lines: [], unreadable: read.unreadable, preview: null };
  const plan = { lines: read.lines, unreadable: null };
  const isWrong = read.lines.some(({ is }) => is === 'wrong');
  return { ...plan, preview: isWrong ? null : digestOf('', { added: newOn(plan).map(({ student }) => student) }) };
}

function newOn({ lines }: Pick<RollPreview, 'lines'>) {
  return lines.filter((line) => line.is === 'new');
}

function problemsOf({ lines, unreadable }: RollPreview) {
  const problems: RollProblem[] = lines.flatMap((one) =>
    one.is === 'wrong' ? one.problems.map((problem) => ({ line: one.line, ...problem })) : [],
  );
  return [...(unreadable ? [unreadable] : []), ...problems].map(({ line, column, rule, message }) => ({
    field: [line === null ? 'csv' : `line ${String(line)}`, ...(column === null ? [] : [column])].join(' '),
    rule,
    message,
  }));
}

const changedSince: Refused = {
  refused: 'stale',
  message: 'The roll or your students are not what the preview showed: look at a new preview, then send it again.',
};
