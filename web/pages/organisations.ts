// Schools and training providers as CAP keeps them, the years of the SLA (R6), and the programmes that are offered only while CAP says so.
import { HttpProblem } from '../../api/problems';
import { can } from '../../domain/permissions';
import { isSameCode } from '../../domain/words';
import type { Answers } from '../answers';
import { asTyped, type FormField } from '../forms/fields';
import { showFields } from '../forms/show';
import { formOver } from '../forms/meanwhile';
import { readOrRefuse, wrongField } from '../forms/readOrRefuse';
import { html } from '../html';
import { page, type Asked, type Page } from '../page';
import { badge, leadOn, link, paragraph, summaryList, table, type Column } from '../parts';
import { leadsPath, leadsTable } from './safeguardingLeads';
import { readSites, sitesPath, sitesTable } from './sites';
import { yearOf, yearsAround } from './years';

type Kept = Answers['organisations']['organisations'][number];

const reads: Page['who'] = (person) => can(person, 'see-people');
const keeps: Page['who'] = (person) => can(person, 'keep-directory');

const sectorTitles = { secondary: 'Secondary', primary: 'Primary', 'out-of-area': 'Outside Coventry' } as const;
const columns = (...titles: string[]): Column[] => titles.map((title) => ({ title }));
const addressOf = (code: string) => `/organisations/${code}`;

const listOfOrganisations = page({
  path: '/organisations',
  name: 'organisations',
  who: reads,
  menu: { title: 'Organisations', order: 85, rare: true, about: 'Schools and providers, their agreements and programmes' },
  show: async (asked) => {
    const { organisations } = await asked.door('organisations');
    const off = asked.may('programmesOffByDefault') ? (await asked.door('programmesOffByDefault')).programmes : [];
    const year = yearOf(asked.now);
    const of = (kind: Kept['kind']) => organisations.filter((each) => each.kind === kind);
    return {
      title: 'Organisations',
      wide: true,
      main: html`${asked.may('keepOrganisation') ? leadOn('/organisations/new', 'Add a school or a provider') : ''}
      ${table(
        'Schools',
        columns('Name', 'Code', 'Partnership', 'URN', `SLA ${year}`),
        of('school').map(({ code, name, sector, urn, slas }) => [
          link(addressOf(code), name),
          code,
          sector && sectorTitles[sector],
          urn ?? 'Not known',
          slas.includes(year) ? badge('SLA', 'good') : 'No',
        ]),
        'There is no school yet: add the first one.',
      )}
      ${table(
        'Training providers',
        columns('Name', 'Code', 'URN', 'UKPRN'),
        of('provider').map(({ code, name, urn, ukprn }) => [
          link(addressOf(code), name),
          code,
          urn ?? 'Not registered',
          ukprn ?? 'Not known',
        ]),
        'There is no provider yet: add the first one.',
      )}
      ${
        off.length === 0
          ? ''
          : table(
              'Programmes that are offered only while CAP says so',
              columns('Programme', 'Offered', 'Change'),
              off.map(({ code, title, offered }) => [
                title,
                offered ? badge('Offered', 'good') : 'No',
                link(`/organisations/programmes/${code}`, 'Change', title),
              ]),
              '',
            )
      }`,
    };
  },
});

const kinds = [
  { value: 'school', title: 'A school' },
  { value: 'provider', title: 'A training provider' },
];
const sector: FormField = {
  kind: 'choice',
  name: 'sector',
  title: 'Its partnership',
  options: Object.entries(sectorTitles).map(([value, title]) => ({ value, title })),
};
const said: readonly FormField[] = [
  { kind: 'text', name: 'name', title: 'Name', width: 'half' },
  { kind: 'email', name: 'email', title: 'E-mail', hint: 'A mailbox that several people read: its e-mails go there' },
  { kind: 'text', name: 'urn', title: 'URN', hint: 'Six digits, where it is registered', width: 'short', optional: true },
  { kind: 'text', name: 'ukprn', title: 'UKPRN', hint: 'Eight digits', width: 'short', optional: true },
];
const address: FormField = { kind: 'words', name: 'address', title: 'Address', optional: true };
const newFields: readonly FormField[] = [
  { kind: 'choice', name: 'kind', title: 'What is it?', options: kinds },
  { ...sector, when: { field: 'kind', is: ['school'] } },
  {
    kind: 'text',
    name: 'code',
    title: 'Code',
    hint: 'Names it in our records, for good, such as SCH-A or TP-ONE',
    width: 'short',
  },
  ...said,
  { ...address, when: { field: 'kind', is: ['school'] } },
];
const nothing = { sector: null, urn: null, ukprn: null, address: null };

const addOrganisation = page({
  path: '/organisations/new',
  name: 'addOrganisation',
  who: keeps,
  show: (asked) =>
    Promise.resolve({
      title: 'Add a school or a provider',
      back: { href: '/organisations', text: 'Organisations' },
      main: asked.form({ button: 'Add' }, showFields(newFields, asked.again ?? undefined)),
    }),
  take: async (asked, { posted }) => {
    const { code: typed = '', ...body } = readOrRefuse(newFields, posted);
    const code = String(typed);
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(code))
      throw wrongField('code', 'R22', 'Code: letters, digits and hyphens, such as SCH-A.');
    const { organisations } = await asked.door('organisations');
    if (organisations.some((each) => isSameCode(each.code, code)))
      throw wrongField('code', 'R22', 'An organisation has this code: take another.');
    await asked.door('keepOrganisation', { params: { code }, body: { ...nothing, ...body } });
    return { to: addressOf(code), said: 'added' };
  },
});

async function organisationOf(asked: Asked): Promise<Kept> {
  const { organisations } = await asked.door('organisations');
  const found = organisations.find(({ code }) => code === asked.params['code']);
  if (!found) throw new HttpProblem('not-found');
  return found;
}

/** The years for which it can be said whether a school has the SLA: those of today, and whatever is known. */
function slaField({ slas }: Kept, { now }: Asked): FormField {
  const years = [...new Set([...yearsAround(now, 1).slice(0, 3), ...slas])].sort().reverse();
  return {
    kind: 'choices',
    name: 'slas',
    title: 'Academic years with the Service Level Agreement',
    options: years.map((value) => ({ value, title: value })),
  };
}

const oneOrganisation = page({
  path: '/organisations/{code}',
  name: 'organisation',
  who: reads,
  takesFrom: keeps,
  show: async (asked) => {
    const found = await organisationOf(asked);
    const { code, kind, name, email, urn, ukprn, address, slas, version } = found;
    const may = asked.may('keepOrganisation');
    const years = slaField(found, asked);
    const there = asTyped([years], { slas });
    const party = `${kind}:${code}`;
    const [leads, sites] = await Promise.all([
      asked.door('safeguardingLeads', { params: { party } }),
      kind === 'provider' ? readSites(asked, code) : null,
    ]);
    return {
      title: name,
      caption: kind === 'school' ? 'School' : 'Training provider',
      back: { href: '/organisations', text: 'Organisations' },
      main: html`${summaryList([
        { key: 'Code', value: code },
        { key: 'Partnership', value: found.sector && sectorTitles[found.sector] },
        { key: 'E-mail', value: email },
        { key: 'URN', value: urn },
        { key: 'UKPRN', value: ukprn },
        { key: 'Address', value: address },
        { key: 'SLA', value: kind === 'school' && !may ? slas.join(', ') || 'None' : null },
      ])}
      ${may ? leadOn(`${addressOf(code)}/change`, 'Change', 'secondary') : ''} ${sites === null ? '' : sitesTable(sites)}
      ${sites !== null && may ? leadOn(sitesPath(code), 'Change its sites', 'secondary') : ''} ${leadsTable(leads)}
      ${may ? leadOn(leadsPath(party), 'Change its safeguarding leads', 'secondary') : ''}
      ${kind === 'school' && may ? formOver(asked, version, [years], there) : ''}`,
    };
  },
  take: async (asked, { posted, headers }) => {
    const found = await organisationOf(asked);
    const years = slaField(found, asked);
    let over = headers;
    const chosen = readOrRefuse([years], posted)['slas'] as readonly string[];
    for (const academicYear of new Set([...chosen, ...found.slas])) {
      const has = chosen.includes(academicYear);
      if (has === found.slas.includes(academicYear)) continue;
      const call = { params: { code: found.code, academicYear }, headers: over, body: { has } };
      const { etag } = await asked.tagged('keepSla', call);
      over = { 'if-match': String(etag) };
    }
    return { to: addressOf(found.code), said: 'saved' };
  },
});

const changeOrganisation = page({
  path: '/organisations/{code}/change',
  name: 'changeOrganisation',
  who: keeps,
  show: async (asked) => {
    const found = await organisationOf(asked);
    const fields = fieldsOf(found);
    const there = asTyped(fields, { ...found });
    return {
      title: `Change ${found.name}`,
      back: { href: addressOf(found.code), text: found.name },
      main: formOver(asked, found.version, fields, there),
    };
  },
  take: async (asked, { posted, headers }) => {
    const found = await organisationOf(asked);
    const body = { ...nothing, ...readOrRefuse(fieldsOf(found), posted), kind: found.kind };
    await asked.door('keepOrganisation', { params: { code: found.code }, headers, body });
    return { to: addressOf(found.code), said: 'saved' };
  },
});

function fieldsOf({ kind }: Kept): readonly FormField[] {
  return kind === 'school' ? [sector, ...said, address] : said;
}

const offered: FormField = {
  kind: 'yes-no',
  name: 'offered',
  title: 'Can it be applied for?',
  hint: 'Cases that run go on, whatever you choose.',
};

const offerProgramme = page({
  path: '/organisations/programmes/{code}',
  name: 'offerProgramme',
  who: keeps,
  show: async (asked) => {
    const { programmes } = await asked.door('programmesOffByDefault');
    const found = programmes.find(({ code }) => code === asked.params['code']);
    if (!found) throw new HttpProblem('not-found');
    const there = asTyped([offered], { offered: found.offered });
    return {
      title: found.title,
      back: { href: '/organisations', text: 'Organisations' },
      main: html`${paragraph('This programme is opened by the local authority, and is off unless CAP offers it.')}
      ${formOver(asked, found.version, [offered], there)}`,
    };
  },
  take: async (asked, { posted, headers }) => {
    const { code = '' } = asked.params;
    await asked.door('offerProgramme', { params: { code }, headers, body: readOrRefuse([offered], posted) });
    return { to: '/organisations', said: 'saved' };
  },
});

export const organisationPages: readonly Page[] = [
  listOfOrganisations,
  addOrganisation,
  oneOrganisation,
  changeOrganisation,
  offerProgramme,
];
