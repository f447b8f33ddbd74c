// Designated Safeguarding Leads (R123, R124): whom one calls, on the pages where that is needed; each organisation and CAP keep theirs.
import type { CaseView } from '../../api/views/case';
import { can } from '../../domain/permissions';
import { hasLeads, mostLeads, type SafeguardingLead } from '../../domain/safeguardingLeads';
import type { Answers } from '../answers';
import { formOver } from '../forms/meanwhile';
import { rowsForm } from '../forms/rows';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { heading, leadOn, link, list, paragraph, table, telephoneLink } from '../parts';

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

const waysTo = ({ telephone, email }: SafeguardingLead): Html[] => [telephoneLink(telephone), link(`mailto:${email}`, email)];

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

const rows = rowsForm('leads', 'lead', mostLeads, [
  { kind: 'text', part: 'name', title: 'name', width: 'half' },
  { kind: 'text', part: 'telephone', title: 'telephone', width: 'short' },
  { kind: 'email', part: 'email', title: 'e-mail' },
]);

const changeLeads = page({
  path: '/safeguarding-leads/{party}',
  name: 'safeguardingLeads',
  who: keeps,
  show: async (asked) => {
    const { party = '' } = asked.params;
    const kept = await read(asked, party);
    const now = rows.typed(kept.leads);
    return {
      title: `Safeguarding leads of ${kept.name}`,
      back: backTo(asked),
      main: can(asked.person, 'keep-leads', party).allowed
        ? html`${list(['Whom to call first stands first.', 'To take somebody out, empty their three fields.'])}
          ${formOver(asked, kept.version, rows.shown(now, asked.again?.posted ?? {}), now)}`
        : leadsTable(kept),
    };
  },
  take: async (asked, { posted, headers }) => {
    const { party = '' } = asked.params;
    await rows.send(posted, (leads) => asked.door('keepSafeguardingLeads', { params: { party }, headers, body: { leads } }));
    return { to: backTo(asked).href, said: 'saved' };
  },
});

/** CAP comes from the page of the organisation, everybody else from the list of their own. */
function backTo(asked: Asked) {
  const [, code] = (asked.params['party'] ?? '').split(':');
  return code !== undefined && asked.may('organisations')
    ? { href: `/organisations/${code}`, text: 'The organisation' }
    : { href: '/safeguarding-leads', text: 'Safeguarding leads' };
}

export const safeguardingLeadPages: readonly Page[] = [listOfOwn, changeLeads];
