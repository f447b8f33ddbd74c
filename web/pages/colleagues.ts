// Who acts for a school or provider in this service. Its staff ask CAP for the account of a colleague, or for its end; CAP gives and takes back (A21).
import { can } from '../../domain/permissions';
import { roleOf, type Party } from '../../domain/words';
import type { FormField } from '../forms/fields';
import { showFields } from '../forms/show';
import { readOrRefuse } from '../forms/readOrRefuse';
import { html } from '../html';
import { page, type Asked, type Page } from '../page';
import { leadOn, link, paragraph, table } from '../parts';
import { addressOfRequest, ownAccountRequests } from './accountRequests';
import { namesOf, type Names } from './parties';

const asks: Page['who'] = (person) => can(person, 'ask-for-accounts');

/** The schools and providers that the reader acts for. */
const ownOf = ({ person }: Pick<Asked, 'person'>): Party[] =>
  person.parties.filter((party) => ['school', 'provider'].includes(roleOf(party)));

const nameOf = (party: string, names: Names) => names.get(party.split(':')[1] ?? '') ?? party;

const listOfColleagues = page({
  path: '/colleagues',
  name: 'colleagues',
  who: asks,
  menu: { title: 'Colleagues', order: 90, rare: true, about: 'Who else acts for your organisation' },
  show: async (asked) => {
    const [{ colleagues }, names, { requests }] = await Promise.all([
      asked.door('colleagues'),
      namesOf(asked),
      asked.door('accountRequests'),
    ]);
    const own = ownOf(asked);
    return {
      title: 'Colleagues',
      main: html`${leadOn('/colleagues/new', 'Ask for an account')}
      ${table(
        'Who acts for your organisation here',
        [{ title: 'Name' }, { title: 'Organisation' }, { title: 'If they have left' }],
        colleagues
          .filter(({ party }) => own.some((each) => each === party))
          .map(({ party, person, name }) => [
            person === asked.person.person ? `${name} (you)` : name,
            nameOf(party, names),
            link(`/colleagues/${party}/${person}/end`, 'Ask that it ends', `: the account of ${name}`),
          ]),
        'Nobody acts for your organisation yet.',
      )}
      ${paragraph('Each of them sees the students and cases of the organisation, and may go on with what another began.')}
      ${ownAccountRequests(requests.filter(({ party }) => own.some((each) => each === party)))}`,
    };
  },
});

const why = (title: string, hint: string): FormField => ({ kind: 'words', name: 'why', title, hint });

async function fieldsOf(asked: Asked): Promise<FormField[]> {
  const own = ownOf(asked);
  const names = own.length > 1 ? await namesOf(asked) : new Map<string, string>();
  const options = own.map((party) => ({ value: party, title: nameOf(party, names) }));
  return [
    ...(options.length > 1 ? [{ kind: 'choice' as const, name: 'party', title: 'For which organisation?', options }] : []),
    { kind: 'text', name: 'name', title: 'Name', width: 'half' },
    { kind: 'email', name: 'email', title: 'Work e-mail', hint: 'Of your organisation: what concerns cases goes to it' },
    why('What do they need it for?', 'For instance: joins us on 1 September, to help with what we do here.'),
  ];
}

const askForAccount = page({
  path: '/colleagues/new',
  name: 'askForAccount',
  who: asks,
  show: async (asked) => ({
    title: 'Ask for an account for a colleague',
    back: { href: '/colleagues', text: 'Colleagues' },
    main: html`${paragraph('CAP looks at it, and two of its people give the account. You are told by e-mail.')}
    ${asked.form({ button: 'Ask CAP' }, showFields(await fieldsOf(asked), asked.again ?? undefined))}`,
  }),
  take: async (asked, { posted }) => {
    const [only = ''] = ownOf(asked);
    const body = { party: only, ...readOrRefuse(await fieldsOf(asked), posted), kind: 'give' };
    const { request } = await asked.door('askForAccount', { body });
    return { to: addressOfRequest(request.id), said: 'sent' };
  },
});

const whyEnd = [why('Why?', 'For instance: left us on 20 December.')];

const askForEnd = page({
  path: '/colleagues/{party}/{person}/end',
  name: 'askForEnd',
  who: asks,
  show: async (asked) => {
    const colleague = await colleagueOf(asked);
    const back = { href: '/colleagues', text: 'Colleagues' };
    if (!colleague)
      return { title: 'They do not act for you', back, main: paragraph('See who does in the list of your colleagues.') };
    return {
      title: `Ask that the account of ${colleague.name} ends`,
      back,
      main: html`${paragraph('Until CAP has accepted it they can still sign in. What they did stays.')}
      ${asked.form({ button: 'Ask CAP' }, showFields(whyEnd, asked.again ?? undefined))}`,
    };
  },
  take: async (asked, { posted }) => {
    const { party, person } = asked.params;
    const body = { kind: 'end', party, person, ...readOrRefuse(whyEnd, posted) };
    const { request } = await asked.door('askForAccount', { body });
    return { to: addressOfRequest(request.id), said: 'sent' };
  },
});

/** Whom the address names, of those who act for the reader's own organisations. */
async function colleagueOf(asked: Asked) {
  const { colleagues } = await asked.door('colleagues');
  const { party, person } = asked.params;
  return colleagues.find((each) => each.party === party && each.person === person && ownOf(asked).some((own) => own === party));
}

export const colleaguePages: readonly Page[] = [listOfColleagues, askForAccount, askForEnd];
