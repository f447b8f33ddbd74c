// What was typed, where a page goes no further with something wrong in it.
import { HttpProblem } from '../../api/problems';
import { readForm, type FormField, type Posted, type Read } from './fields';

/**
 * @returns the body of what was typed
 * @throws HttpProblem wrong-values, with all that could not be read
 */
export function readOrRefuse(fields: readonly FormField[], posted: Posted): Read['body'] {
  const { body, problems } = readForm(fields, posted);
  if (problems.length > 0) throw new HttpProblem('wrong-values', undefined, { errors: problems });
  return body;
}

/** @returns what a page itself finds wrong with one field, to be thrown */
export function wrongField(field: string, rule: string, message: string): HttpProblem {
  return new HttpProblem('wrong-values', undefined, { errors: [{ field, rule, message }] });
}
