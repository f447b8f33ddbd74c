// The body of each command's door, made from domain's table: codes, dates and flags, and what a person writes.
import { z } from 'zod';
import {
  meetingCommands,
  misfits,
  personCommands,
  type BodyOf,
  type MeetingPersonCommandKind,
  type PersonCommandKind,
  type Problem,
} from '../domain/commands';
import type { Named } from '../domain/commandRows';
import { code, codes, day, optionalText, requiredText, sentInstant, weekdays } from './schemas';

type When = { readonly field: string; readonly is: readonly string[] };
type Field = {
  readonly type: string;
  readonly title: string;
  readonly names?: Named;
  readonly values?: readonly string[];
  readonly titles?: Readonly<Record<string, string>>;
  readonly optional?: true;
  readonly when?: When;
};
type Text = { readonly title: string; readonly required: boolean; readonly when?: When };

/** What people give, to a case or to a panel meeting. */
export type GivenKind = PersonCommandKind | MeetingPersonCommandKind;

const rows = { ...personCommands, ...meetingCommands };
const fieldsOf = (kind: GivenKind): Readonly<Record<string, Field>> => rows[kind].fields;
const textsOf = (kind: GivenKind): Readonly<Record<string, Text>> => rows[kind].texts;

/** @returns the schema of a command's codes alone, which is to agree with domain's `parseCommand` */
export function fieldSchema(kind: GivenKind): z.ZodObject {
  return z.strictObject(fieldShape(kind)).superRefine((sent, context) => saying(context, misfits(kind, sent, null)));
}

/** @returns the schema of all that is sent: codes and texts side by side, and which of them belong together (A23) */
export function commandSchema(kind: GivenKind): z.ZodObject {
  return z
    .strictObject({ ...fieldShape(kind), ...textShape(kind) })
    .superRefine((sent, context) => {
      const { body, texts } = takeApart(kind, sent);
      saying(context, misfits(kind, body, Object.keys(texts)));
    })
    .meta(together(kind));
}

function fieldShape(kind: GivenKind): Record<string, z.ZodType> {
  return shape(fieldsOf(kind), (field) => orNot(valueSchema(field), isFree(field)).meta({ description: inWords(field) }));
}

function textShape(kind: GivenKind): Record<string, z.ZodType> {
  return shape(textsOf(kind), ({ title, required }) =>
    orNot(required ? requiredText : optionalText, !required).meta({ description: title }),
  );
}

/** Where a program reads the codes of each kind. */
const whereCodes: Readonly<Record<Named, string>> = {
  provider: 'its code at `/api/v1/providers`',
  course: 'its code at `/api/v1/courses`',
  school: 'its code at `/api/v1/schools`',
  colleague: 'a person at `/api/v1/colleagues`',
  person: 'one of `people` of the panel at `/api/v1/panels`',
  seat: 'its code in the minutes of the meeting',
  case: 'its reference',
  task: 'the subject of a matter of the kind `task` of the case',
  email: 'the subject of what is waited for, once it could not be delivered',
};

const inWords = ({ title, names }: Field): string => (names === undefined ? title : `${title}: ${whereCodes[names]}`);

const isFree = ({ optional, when }: Field): boolean => optional === true || when !== undefined;

/** Says what does not fit together, of fields with which nothing else is wrong. */
function saying(context: z.RefinementCtx, problems: readonly Problem[]): void {
  const said = new Set(context.issues.map((issue) => issue.path?.[0]));
  for (const { field, rule, message } of problems.filter((problem) => !said.has(problem.field)))
    context.addIssue({ code: 'custom', path: [field], message, params: { rule } });
}

/** What belongs together, in the words of JSON Schema: with these values it is needed, and with any other it does not belong. */
function together(kind: GivenKind) {
  const parts = Object.entries({ ...fieldsOf(kind), ...textsOf(kind) });
  const allOf = parts.flatMap(([name, { when }]) =>
    when
      ? [
          {
            if: { required: [when.field], properties: { [when.field]: { enum: when.is } } },
            then: { required: [name] },
            else: { properties: { [name]: false } },
          },
        ]
      : [],
  );
  return allOf.length > 0 ? { allOf } : {};
}

/** A command taken apart: codes may travel through the engine, texts stay in Postgres. Texts in which nothing is written are none. */
export function takeApart<K extends GivenKind>(
  kind: K,
  sent: Readonly<Record<string, unknown>>,
): { readonly body: BodyOf<K>; readonly texts: Readonly<Record<string, string>> } {
  const given = Object.entries(sent).filter(([, value]) => value !== undefined);
  const texts = given.filter((entry): entry is [string, string] => Object.hasOwn(textsOf(kind), entry[0]) && entry[1] !== '');
  const body = given.filter(([name]) => Object.hasOwn(fieldsOf(kind), name));
  return { body: Object.fromEntries(body) as BodyOf<K>, texts: Object.fromEntries(texts) };
}

/** The fields of a command as a form needs them. What has a `when` is needed with those values, and left out with others. */
export function commandForm(kind: GivenKind) {
  return {
    fields: Object.entries(fieldsOf(kind)).map(([name, field]) => ({
      ...{ name, type: field.type, title: field.title, names: field.names ?? null },
      ...{ values: field.values ? [...field.values] : null, titles: field.titles ? { ...field.titles } : null },
      ...{ required: !isFree(field), when: shown(field.when) },
    })),
    texts: Object.entries(textsOf(kind)).map(([name, { title, required, when }]) => ({
      ...{ name, title, required, when: shown(when) },
    })),
  };
}

const shown = (when: When | undefined) => (when ? { field: when.field, is: [...when.is] } : null);

/** @returns where a command is given: `/api/v1/cases/…/panel-decision`, `/api/v1/meetings/…/sign-minutes` */
export function commandPath(kind: GivenKind, reference: string, to: 'cases' | 'meetings' = 'cases'): string {
  return `/api/v1/${to}/${reference}/${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function shape<T>(rows: Readonly<Record<string, T>>, schema: (row: T) => z.ZodType): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, schema(row)]));
}

function orNot(schema: z.ZodType, optional: boolean): z.ZodType {
  return optional ? schema.optional() : schema;
}

function valueSchema({ type, values }: Field): z.ZodType {
  switch (type) {
    case 'one-of':
      return z.enum(values as readonly [string]);
    case 'day':
      return day;
    case 'instant':
      return sentInstant;
    case 'weekdays':
      return weekdays;
    case 'flag':
      return z.boolean();
    case 'codes':
      return codes;
    default:
      return code;
  }
}
