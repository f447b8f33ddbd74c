// The page on which a command is given, to a case or to a meeting: its form is made from the table of commands, for whoever may give it now.
import { commandForm } from '../../api/commandBody';
import type { NextCommand } from '../../api/views/case';
import { HttpProblem } from '../../api/problems';
import type { MeetingPersonCommandKind, PersonCommandKind } from '../../domain/commands';
import type { FormField } from '../forms/fields';
import { readOrRefuse } from '../forms/readOrRefuse';
import { showFields, type Typed } from '../forms/show';
import { html, type Html } from '../html';
import { page, type Asked, type FormOf, type Page, type Sent, type Shown } from '../page';

/** What a command is given to, as its door shows it to this person. */
interface TakesCommands {
  readonly can: readonly NextCommand[];
  readonly yours: readonly string[];
}

type Form = Pick<NextCommand, 'fields' | 'texts'>;

interface Giving<Kind extends PersonCommandKind | MeetingPersonCommandKind, Read> extends Pick<Page, 'path' | 'name' | 'who'> {
  readonly kind: Kind;
  /** In words: the case, the meeting. */
  readonly to: string;
  read(asked: Asked): Promise<Read>;
  of(read: Read): TakesCommands;
  /** What stands around the form, and the way back, to which one comes when it is given. */
  around(read: Read): Required<Pick<Shown, 'caption' | 'about' | 'back'>>;
  /** Why it cannot be given now, to who could else; left out or null where there is nothing better to say than that it cannot. */
  whyNot?(read: Read): string | null;
  /** What follows from it, above its form. */
  consequence(asked: Asked, read: Read): Html | Promise<Html>;
  form(read: Read): FormOf;
  fields(asked: Asked, read: Read, form: Form): Promise<FormField[]>;
  /** What stands in the form when it is opened. */
  filled?(asked: Asked, read: Read, fields: readonly FormField[]): Typed;
  give(asked: Asked, call: Pick<Sent, 'headers'> & { readonly body: unknown }): Promise<unknown>;
}

/** @returns the page of a command: whoever can never give it is told so (403), and else whoever cannot give it now (409) */
export function givingPage<Kind extends PersonCommandKind | MeetingPersonCommandKind, Read>(of: Giving<Kind, Read>): Page {
  const { path, name, who, kind } = of;
  return page({
    ...{ path, name, who },
    show: async (asked) => {
      const read = await of.read(asked);
      const command = nextOf(of, of.of(read), of.whyNot?.(read) ?? null);
      const fields = await of.fields(asked, read, command);
      const typed = asked.again ?? of.filled?.(asked, read, fields);
      return {
        title: command.title,
        ...of.around(read),
        main: html`${await of.consequence(asked, read)} ${asked.form(of.form(read), showFields(fields, typed))}`,
      };
    },
    take: async (asked, { posted, headers }) => {
      const read = await of.read(asked);
      // What was recorded already is answered by its key, so the door is asked even where the command is not taken any more.
      const form = of.of(read).can.find(({ command }) => command === kind) ?? commandForm(kind);
      const body = readOrRefuse(await of.fields(asked, read, form), posted);
      await of.give(asked, { headers, body });
      return { to: of.around(read).back.href, said: kind };
    },
  });
}

function nextOf(
  { kind, to }: Pick<Giving<PersonCommandKind | MeetingPersonCommandKind, never>, 'kind' | 'to'>,
  { can, yours }: TakesCommands,
  whyNot: string | null,
) {
  const found = can.find(({ command }) => command === kind);
  if (found) return found;
  if (!yours.includes(kind))
    throw new HttpProblem('not-yours', `This is for somebody else to do: the page of ${to} says who is waited for.`);
  throw new HttpProblem(
    'not-now',
    whyNot ?? `This cannot be done as ${to} stands now: somebody may have been faster. The page of ${to} says what comes next.`,
  );
}
