// What a form asks, field by field, and what comes of what was typed: the body of a door. No rule of CAP stands here: the doors hold those.
import { isDayOfCentury, londonClock, londonDay, londonTime } from '../../domain/calendar';
import type { Problem } from '../../domain/problem';

/** One of several, as it is offered. */
export interface Option {
  readonly value: string;
  readonly title: string;
  readonly hint?: string;
  /** The key that chooses it, for whoever decides at the table. */
  readonly key?: string;
}

interface Asked {
  readonly name: string;
  /** The question or the label. */
  readonly title: string;
  readonly hint?: string;
  readonly optional?: boolean;
  /** Asked only with these values of another field, which offers choices. */
  readonly when?: { readonly field: string; readonly is: readonly string[] };
}

export type FormField = Asked &
  (
    | { readonly kind: 'text' | 'email' | 'number'; readonly width?: 'short' | 'half' }
    | { readonly kind: 'words' }
    | { readonly kind: 'day' | 'instant' | 'weekdays' | 'flag' }
    /** One of a few: radios; of many: a list to choose from. */
    | { readonly kind: 'choice' | 'pick'; readonly options: readonly Option[] }
    /** Several of a few: `joined` sends them as one value with commas between. */
    | { readonly kind: 'choices'; readonly options: readonly Option[]; readonly joined?: true }
    /** Yes or no, as a question of its own. */
    | { readonly kind: 'yes-no' }
  );

/** What a browser sent: a name may come several times. */
export type Posted = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A field with what it is asked under. */
export interface Read {
  /** What the door is sent; fields that were left empty are not in it. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What cannot be made into a value: a day that is none. */
  readonly problems: readonly Problem[];
}

/** @returns the body of what was typed, with what could not be read of it */
export function readForm(fields: readonly FormField[], posted: Posted): Read {
  const body: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const field of fields) {
    if (field.when && !field.when.is.includes(one(posted, field.when.field))) continue;
    const value = valueOf(field, posted);
    if (value === null) problems.push({ field: field.name, rule: 'form', message: whatItWants(field) });
    else if (value !== undefined) body[field.name] = value;
  }
  return { body, problems };
}

/** @returns undefined where nothing was given, null where it is no such value */
function valueOf(field: FormField, posted: Posted): unknown {
  const { name } = field;
  switch (field.kind) {
    case 'text':
    case 'email':
    case 'words':
    case 'choice':
    case 'pick':
      return one(posted, name).trim() || undefined;
    case 'number': {
      const typed = one(posted, name).trim();
      if (typed === '') return undefined;
      return /^-?\d{1,9}(\.\d+)?$/.test(typed) ? Number(typed) : null;
    }
    case 'yes-no':
      return { yes: true, no: false }[one(posted, name)];
    case 'flag':
      return one(posted, name) === 'yes' ? true : undefined;
    case 'choices': {
      const given = many(posted, name);
      if (field.joined) return given.length > 0 ? given.join(',') : undefined;
      return given;
    }
    case 'weekdays':
      return weekdaysOf(posted, name);
    case 'day':
      return dayOf(posted, name);
    case 'instant': {
      const day = dayOf(posted, name);
      const time = one(posted, `${name}-time`).trim();
      if (day === undefined && time === '') return undefined;
      const clock = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(time);
      if (typeof day !== 'string' || !clock) return null;
      return londonTime(day, `${(clock[1] ?? '').padStart(2, '0')}:${clock[2] ?? ''}`);
    }
  }
}

function whatItWants({ kind, title }: FormField): string {
  if (kind === 'day') return afterTitle(title, 'Enter a day, a month and a year, such as 27 3 2027.');
  if (kind === 'instant') return afterTitle(title, 'Enter a date, such as 27 3 2027, and a time, such as 9:30.');
  if (kind === 'number') return afterTitle(title, 'Enter a number.');
  return afterTitle(title, 'Enter it again.');
}

/** @returns what is said of a field, after its title, which may be a sentence of its own */
export function afterTitle(title: string, said: string): string {
  return /[?.]$/.test(title) ? `${title} ${said}` : `${title}: ${said.charAt(0).toLowerCase()}${said.slice(1)}`;
}

function dayOf(posted: Posted, name: string): string | null | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => one(posted, `${name}-${part}`).trim());
  if (!day && !month && !year) return undefined;
  const text = `${year ?? ''}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  return isDayOfCentury(text) ? text : null;
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** Halves of days that were ticked, as domain writes them: `mon,fri-am`. */
function weekdaysOf(posted: Posted, name: string): string | undefined {
  const ticked = new Set(many(posted, name));
  const days = weekdays.flatMap((day) => {
    const halves = ['am', 'pm'].filter((half) => ticked.has(`${day}-${half}`));
    return halves.length === 2 ? [day] : halves.map((half) => `${day}-${half}`);
  });
  return days.length > 0 ? days.join(',') : undefined;
}

/** The value of a name that comes once. */
export function one(posted: Posted, name: string): string {
  const value = posted[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}

function many(posted: Posted, name: string): readonly string[] {
  const value = posted[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/**
 * What a door would be sent, as a browser would have it typed: to fill in a form with what is there.
 * @param values by the name of the field; what has no value is left empty
 */
export function asTyped(fields: readonly FormField[], values: Readonly<Record<string, unknown>>): Posted {
  return Object.assign({}, ...fields.map((field) => typedOf(field, values[field.name]))) as Posted;
}

function typedOf({ name, kind }: FormField, given: unknown): Posted {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) throw new Error(`${name} is no value of a field`);
  if (given === undefined || given === null) return {};
  const value = given as string | number | boolean | readonly string[];
  switch (kind) {
    case 'day':
      return typedDay(name, String(value));
    case 'instant':
      return { ...typedDay(name, londonDay(String(value))), [`${name}-time`]: londonClock(String(value)) };
    case 'weekdays':
      return {
        [name]: String(value)
          .split(',')
          .flatMap((day) => (day.includes('-') ? [day] : [`${day}-am`, `${day}-pm`])),
      };
    case 'yes-no':
      return { [name]: value === true ? 'yes' : 'no' };
    case 'flag':
      return value === true ? { [name]: 'yes' } : {};
    case 'choices':
      return { [name]: Array.isArray(value) ? value.map(String) : String(value).split(',') };
    default:
      return { [name]: String(value) };
  }
}

function typedDay(name: string, date: string): Posted {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-day`]: String(Number(day)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year };
}
