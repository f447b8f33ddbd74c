// The sites of training providers: where a student goes, on the pages where that is needed; each provider and CAP keep theirs.
import type { CaseView } from '../../api/views/case';
import { can } from '../../domain/permissions';
import { keeperOfSites, mostSites } from '../../domain/sites';
import { codeOf, roleOf, type Party } from '../../domain/words';
import type { Answers } from '../answers';
import { formOver } from '../forms/meanwhile';
import { rowsForm } from '../forms/rows';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { heading, leadOn, link, list, paragraph, table, telephoneLink } from '../parts';

type Kept = Answers['sites'];

export const sitesPath = (provider: string): string => `/sites/${provider}`;

export const readSites = (asked: Asked, provider: string): Promise<Kept> => asked.door('sites', { params: { provider } });

export function sitesTable({ name, sites }: Pick<Kept, 'name' | 'sites'>): Html {
  return table(
    `${sites.length === 1 ? 'Site' : 'Sites'} of ${name}`,
    [{ title: 'Site' }, { title: 'Address' }, { title: 'Telephone' }],
    sites.map((site) => [site.name, site.address, site.telephone === null ? '' : telephoneLink(site.telephone)]),
    `No site is named yet: ask ${name} where it is.`,
  );
}

/** While a provider has the student, or is to: where they go for the interview, the start and the placement. */
export async function sitesOfCase(asked: Asked, { host, position, site, course }: CaseView): Promise<Html> {
  const party = host as Party | null;
  if (party === null || roleOf(party) !== 'provider' || position.stage === 'closed') return html``;
  const kept = await readSites(asked, codeOf(party));
  const others = kept.sites.length > 1;
  return html`${heading('Where to go')} ${sitesTable({ ...kept, sites: site ? [site] : kept.sites })}
  ${others && site ? paragraph(`${course ?? 'The course'} runs there.`) : ''}
  ${others && !site ? paragraph(`Ask ${kept.name} which of them it is.`) : ''}`;
}

const providersOf = (asked: Asked) =>
  asked.person.parties.flatMap((party) => (roleOf(party) === 'provider' ? codeOf(party) : []));

const listOfOwn = page({
  path: '/sites',
  name: 'ownSites',
  who: (person) => can(person, 'keep-sites'),
  menu: { title: 'Sites', order: 93, rare: true, about: 'Where providers take their students' },
  show: async (asked) => {
    const own = await Promise.all(providersOf(asked).map((provider) => readSites(asked, provider)));
    return {
      title: 'Sites',
      main: html`${paragraph('Schools and CAP see them on the pages of their cases.')}
      ${own.map((kept) => html`${sitesTable(kept)} ${leadOn(sitesPath(kept.provider), `Change those of ${kept.name}`, 'secondary')}`)}
      ${asked.may('organisations') ? paragraph(html`Those of a provider stand on its page: ${link('/organisations', 'Organisations')}`) : ''}`,
    };
  },
});

const rows = rowsForm('sites', 'site', mostSites, [
  { kind: 'text', part: 'name', title: 'name', width: 'half' },
  { kind: 'words', part: 'address', title: 'address' },
  { kind: 'text', part: 'telephone', title: 'telephone, where it has its own', width: 'short', left: null },
]);

const changeSites = page({
  path: '/sites/{provider}',
  name: 'sites',
  who: (person) => can(person, 'keep-sites'),
  show: async (asked) => {
    const { provider = '' } = asked.params;
    const kept = await readSites(asked, provider);
    const now = rows.typed(kept.sites);
    return {
      title: `Sites of ${kept.name}`,
      back: backTo(asked),
      main: can(asked.person, 'keep-sites', keeperOfSites(provider)).allowed
        ? html`${list([
            'The main one stands first.',
            'To take a site out, empty its three fields. One at which a course runs stays until CAP has said where else it runs.',
            'Courses stay with a site that has another name at the same address.',
          ])}
          ${formOver(asked, kept.version, rows.shown(now, asked.again?.posted ?? {}), now)}`
        : sitesTable(kept),
    };
  },
  take: async (asked, { posted, headers }) => {
    const { provider = '' } = asked.params;
    await rows.send(posted, (sites) => asked.door('keepSites', { params: { provider }, headers, body: { sites } }));
    return { to: backTo(asked).href, said: 'saved' };
  },
});

/** CAP comes from the page of the provider, a provider from the list of its own. */
function backTo(asked: Asked) {
  const { provider = '' } = asked.params;
  return asked.may('organisations')
    ? { href: `/organisations/${provider}`, text: 'The organisation' }
    : { href: '/sites', text: 'Sites' };
}

export const sitePages: readonly Page[] = [listOfOwn, changeSites];
