// What was typed, where a page goes no further with something wrong in it.
import { HttpProblem } from '../../api/problems';
import type { Problem } from '../../domain/problem';
import { afterTitle, one, readForm, type FormField, type Posted, type Read } from './fields';

/**
 * @returns the body of what was typed
 * @throws HttpProblem wrong-values, with all that could not be read or was left empty, each by its title as it stands on the page
 */
export function readOrRefuse(fields: readonly FormField[], posted: Posted): Read['body'] {
  const { body, problems } = readForm(fields, posted);
  const unreadable = new Set(problems.map(({ field }) => field));
  const empty = fields.filter(
    (field) => isNeeded(field, posted) && body[field.name] === undefined && !unreadable.has(field.name),
  );
  refuse([...problems, ...empty.map((field) => ({ field: field.name, rule: 'form', message: whatIsMissing(field) }))]);
  return body;
}

/** @throws HttpProblem wrong-values, where there are any */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new HttpProblem('wrong-values', undefined, { errors: problems });
}

/** A box that is not ticked says no. */
function isNeeded({ kind, optional, when }: FormField, posted: Posted): boolean {
  return kind !== 'flag' && !optional && (!when || when.is.includes(one(posted, when.field)));
}

function whatIsMissing({ kind, title }: FormField): string {
  const said = { 'yes-no': 'Say yes or no.', choice: 'Choose one.', pick: 'Choose one.', choices: 'Choose at least one.' };
  const wanted = kind in said ? said[kind as keyof typeof said] : 'This is needed.';
  return afterTitle(title, wanted);
}

/** @returns what a page itself finds wrong with one field, to be thrown */
export function wrongField(field: string, rule: string, message: string): HttpProblem {
  return new HttpProblem('wrong-values', undefined, { errors: [{ field, rule, message }] });
}
