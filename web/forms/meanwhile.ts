// What somebody else made of something while a form of it was open: it stands above the form, in which all stays that was typed.
import { formatDay, formatLondon } from '../../domain/calendar';
import { weekdaysInWords } from '../../domain/timetable';
import { html, type Html } from '../html';
import type { Asked } from '../page';
import { paragraph, table } from '../parts';
import { one, readForm, type FormField, type Posted } from './fields';
import { showFields } from './show';

/**
 * The form of something that people keep, over the version that was read. What somebody else changed since then stands above it.
 * @param version, now as for `changedMeanwhile`
 */
export function formOver(asked: Asked, version: number, fields: readonly FormField[], now: Posted, button = 'Save'): Html {
  return html`${changedMeanwhile(asked, version, fields, now)}
  ${asked.form({ button, read: version }, showFields(fields, asked.again ?? { posted: now, problems: [] }))}`;
}

/**
 * @param version of what is there now, as the form bears it (`FormOf.read`)
 * @param now what is there, as `asTyped` has it
 * @returns where it differs from what was typed; nothing while nobody has changed it since the form was opened
 */
export function changedMeanwhile(
  { again }: Pick<Asked, 'again'>,
  version: number,
  fields: readonly FormField[],
  now: Posted,
): Html {
  if (again === null || one(again.posted, '_read') === String(version)) return html``;
  const rows = fields
    .map((field) => [field.title, inWords(field, now), inWords(field, again.posted)] as const)
    .filter(([, there, typed]) => there !== typed);
  if (rows.length === 0) return paragraph('Somebody changed this meanwhile. It says what you typed already.');
  return table('As it stands now', [{ title: 'What' }, { title: 'Now' }, { title: 'What you typed' }], rows, '');
}

/** What another field says where this one is asked. */
const whenAsked = ({ when }: FormField): Posted => (when === undefined ? {} : { [when.field]: when.is });

/** What is in a field, as it is read. */
function inWords(field: FormField, posted: Posted): string {
  const given = readForm([field], { ...posted, ...whenAsked(field) }).body[field.name];
  if (given === undefined) return 'Nothing';
  const value = given as string | number | boolean | readonly string[];
  switch (field.kind) {
    case 'choice':
    case 'pick':
    case 'choices': {
      const chosen = field.kind === 'choices' ? String(value).split(',') : [String(value)];
      return field.options.flatMap((option) => (chosen.includes(option.value) ? [option.title] : [])).join(', ') || 'None';
    }
    case 'yes-no':
    case 'flag':
      return value === true ? 'Yes' : 'No';
    case 'day':
      return formatDay(String(value));
    case 'instant':
      return formatLondon(String(value));
    case 'weekdays':
      return weekdaysInWords(String(value));
    default:
      return String(value);
  }
}
