// Holds what was sent against a schema: what it is not becomes a problem that names each field.
import type { z } from 'zod';
import type { Problem as FieldProblem } from '../domain/commands';
import { HttpProblem } from './problems';

/** Names of fields are the caller's own, and repeated only so far. */
const longestName = 200;

/**
 * @param where what is being read, for the rule of each error: a body, a query, headers
 * @returns what the schema makes of it
 * @throws HttpProblem malformed (400) when a type is wrong or a field unknown; wrong-values (422) when a body's value is missing or out of rule
 */
export function valid<S extends z.ZodType>(schema: S, given: unknown, where: 'body' | 'query' | 'header'): z.output<S> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const { issues } = result.error;
  const errors = issues.flatMap((issue) => fieldProblems(issue, given, where));
  const isOfValues = where === 'body' && issues.every((issue) => !isOfShape(issue, given));
  throw new HttpProblem(isOfValues ? 'wrong-values' : 'malformed', undefined, { errors });
}

type Issue = z.core.$ZodIssue;

function fieldProblems(issue: Issue, given: unknown, where: string): FieldProblem[] {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const name = [...issue.path, key].join('.').slice(0, longestName);
      return { field: name, rule: where, message: `${name} is not known here.` };
    });
  }
  // What a rule of domain says, in its own words.
  if (issue.code === 'custom' && issue.params) return [{ field, rule: String(issue.params['rule']), message: issue.message }];
  const name = field === '' ? `The ${where}` : field;
  return [{ field, rule: where, message: `${name} ${isMissing(issue, given) ? 'is needed' : sentence(issue)}.` }];
}

/** The schemas of this project say "must be …"; what zod says of its own is turned into the same. */
function sentence(issue: Issue): string {
  if (issue.code === 'invalid_type') return `must be of the type ${issue.expected}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  return /^(must|is) /.test(issue.message) ? issue.message : `is not right: ${issue.message}`;
}

/** Whether the type is wrong rather than the value. */
function isOfShape(issue: Issue, given: unknown): boolean {
  if (issue.code === 'unrecognized_keys') return true;
  if (isMissing(issue, given)) return false;
  if (issue.code === 'invalid_value') return typeof valueAt(issue, given) !== typeof issue.values[0];
  return issue.code === 'invalid_type' || issue.code === 'invalid_union';
}

function isMissing(issue: Issue, given: unknown): boolean {
  return issue.path.length > 0 && valueAt(issue, given) === undefined;
}

function valueAt({ path }: Issue, given: unknown): unknown {
  let at = given;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return at;
}
