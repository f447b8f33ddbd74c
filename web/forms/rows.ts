// A list that is edited whole: numbered rows of the same fields, those that are filled in and room for two more.
import { HttpProblem } from '../../api/problems';
import { asTyped, one, readForm, type FormField, type Posted } from './fields';

/** One field of each row. */
type Part = { readonly [F in FormField as F['kind']]: Omit<F, 'name' | 'optional' | 'when'> }[FormField['kind']] & {
  readonly part: string;
  /** What the door is sent where it was left empty: nothing written, unless said. */
  readonly left?: null;
};

const places = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'];

/**
 * @param list what its door calls it: `leads`
 * @param what one row is called, before the title of each of its fields: "First lead: name"
 * @param most rows, six or fewer
 * @param parts the fields of a row
 */
export function rowsForm(list: string, what: string, most: number, parts: readonly Part[]) {
  const rows = places.slice(0, most);
  const nameOf = (place: number, part: string) => `${list}.${String(place)}.${part}`;
  const fieldsOf = (place: number): readonly FormField[] =>
    parts.map(({ part, left: _left, title, ...field }) => ({
      ...({ ...field, name: nameOf(place, part) } as FormField),
      title: `${rows[place] ?? ''} ${what}: ${title}`,
    }));
  const all = rows.flatMap((_, place) => fieldsOf(place));
  return {
    /** @returns what is there, as the fields of the form have it */
    typed: (there: readonly object[]): Posted =>
      asTyped(
        all,
        Object.fromEntries(
          there.flatMap((row, place) => Object.entries(row).map(([part, value]) => [nameOf(place, part), value as unknown])),
        ),
      ),
    /** Those that are filled in, and room for two more. */
    shown: (now: Posted, typed: Posted): readonly FormField[] => {
      const isFilled = ({ name }: FormField) => [now, typed].some((posted) => one(posted, name).trim() !== '');
      const filled = rows.findLastIndex((_, place) => fieldsOf(place).some(isFilled)) + 1;
      return rows.slice(0, filled + 2).flatMap((_, place) => fieldsOf(place));
    },
    /**
     * Sends the rows of which something was written.
     * @throws HttpProblem with what the door says of the second row, said of the place on the form in which it stands, by the title of its field
     */
    send: async (
      posted: Posted,
      door: (sent: readonly Readonly<Record<string, unknown>>[]) => Promise<unknown>,
    ): Promise<void> => {
      const { body } = readForm(all, posted);
      const filled = rows.flatMap((_, place) => (fieldsOf(place).some(({ name }) => body[name] !== undefined) ? [place] : []));
      const sent = filled.map((place) =>
        Object.fromEntries(parts.map(({ part, left = '' }) => [part, body[nameOf(place, part)] ?? left])),
      );
      try {
        await door(sent);
      } catch (error) {
        if (!(error instanceof HttpProblem) || error.more.errors === undefined) throw error;
        const errors = error.more.errors.map((each) => {
          const [of = '', index = '', part = ''] = each.field.split('.');
          const field = of === list ? all.find(({ name }) => name === nameOf(filled[Number(index)] ?? -1, part)) : undefined;
          return field ? { ...each, field: field.name, message: each.message.replace(each.field, field.title) } : each;
        });
        throw new HttpProblem(error.kind, error.message, { ...error.more, errors });
      }
    },
  };
}
