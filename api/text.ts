// What is refused before any door looks at it: strings that Postgres or the engine cannot keep (a NUL, or half of a surrogate pair), and
// more fields than any door takes. Nobody means to send them.
import { HttpProblem } from './problems';

/** `\p{Surrogate}` with the flag `u` matches only halves without their other half. */
const unkeepable = /\0|\p{Surrogate}/u;

/** Far more than any door takes, and so few that to name what is wrong with each of them costs nothing. */
const mostFields = 2_000;

/**
 * Looks at every string in what was sent, names of fields too, however deep.
 * @throws HttpProblem malformed, with the field; too-large
 */
export function refuseUnkeepable(given: unknown): void {
  const toSee: { readonly value: unknown; readonly path: string }[] = [{ value: given, path: '' }];
  let fields = 0;
  for (let next = toSee.pop(); next !== undefined; next = toSee.pop()) {
    const { value, path } = next;
    if (typeof value === 'string' && unkeepable.test(value)) throw notKept(path);
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (++fields > mostFields) throw tooMany();
      if (unkeepable.test(name)) throw notKept(path);
      toSee.push({ value: inner, path: path === '' ? name : `${path}.${name}` });
    }
  }
}

function tooMany(): HttpProblem {
  return new HttpProblem('too-large', `A request may hold ${mostFields.toLocaleString('en-GB')} fields at most: send fewer.`);
}

function notKept(field: string): HttpProblem {
  const message = 'It holds a character that is no text (a NUL, or half of a pair): take it out.';
  return new HttpProblem('malformed', `${field === '' ? 'What was sent' : field} is not readable. ${message}`, {
    errors: [{ field, rule: 'text', message }],
  });
}
