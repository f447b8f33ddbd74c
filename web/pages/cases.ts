// The cases that somebody may see: the last changed first, found by what is known of them. Words are sent, so that no address holds a child's name.
import { stageTitles } from '../../domain/stages';
import { roleOf } from '../../domain/words';
import type { Answers } from '../answers';
import { asTyped, one, readForm, type FormField } from '../forms/fields';
import { showFields } from '../forms/show';
import { shortTime } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { caseLink, details, nextPage, studentIn, table } from '../parts';
import { cursorOf, mayBeNamed } from './home';

const search: readonly FormField[] = [
  {
    kind: 'text',
    name: 'text',
    title: 'Find a case',
    hint: 'The reference, a part of the name from its beginning, or the pupil number',
    width: 'half',
  },
];

const filters: readonly FormField[] = [
  {
    kind: 'pick',
    name: 'stage',
    title: 'Stage',
    optional: true,
    options: Object.entries(stageTitles).map(([value, title]) => ({ value, title })),
  },
  {
    kind: 'pick',
    name: 'open',
    title: 'Open or ended',
    optional: true,
    options: [
      { value: 'true', title: 'Open' },
      { value: 'false', title: 'Ended' },
    ],
  },
];

const whose: FormField = {
  kind: 'pick',
  name: 'named',
  title: 'Whose',
  optional: true,
  options: [{ value: 'me', title: 'Those that name you, as case-worker or monitoring officer' }],
};

export const cases: Page = page({
  path: '/cases',
  name: 'cases',
  who: 'signed-in',
  menu: { title: 'Cases', order: 20 },
  show: async (asked) => {
    const chosen = chosenOf(asked);
    const query = { limit: '50', ...chosen, ...cursorOf(asked, 'cursor') };
    const text = one(asked.again?.posted ?? {}, 'text').trim();
    const found =
      text === ''
        ? await asked.door('cases', { query })
        : await asked.door('searchCases', { query: { limit: '50' }, body: { text } });
    const inAddress = new URLSearchParams(chosen).toString();
    const more =
      text === '' && found.next !== null
        ? `/cases?${inAddress}${inAddress ? '&' : ''}cursor=${encodeURIComponent(found.next)}`
        : null;
    return {
      title: 'Cases',
      wide: true,
      main: html`${asked.form({ button: 'Find' }, showFields(search, asked.again ?? undefined))}
        ${details('Show some only', filterForm(chosen, mayBeNamed(asked) ? [...filters, whose] : filters))}
        <div data-live="cases">
          ${text === '' ? listOf(asked, found, 'Cases, the last changed first', 'There is no case here that you may see.') : listOf(asked, found, 'What was found', 'No case that you may see was found. Look for less of the name.')}
          ${nextPage(more)}
        </div>`,
    };
  },
  // What is looked for is shown by the same page: nothing is changed, so nothing is redirected.
  take: async (asked, { posted }) => {
    const { text } = readForm(search, posted).body;
    if (text === undefined) return { to: '/cases' };
    const again = { form: '', posted, problems: [] };
    return { show: await cases.show({ ...asked, again }) };
  },
});

function chosenOf({ query }: Asked): Record<string, string> {
  return Object.fromEntries(
    ['stage', 'open', 'named', 'programme', 'school'].flatMap((name) => (query[name] ? [[name, query[name]]] : [])),
  );
}

/** What is asked of the list stands in the address: it can be kept and sent to a colleague. */
function filterForm(chosen: Record<string, string>, fields: readonly FormField[]): Html {
  return html`<form method="get" action="/cases">
    ${showFields(fields, { posted: asTyped(fields, chosen), problems: [] })}
    <button type="submit" class="govuk-button govuk-button--secondary">Show</button>
  </form>`;
}

function listOf({ person }: Asked, { cases: rows }: Answers['cases'], caption: string, empty: string): Html {
  // Of a provider every case is with them, but for one that has gone to another since.
  const isWith =
    !person.parties.every((party) => roleOf(party) === 'provider') || rows.some((row) => row.hostName !== rows[0]?.hostName);
  const columns = [
    { title: 'Case' },
    ...['Student', 'Programme', 'School', 'Stage'].map((title) => ({ title, plain: true }) as const),
    ...(isWith ? [{ title: 'With' }] : []),
    { title: 'Changed' },
  ];
  return table(
    caption,
    columns,
    rows.map(({ reference, student, programme, schoolName, hostName, stage, updated }) => [
      ...[caseLink(reference), studentIn(student), programme.title, schoolName, stage.title],
      ...(isWith ? [hostName] : []),
      shortTime(updated),
    ]),
    empty,
  );
}
