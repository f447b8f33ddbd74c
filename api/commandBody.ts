// The body of each command's door, made from domain's table: codes, dates and flags, and what a person writes.
import { z } from 'zod';
import { personCommands, type BodyOf, type PersonCommandKind } from '../domain/commands';
import { code, day, optionalText, requiredText, sentInstant } from './schemas';

type Field = { readonly type: string; readonly values?: readonly string[]; readonly optional?: true };
type Text = { readonly title: string; readonly required: boolean };

const fieldsOf = (kind: PersonCommandKind): Readonly<Record<string, Field>> => personCommands[kind].fields;
const textsOf = (kind: PersonCommandKind): Readonly<Record<string, Text>> => personCommands[kind].texts;

/** @returns the schema of a command's codes alone, which is to agree with domain's `parseCommand` */
export function fieldSchema(kind: PersonCommandKind): z.ZodObject {
  return z.strictObject(shape(fieldsOf(kind), (field) => orNot(valueSchema(field), field.optional === true)));
}

/** @returns the schema of all that is sent: codes and texts side by side */
export function commandSchema(kind: PersonCommandKind): z.ZodObject {
  return fieldSchema(kind).extend(
    shape(textsOf(kind), ({ title, required }) =>
      orNot(required ? requiredText : optionalText, !required).meta({ description: title }),
    ),
  );
}

/** A command taken apart: codes may travel through the engine, texts stay in Postgres. Texts in which nothing is written are none. */
export function takeApart<K extends PersonCommandKind>(
  kind: K,
  sent: Readonly<Record<string, unknown>>,
): { readonly body: BodyOf<K>; readonly texts: Readonly<Record<string, string>> } {
  const given = Object.entries(sent).filter(([, value]) => value !== undefined);
  const texts = given.filter((entry): entry is [string, string] => Object.hasOwn(textsOf(kind), entry[0]) && entry[1] !== '');
  const body = given.filter(([name]) => Object.hasOwn(fieldsOf(kind), name));
  return { body: Object.fromEntries(body) as BodyOf<K>, texts: Object.fromEntries(texts) };
}

/** The fields of a command as a form needs them. */
export function commandForm(kind: PersonCommandKind) {
  return {
    fields: Object.entries(fieldsOf(kind)).map(([name, { type, values, optional }]) => ({
      name,
      type,
      values: values ?? null,
      required: optional !== true,
    })),
    texts: Object.entries(textsOf(kind)).map(([name, { title, required }]) => ({ name, title, required })),
  };
}

/** @returns where a command is given: `/api/v1/cases/…/panel-decision` */
export function commandPath(kind: PersonCommandKind, reference: string): string {
  return `/api/v1/cases/${reference}/${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
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
    case 'flag':
      return z.boolean();
    default:
      return code;
  }
}
