// The form of a command, made from the same table as its door: a new command has its page the day it stands there.
import type { NextCommand } from '../../api/views/case';
import type { FormField, Option } from './fields';

/** What may be chosen where a command names something by its code: what is there, as people know it. */
export type Choices = (names: string, field: string) => readonly Option[];

/**
 * @param command as a case or a meeting shows it in `can`, or the table of commands has it
 * @returns its fields, the words behind them; without those that may be left out and that there is nothing to choose for
 */
export function commandFields({ fields, texts }: Pick<NextCommand, 'fields' | 'texts'>, choices: Choices): FormField[] {
  const all: FormField[] = [
    ...fields.map((field): FormField => {
      const { name, title, type, names, titles, required, when } = field;
      const asked = { name, title, ...(required || when ? {} : { optional: true }), ...(when ? { when } : {}) };
      switch (type) {
        case 'one-of':
          return {
            ...asked,
            kind: 'choice',
            options: (field.values ?? []).map((value) => ({ value, title: titles?.[value] ?? value })),
          };
        case 'code':
          return { ...asked, kind: 'pick', options: choices(names ?? '', name) };
        case 'codes':
          return { ...asked, kind: 'choices', options: choices(name, name), joined: true };
        case 'day':
        case 'instant':
        case 'flag':
        case 'weekdays':
          return { ...asked, kind: type };
        default:
          throw new Error(`A form does not know fields of the type ${type}`);
      }
    }),
    ...texts.map(({ name, title, required, when }): FormField => ({
      ...{ kind: 'words', name, title },
      ...(required || when ? {} : { optional: true }),
      ...(when ? { when } : {}),
    })),
  ];
  return all.filter((field) => field.kind !== 'pick' || !field.optional || field.options.length > 0);
}
