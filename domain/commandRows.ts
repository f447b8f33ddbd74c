// What a row of the command table is made of, and what its fields and texts ask of whoever gives the command.
import { isDayOfCentury, readInstant } from './calendar';
import type { Problem } from './problem';
import { codesOf } from './words';
import { isWeekdays } from './timetable';

/** What is given with these values of another field: there it is needed, and with any other it does not belong (A23). */
interface When {
  readonly field: string;
  readonly is: readonly string[];
}

/** What a code names: a form offers those that there are. */
export type Named = 'provider' | 'course' | 'school' | 'colleague' | 'person' | 'seat' | 'case' | 'task' | 'email';

interface AnyField {
  /** As a form asks for it. */
  readonly title: string;
  readonly optional?: true;
  readonly when?: When;
}

export type Field = AnyField &
  (
    | { readonly type: 'one-of'; readonly values: readonly string[]; readonly titles: Readonly<Record<string, string>> }
    | { readonly type: 'code'; readonly names: Named }
    | { readonly type: 'day' | 'instant' | 'codes' | 'flag' | 'weekdays' }
  );
type PlainType = 'day' | 'instant' | 'codes' | 'flag' | 'weekdays';

export interface Text {
  readonly title: string;
  readonly required: boolean;
  readonly when?: When;
}

export interface CommandRow {
  /** As people read it in the Web UI, on a page, in the API's documentation. */
  readonly title: string;
  /** Codes, dates and flags: these may travel through the engine. */
  readonly fields: Readonly<Record<string, Field>>;
  /** What a person writes: it stays in Postgres. */
  readonly texts: Readonly<Record<string, Text>>;
}

/** A command that a person gives. */
export interface PersonCommandRow extends CommandRow {
  /** As a page tells whoever has just given it, without a full stop. */
  readonly done: string;
}

const when = (name: string, value: string): { readonly when: When } => ({ when: { field: name, is: [value] } });

/** One of several values, each with its title. */
export const choice = <const V extends Readonly<Record<string, string>>>(title: string, titles: V) =>
  ({ type: 'one-of', title, values: codesOf(titles), titles }) as const;
export const choiceWhen = <const V extends Readonly<Record<string, string>>>(
  title: string,
  titles: V,
  name: string,
  value: string,
) => ({ ...choice(title, titles), ...when(name, value) }) as const;
export const field = <const T extends PlainType>(type: T, title: string) => ({ type, title }) as const;
export const optionalField = <const T extends PlainType>(type: T, title: string) => ({ type, title, optional: true }) as const;
export const fieldWhen = <const T extends PlainType>(type: T, title: string, name: string, value: string) =>
  ({ type, title, ...when(name, value) }) as const;
export const code = (names: Named, title: string) => ({ type: 'code', names, title }) as const;
export const optionalCode = (names: Named, title: string) => ({ type: 'code', names, title, optional: true }) as const;
export const codeWhen = (names: Named, title: string, name: string, value: string) =>
  ({ type: 'code', names, title, ...when(name, value) }) as const;
export const text = (title: string): Text => ({ title, required: true });
export const optionalText = (title: string): Text => ({ title, required: false });
export const textWhen = (title: string, name: string, value: string): Text => ({ title, required: false, ...when(name, value) });

type ValueOf<F> = F extends { type: 'one-of'; values: readonly (infer V)[] } ? V : F extends { type: 'flag' } ? boolean : string;
type Optional<F> = { [N in keyof F]: F[N] extends { optional: true } | { when: When } ? N : never }[keyof F];
type BodyOfFields<F> = { readonly [N in Exclude<keyof F, Optional<F>>]: ValueOf<F[N]> } & {
  readonly [N in Optional<F>]?: ValueOf<F[N]>;
};

/** The codes of a command with that row. */
export type BodyOfRow<R extends CommandRow> = BodyOfFields<R['fields']>;

type Body = Readonly<Record<string, unknown>>;

/** Of very many wrong things no more are named, wherever they are told. */
export const mostNamed = 50;

const codePattern = /^[A-Za-z0-9][A-Za-z0-9@._-]{0,99}$/;

/** A list of codes as one value: with commas between them, each once. */
export function areCodes(given: string): boolean {
  const all = given.split(',');
  return given.length <= 1000 && all.every((one) => codePattern.test(one)) && new Set(all).size === all.length;
}

/** @returns the value of a field as it is kept; null when it is not one */
function valueOf(field: Field, given: unknown): string | boolean | null {
  if (field.type === 'flag') return typeof given === 'boolean' ? given : null;
  if (typeof given !== 'string') return null;
  switch (field.type) {
    case 'one-of':
      return field.values.includes(given) ? given : null;
    case 'day':
      return isDayOfCentury(given) ? given : null;
    case 'instant':
      return readInstant(given);
    case 'code':
      return codePattern.test(given) ? given : null;
    case 'codes':
      return areCodes(given) ? given : null;
    case 'weekdays':
      return isWeekdays(given) ? given : null;
  }
}

/** What the value of a field must be, behind its name. */
function fieldShould(field: Field): string {
  switch (field.type) {
    case 'one-of':
      return `must be one of ${field.values.join(', ')}`;
    case 'day':
      return 'must be a day such as 2025-01-13, of the years 2000 to 2099';
    case 'instant':
      return 'must be a time such as 2025-01-13T09:30:00Z, of the years 2000 to 2099';
    case 'code':
      return 'must be a code such as TP-ONE';
    case 'codes':
      return 'must be codes with commas between them, each once, such as chair,cap';
    case 'weekdays':
      return 'must be days of the week in their order, such as tue,thu or mon,fri-am';
    case 'flag':
      return 'must be true or false';
  }
}

/**
 * What does not fit together in a command whose fields are read: missing where it is needed, or given where it does not belong (A23).
 * @param texts the names of the texts that were given; null when no words could come with it, and then its fields alone are looked at
 */
export function misfitsOf(row: CommandRow, body: Body, texts: readonly string[] | null): Problem[] {
  const parts = [
    ...Object.entries(row.fields).map(([name, { when: only }]) => ({
      name,
      only,
      needed: false,
      given: body[name] !== undefined,
    })),
    ...Object.entries(texts === null ? {} : row.texts).map(([name, { when: only, required }]) => ({
      ...{ name, only, needed: required, given: texts?.includes(name) ?? false },
    })),
  ];
  return parts.flatMap(({ name, only, needed, given }): Problem[] => {
    const belongs = fits(only, body);
    const where = only ? ` with ${only.field} ${only.is.join(' or ')}` : '';
    if (given && !belongs) return [{ field: name, rule: 'A23', message: `${name} belongs only${where}: leave it out.` }];
    const missing = !given && belongs && (needed || only !== undefined);
    return missing ? [{ field: name, rule: 'A23', message: `${name} is needed${where}.` }] : [];
  });
}

/** @returns the names of the texts that a command of this kind needs, by what its fields say. */
export function neededTextsOf(row: CommandRow, body: Body): string[] {
  return Object.entries(row.texts).flatMap(([name, { required, when: only }]) =>
    required || (only && fits(only, body)) ? [name] : [],
  );
}

function fits(only: When | undefined, body: Body): boolean {
  const value = only && body[only.field];
  return !only || (typeof value === 'string' && only.is.includes(value));
}

/**
 * Reads the codes of a row from anything at all: it is total, for hand-typed JSON reaches it through the Web UI.
 * @returns them, or what is wrong field by field; fields that the row does not know are named too, up to `mostNamed`
 */
export function readBody(row: CommandRow, given: unknown): { readonly body: Body } | { readonly problems: Problem[] } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { problems: [{ field: '', rule: 'message', message: 'The message must be a JSON object.' }] };
  }
  const record = given as Readonly<Record<string, unknown>>;
  const problems: Problem[] = [];
  const body: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(row.fields)) {
    if (record[name] === undefined && (field.optional || field.when)) continue;
    const value = valueOf(field, record[name]);
    if (value !== null) body[name] = value;
    else problems.push({ field: name, rule: 'message', message: `${name} ${fieldShould(field)}.` });
  }
  for (const name of Object.keys(record)) {
    if (problems.length === mostNamed) break;
    if (!Object.hasOwn(row.fields, name)) problems.push({ field: name, rule: 'message', message: `${name} is not known here.` });
  }
  if (problems.length === 0) problems.push(...misfitsOf(row, body, null));
  return problems.length > 0 ? { problems } : { body };
}
