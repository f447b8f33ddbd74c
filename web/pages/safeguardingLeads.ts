// Designated Safeguarding Leads (R123, R124): whom one calls, on the pages where that is needed; each organisation and CAP keep theirs.
import type { CaseView } from '../../api/views/case';
import { HttpProblem } from '../../api/problems';
import { can } from '../../domain/permissions';
import { hasLeads, mostLeads, type SafeguardingLead } from '../../domain/safeguardingLeads';
import type { Answers } from '../answers';
import { asTyped, one, readForm, type FormField, type Posted } from '../forms/fields';
import { formOver } from '../forms/meanwhile';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { heading, leadOn, link, list, paragraph, table } from '../parts';

type Kept = Answers['safeguardingLeads'];

export const leadsPath = (party: string): string => `/safeguarding-leads/${party}`;

const read = (asked: Asked, party: string) => asked.door('safeguardingLeads', { params: { party } });

/** The leads of one party, with what to do where none is named. */
export function leadsTable({ name, leads }: Kept): Html {
  return table(
    `Designated Safeguarding Leads of ${name}`,
    [{ title: 'Name' }, { title: 'Telephone' }, { title: 'E-mail' }],
    leads.map((lead) => [lead.name, ...waysTo(lead)]),
    `Nobody is named yet: ask ${name} who it is.`,
  );
}

const waysTo = ({ telephone, email }: SafeguardingLead): Html[] => [
  link(dialled(telephone), telephone),
  link(`mailto:${email}`, email),
];

/** @returns where a telephone number is called: the line, and the extension after it */
function dialled(telephone: string): string {
  const [line = '', extension] = telephone.split(/ *(?:ext\.?|extension|x) */i).map((part) => part.replace(/[^+\d]/g, ''));
  return `tel:${line}${extension === undefined ? '' : `;ext=${extension}`}`;
}

/** Those of CAP, for whoever has a role in it. */
export async function leadsOfCap(asked: Asked): Promise<Html> {
  return asked.may('safeguardingLeads') ? leadsTable(await read(asked, 'cap')) : html``;
}

/** Those of the home school and of the host: the two that tell each other of a concern (R124). */
export async function leadsOfCase(asked: Asked, { school, host }: CaseView): Promise<Html> {
  const parties = [...(school === '' ? [] : [`school:${school}`]), ...(host === null ? [] : [host])];
  const all = await Promise.all(parties.map((party) => read(asked, party)));
  const named = all.filter(({ leads }) => leads.length > 0);
  const unnamed = all.filter(({ leads }) => leads.length === 0);
  return html`${heading('Designated Safeguarding Leads')}
  ${
    named.length === 0
      ? ''
      : table(
          'Whom to call',
          [{ title: 'Of' }, { title: 'Name' }, { title: 'Telephone' }, { title: 'E-mail' }],
          named.flatMap(({ name, leads }) => leads.map((lead) => [name, lead.name, ...waysTo(lead)])),
          '',
        )
  }
  ${unnamed.map(({ name }) => paragraph(`Nobody is named yet for ${name}: ask it, or the CAP team, who it is.`))}
  ${paragraph(html`Write nothing of a concern here. ${link('/help#concern', 'Where to turn with a concern')}`)}`;
}

const keeps: Page['who'] = (person) => can(person, 'keep-leads');

const listOfOwn = page({
  path: '/safeguarding-leads',
  name: 'ownSafeguardingLeads',
  who: keeps,
  menu: { title: 'Safeguarding leads', order: 92, rare: true, about: 'Whom others call with a concern' },
  show: async (asked) => {
    const own = await Promise.all(asked.person.parties.filter(hasLeads).map((party) => read(asked, party)));
    return {
      title: 'Safeguarding leads',
      main: html`${paragraph('Everybody who works with CAP sees them: CAP’s under Help, yours on the pages of your cases.')}
      ${own.map((kept) => html`${leadsTable(kept)} ${leadOn(leadsPath(kept.party), `Change those of ${kept.name}`, 'secondary')}`)}
      ${asked.may('organisations') ? paragraph(html`Those of a school or provider stand on its page: ${link('/organisations', 'Organisations')}`) : ''}`,
    };
  },
});

const places = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'].slice(0, mostLeads);

const nameOf = (place: number, part: string) => `leads.${String(place)}.${part}`;

function fieldsOf(place: number): readonly FormField[] {
  const title = (of: string) => `${places[place] ?? ''} lead: ${of}`;
  return [
    { kind: 'text', name: nameOf(place, 'name'), title: title('name'), width: 'half' },
    { kind: 'text', name: nameOf(place, 'telephone'), title: title('telephone'), width: 'short' },
    { kind: 'email', name: nameOf(place, 'email'), title: title('e-mail') },
  ];
}

const allFields = places.flatMap((_, place) => fieldsOf(place));

/** Those that are filled in, and room for two more. */
function shownFields(now: Posted, typed: Posted): readonly FormField[] {
  const isFilled = ({ name }: FormField) => [now, typed].some((posted) => one(posted, name).trim() !== '');
  const filled = places.findLastIndex((_, place) => fieldsOf(place).some(isFilled)) + 1;
  return places.slice(0, filled + 2).flatMap((_, place) => fieldsOf(place));
}

const typedLeads = (leads: readonly SafeguardingLead[]): Posted =>
  asTyped(
    allFields,
    Object.fromEntries(
      leads.flatMap((lead, place) => Object.entries(lead).map(([part, value]) => [nameOf(place, part), value as string])),
    ),
  );

const changeLeads = page({
  path: '/safeguarding-leads/{party}',
  name: 'safeguardingLeads',
  who: keeps,
  show: async (asked) => {
    const { party = '' } = asked.params;
    const kept = await read(asked, party);
    const now = typedLeads(kept.leads);
    return {
      title: `Safeguarding leads of ${kept.name}`,
      back: backTo(asked),
      main: can(asked.person, 'keep-leads', party).allowed
        ? html`${list(['Whom to call first stands first.', 'To take somebody out, empty their three fields.'])}
          ${formOver(asked, kept.version, shownFields(now, asked.again?.posted ?? {}), now)}`
        : leadsTable(kept),
    };
  },
  take: async (asked, { posted, headers }) => {
    const { party = '' } = asked.params;
    const { body } = readForm(allFields, posted);
    const filled = places.flatMap((_, place) => (fieldsOf(place).some(({ name }) => body[name] !== undefined) ? [place] : []));
    const leads = filled.map((place) =>
      Object.fromEntries(['name', 'telephone', 'email'].map((part) => [part, body[nameOf(place, part)] ?? ''])),
    );
    try {
      await asked.door('keepSafeguardingLeads', { params: { party }, headers, body: { leads } });
    } catch (error) {
      throw asOnTheForm(error, filled);
    }
    return { to: backTo(asked).href, said: 'saved' };
  },
});

/** What a door says of the second lead is said of the place on the form in which they stand, by the title of its field. */
function asOnTheForm(error: unknown, filled: readonly number[]): unknown {
  if (!(error instanceof HttpProblem) || error.more.errors === undefined) return error;
  const errors = error.more.errors.map((each) => {
    const [, index = '', part = ''] = /^leads\.(\d)\.(\w+)$/.exec(each.field) ?? [];
    const field = allFields.find(({ name }) => name === nameOf(filled[Number(index)] ?? -1, part));
    return field ? { ...each, field: field.name, message: each.message.replace(each.field, field.title) } : each;
  });
  return new HttpProblem(error.kind, error.message, { ...error.more, errors });
}

/** CAP comes from the page of the organisation, everybody else from the list of their own. */
function backTo(asked: Asked) {
  const [, code] = (asked.params['party'] ?? '').split(':');
  return code !== undefined && asked.may('organisations')
    ? { href: `/organisations/${code}`, text: 'The organisation' }
    : { href: '/safeguarding-leads', text: 'Safeguarding leads' };
}

export const safeguardingLeadPages: readonly Page[] = [listOfOwn, changeLeads];
