// For auditors: who read what, and whether the timeline of a case is as it was written.
import { problemKinds } from '../../api/problems';
import { formatDay, formatLondon, isIsoDate } from '../../domain/calendar';
import { nightReference } from '../../domain/nights';
import { can } from '../../domain/permissions';
import type { Answers } from '../answers';
import { asTyped, type FormField } from '../forms/fields';
import { showFields } from '../forms/show';
import { readOrRefuse } from '../forms/readOrRefuse';
import { shortDay, shortTime } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { badge, details, inset, link, nextPage, paragraph, summaryList, table } from '../parts';
import { cursorOf } from './home';

type Line = Answers['accessLog']['lines'][number];

const filters: readonly FormField[] = [
  {
    kind: 'text',
    name: 'reference',
    title: 'What was read',
    hint: 'The reference of a case, or the code of a student',
    width: 'half',
    optional: true,
  },
  {
    kind: 'text',
    name: 'person',
    title: 'Who read it',
    hint: 'Their short name, as the list of people has it',
    width: 'half',
    optional: true,
  },
  { kind: 'day', name: 'day', title: 'On which day', optional: true },
];

const accessPage = page({
  path: '/access',
  name: 'access',
  who: (person) => can(person, 'see-access'),
  menu: { title: 'Access', order: 115, rare: true, about: 'Who read what' },
  show: async (asked) => {
    const chosen = chosenOf(asked);
    const { lines, next } = await asked.door('accessLog', { query: { ...chosen, ...cursorOf(asked, 'cursor') } });
    const typed = asked.again ?? { posted: asTyped(filters, chosen), problems: [] };
    const form = asked.form({ button: 'Show', looks: 'secondary' }, showFields(filters, typed));
    return {
      title: 'Who read what',
      wide: true,
      main: html`${paragraph('What was read and what was refused, the latest first. What happened to a case stands in its own timeline. That you read this is written down too.')}
      ${paragraph(link('/nights', 'Whether the timelines are as they were written'))}
      ${asked.again || Object.keys(chosen).length > 0 ? form : details('Show some only', form)}
      ${table(
        captionOf(chosen),
        ['When', 'Who', 'What', 'Of', 'Outcome'].map((title) => ({ title })),
        lines.map((line) => [shortTime(line.at), whoOf(line), line.title ?? line.action, ofWhat(line), outcomeOf(line)]),
        'Nothing was read, as far as you asked.',
      )}
      ${nextPage(next && addressOf({ ...chosen, cursor: next }))}`,
    };
  },
  // What is asked for stands in the address, in codes alone: it can be kept, and its pages be turned.
  take: (_, { posted }) => {
    const { reference, ...others } = readOrRefuse(filters, posted) as Readonly<Record<string, string>>;
    return Promise.resolve({ to: addressOf({ ...others, ...(reference ? { reference: reference.toUpperCase() } : {}) }) });
  },
});

function chosenOf({ query }: Asked): Record<string, string> {
  return Object.fromEntries(['reference', 'person', 'day'].flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
}

function addressOf(query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? '/access' : `/access?${text}`;
}

function captionOf({ reference, person, day }: Readonly<Record<string, string>>): string {
  const parts = [
    reference && `of ${reference}`,
    person && `by ${person}`,
    day && `on ${isIsoDate(day) ? formatDay(day) : day}`,
  ].filter(Boolean);
  return ['What was read', ...parts].join(' ');
}

function whoOf({ person, name }: Line): Html | string {
  return person === '' ? 'Nobody signed in' : link(addressOf({ person }), name ?? person, ': what else they read');
}

function ofWhat({ reference }: Line): Html | null {
  return reference === null
    ? null
    : html`<span class="cap-reference">${link(addressOf({ reference }), reference, ': who else read it')}</span>`;
}

function outcomeOf({ action, detail }: Line): Html | string {
  const { problem } = detail;
  if (action === 'refused') return badge('Refused', 'late');
  if (problem === undefined) return 'Done';
  const known = typeof problem === 'string' && Object.hasOwn(problemKinds, problem);
  return badge(known ? problemKinds[problem as keyof typeof problemKinds].title : String(problem), 'late');
}

const proofPage = page({
  path: '/cases/{reference}/proof',
  name: 'proof',
  who: (person) => can(person, 'prove-timeline'),
  show: async (asked) => {
    const { reference = '' } = asked.params;
    const { intact, entries, step, head, erased, broken, signed } = await asked.door('timelineProof', { params: { reference } });
    return {
      title: intact ? 'The timeline is as it was written' : 'The timeline is not as it was written',
      caption: reference,
      about: reference,
      back: { href: `/cases/${reference}`, text: `Case ${reference}` },
      main: html`${paragraph('Each entry holds the hash of the one before it, who did it, and a digest of the words. All of them were computed anew just now, from what stands in the records.')}
      ${broken && inset(html`${badge('Broken', 'late')} At step ${String(broken.step)}, entry ${String(broken.seq + 1)}: ${broken.why} Tell whoever runs the service, and change nothing.`)}
      ${summaryList([
        { key: 'The chain', value: intact ? badge('Holds', 'good') : badge('Does not hold', 'late') },
        { key: 'Entries', value: String(entries) },
        { key: 'Last step', value: String(step) },
        {
          key: 'Words erased',
          value: erased === 0 ? 'None' : `Of ${String(erased)} entries, as retention asks: their digests are still in the chain`,
        },
        { key: 'Signed', value: signedOf(signed) },
        { key: 'Head', value: html`<code class="cap-code">${head}</code>` },
        { key: 'Computed', value: formatLondon(asked.now) },
      ])}
      ${paragraph(html`Whoever changes an entry, or the words of one, changes every hash after it. ${link('/nights', 'The heads of all timelines are signed each night')}, and kept apart.`)}`,
    };
  },
});

function signedOf(signed: Answers['timelineProof']['signed']): Html | string {
  if (signed === null) return 'Not yet: this is done each night';
  const night = link(`/nights/${nightReference(signed.night)}`, shortDay(signed.night));
  return html`At step ${String(signed.step)}, in the night of ${night} with the key ${signed.key}`;
}

export const accessPages: readonly Page[] = [accessPage, proofPage];
