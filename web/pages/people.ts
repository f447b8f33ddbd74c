// People, their grants and how they sign in: CAP keeps them, auditors read them. Who asks for what lets somebody in does not give it (A21).
import { createHash } from 'node:crypto';
import { HttpProblem } from '../../api/problems';
import { formatLondon, panelCodes } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { isSame, isSecondPerson, whyNotGive, type ToGive } from '../../domain/personRequests';
import { isSameCode, panelTitles } from '../../domain/words';
import type { Answers } from '../answers';
import { asTyped, one, type FormField } from '../forms/fields';
import { showFields } from '../forms/show';
import { formOver } from '../forms/meanwhile';
import { readOrRefuse, wrongField } from '../forms/readOrRefuse';
import { shortTime } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Done, type Page } from '../page';
import { badge, inset, leadOn, link, paragraph, summaryList, table, warning } from '../parts';
import { openAccountRequests } from './accountRequests';
import { grantInWords, namesOf, type Names } from './parties';

type Kept = Answers['people']['people'][number];
type Request = Answers['personRequests']['requests'][number];

const reads: Page['who'] = (person) => can(person, 'see-people');
const keeps: Page['who'] = (person) => can(person, 'keep-people');

const addressOf = (id: string) => `/people/${id}`;

const search: readonly FormField[] = [
  { kind: 'text', name: 'text', title: 'Find a person', hint: 'A part of their name', width: 'half' },
];

const listOfPeople: Page = page({
  path: '/people',
  name: 'people',
  who: reads,
  menu: { title: 'People', order: 90, rare: true, about: 'Who signs in here, and for whom they act' },
  show: async (asked) => {
    const text = one(asked.again?.posted ?? {}, 'text').trim();
    const [{ people }, { requests }, names, accounts] = await Promise.all([
      asked.door('people'),
      asked.door('personRequests'),
      namesOf(asked),
      asked.door('accountRequests'),
    ]);
    const found = people.filter(({ name }) => name.toLocaleLowerCase('en-GB').includes(text.toLocaleLowerCase('en-GB')));
    return {
      title: 'People',
      wide: true,
      main: html`${asked.may('keepPerson') ? leadOn('/people/new', 'Add a person') : ''}
      ${openAccountRequests(accounts.requests, names)} ${waiting(requests, people, names)}
      ${asked.form({ button: 'Find', looks: 'secondary' }, showFields(search, asked.again ?? undefined))}
      ${table(
        text === '' ? 'Everybody, by name' : 'Who was found, by name',
        ['Name', 'E-mail', 'Grants', 'Signs in'].map((title) => ({ title })),
        found.map(({ id, name, email, grants, active, signIns }) => [
          link(addressOf(id), name),
          addressInLines(email),
          lines(grants.map((party) => grantInWords(party, names))),
          active ? (signIns.length === 0 ? badge('Not yet', 'waits') : 'Yes') : badge('Left'),
        ]),
        'Nobody has this in their name. Try a shorter part of it.',
      )}`,
    };
  },
  // What is looked for is shown by the same page: nothing is changed, so nothing is redirected.
  take: async (asked, { posted }) => ({ show: await listOfPeople.show({ ...asked, again: { form: '', posted, problems: [] } }) }),
});

/** An e-mail address that breaks, where it must, behind its name. */
function addressInLines(email: string | null): Html {
  const [name = '', host] = (email ?? '').split('@');
  return host === undefined ? html`${name}` : html`${name}@<wbr />${host}`;
}

function lines(texts: readonly string[]): Html {
  return html`${texts.map((text, index) => html`${index === 0 ? '' : html`<br />`}${text}`)}`;
}

function waiting(requests: readonly Request[], people: readonly Kept[], names: Names): Html {
  if (requests.length === 0) return html``;
  return table(
    'Waits for a second person',
    ['For', 'What', 'Asked by', 'Asked', 'Next'].map((title) => ({ title })),
    requests.map((request) => [
      nameOf(request.person, people),
      inWords(request, names),
      nameOf(request.askedBy, people),
      shortTime(request.asked),
      link(addressOfRequest(request), 'Give or turn down', `for ${nameOf(request.person, people)}`),
    ]),
    '',
  );
}

const addressOfRequest = ({ id }: Request) => `/person-requests/${id}`;

function inWords(request: Request, names: Names): string {
  return request.kind === 'grant' ? grantInWords(request.party, names) : 'A way to sign in';
}

function nameOf(id: string, people: readonly Kept[]): string {
  return people.find((each) => each.id === id)?.name ?? id;
}

async function personOf(asked: Asked): Promise<Kept> {
  const { people } = await asked.door('people');
  const found = people.find(({ id }) => id === asked.params['id']);
  if (!found) throw new HttpProblem('not-found');
  return found;
}

const onePerson = page({
  path: '/people/{id}',
  name: 'person',
  who: reads,
  show: async (asked) => {
    const [person, names, { requests }] = await Promise.all([personOf(asked), namesOf(asked), asked.door('personRequests')]);
    const { id, name, email, active, grants, signIns } = person;
    const may = asked.may('keepPerson');
    const open = (kind: Request['kind']) => requests.filter((each) => each.person === id && each.kind === kind);
    return {
      title: name,
      back: { href: '/people', text: 'People' },
      main: html`${summaryList([
        { key: 'Short name', value: id },
        { key: 'E-mail', value: email },
        { key: 'Works with CAP', value: active ? 'Yes' : 'No: they cannot sign in, and what they did stays' },
      ])}
      ${may ? leadOn(`${addressOf(id)}/change`, 'Change', 'secondary') : ''}
      ${table(
        'Grants',
        may ? [{ title: 'Grant' }, { title: 'Take back' }] : [{ title: 'Grant' }],
        grants.map((party) => {
          const inWords = grantInWords(party, names);
          return may ? [inWords, link(`${addressOf(id)}/grants/${party}/take-back`, 'Take back', inWords)] : [inWords];
        }),
        'No grant: they can sign in and see nothing.',
      )}
      ${askedFor(open('grant'), names)} ${may ? leadOn(`${addressOf(id)}/grant`, 'Ask for a grant', 'secondary') : ''}
      ${table(
        'Ways to sign in',
        [{ title: 'Identity provider' }, { title: 'Subject' }, ...(may ? [{ title: 'Take back' }] : [])],
        signIns.map((each) => [
          each.issuer,
          each.subject,
          ...(may ? [link(`${addressOf(id)}/sign-ins/${nameOfSignIn(each)}/take-back`, 'Take back', each.subject)] : []),
        ]),
        'They cannot sign in yet: it takes a way to sign in, which two people give.',
      )}
      ${askedFor(open('sign-in'), names)}
      ${may ? leadOn(`${addressOf(id)}/sign-in`, 'Ask for a way to sign in', 'secondary') : ''}
      ${may ? paragraph(link(`${addressOf(id)}/sign-out`, 'Sign them out everywhere')) : ''}`,
    };
  },
});

/** What of somebody's waits for a second person. */
function askedFor(open: readonly Request[], names: Names): Html | string {
  if (open.length === 0) return '';
  return inset(html`${open.map((each) => html`Asked for: ${link(addressOfRequest(each), inWords(each, names))}<br />`)}`);
}

const signOutPerson = page({
  path: '/people/{id}/sign-out',
  name: 'signOutPerson',
  who: keeps,
  show: async (asked) => {
    const { id, name } = await personOf(asked);
    return {
      title: `Sign ${name} out everywhere?`,
      back: { href: addressOf(id), text: name },
      main: html`${paragraph('As when their computer was lost. They can sign in again; whoever has left is marked so under “Change”.')}
      ${asked.form({ button: 'Sign them out', looks: 'warning' }, [])}`,
    };
  },
  take: async (asked) => {
    const { id } = await personOf(asked);
    await asked.door('endSessionsOfPerson', { params: { id } });
    return { to: addressOf(id), said: 'person-signed-out' };
  },
});

const shortName: FormField = {
  kind: 'text',
  name: 'id',
  title: 'Short name',
  hint: 'Names them in our records, for good: letters, digits and dots, such as a.sample',
  width: 'short',
};

const said: readonly FormField[] = [
  { kind: 'text', name: 'name', title: 'Name', width: 'half' },
  { kind: 'email', name: 'email', title: 'E-mail', hint: 'Where the service writes to them' },
];

const works: FormField = {
  kind: 'yes-no',
  name: 'active',
  title: 'Do they still work with CAP?',
  hint: 'Whoever has left cannot sign in. What they did stays. To come back, what they may see and do is given anew by two people.',
};

const addPerson = page({
  path: '/people/new',
  name: 'addPerson',
  who: keeps,
  show: (asked) =>
    Promise.resolve({
      title: 'Add a person',
      back: { href: '/people', text: 'People' },
      main: html`${paragraph('How they sign in, and what they may see and do, is given afterwards, by two people.')}
      ${asked.form({ button: 'Add' }, showFields([shortName, ...said], asked.again ?? undefined))}`,
    }),
  take: async (asked, { posted }) => {
    const { id = '', ...body } = readOrRefuse([shortName, ...said], posted);
    const name = String(id);
    const { people } = await asked.door('people');
    const wrong = people.some((each) => isSameCode(each.id, name))
      ? 'Somebody has this short name: take another.'
      : /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)
        ? null
        : 'Short name: letters, digits and dots, such as a.sample.';
    if (wrong !== null) throw wrongField('id', 'A21', wrong);
    await asked.door('keepPerson', { params: { id: name }, body: { ...body, active: true } });
    return { to: addressOf(name), said: 'added' };
  },
});

const changePerson = page({
  path: '/people/{id}/change',
  name: 'changePerson',
  who: keeps,
  show: async (asked) => {
    const person = await personOf(asked);
    const fields = [...said, works];
    const there = asTyped(fields, { ...person });
    return {
      title: `Change ${person.name}`,
      back: { href: addressOf(person.id), text: person.name },
      main: formOver(asked, person.version, fields, there),
    };
  },
  take: async (asked, { posted, headers }) => {
    const { id } = await personOf(asked);
    await asked.door('keepPerson', { params: { id }, headers, body: readOrRefuse([...said, works], posted) });
    return { to: addressOf(id), said: 'saved' };
  },
});

const signIn: readonly FormField[] = [
  { kind: 'text', name: 'issuer', title: 'Identity provider', hint: 'Its address, such as https://identity.example.org' },
  {
    kind: 'text',
    name: 'subject',
    title: 'Subject',
    hint: 'How the identity provider names this person: as its administrator says it',
    width: 'half',
  },
  { kind: 'words', name: 'why', title: 'Why do they need it?', hint: 'Say how you know that this is theirs.' },
];

const askForSignIn = page({
  path: '/people/{id}/sign-in',
  name: 'askForSignIn',
  who: keeps,
  show: async (asked) => {
    const { id, name } = await personOf(asked);
    return {
      title: 'Ask for a way to sign in',
      caption: name,
      back: { href: addressOf(id), text: name },
      main: html`${paragraph('A colleague gives it: nobody gives what they asked for themself. Until then nobody signs in so.')}
      ${asked.form({ button: 'Ask' }, showFields(signIn, asked.again ?? undefined))}`,
    };
  },
  take: async (asked, { posted }) => {
    const { id } = await personOf(asked);
    const { issuer = '', subject = '', why = '' } = readOrRefuse(signIn, posted) as Readonly<Record<string, string>>;
    return ask(asked, { kind: 'sign-in', person: id, issuer, subject }, why);
  },
});

/** Asks for it, unless the form came twice: it waits once. */
async function ask(asked: Asked, toGive: ToGive, why: string): Promise<Done> {
  const { requests } = await asked.door('personRequests');
  const isMine = requests.some(
    (each) => isSame(each, toGive) && each.person === toGive.person && each.askedBy === asked.person.person,
  );
  if (!isMine) await asked.door('requestForPerson', { body: { ...toGive, why } });
  return { to: addressOf(toGive.person), said: 'asked' };
}

/** Names a way to sign in within the address of a page, where neither issuer nor subject fits. */
function nameOfSignIn({ issuer, subject }: Kept['signIns'][number]): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex')
    .slice(0, 16);
}

const takeBackSignIn = page({
  path: '/people/{id}/sign-ins/{signIn}/take-back',
  name: 'takeBackSignIn',
  who: keeps,
  show: async (asked) => {
    const { id, name, signIns } = await personOf(asked);
    const back = { href: addressOf(id), text: name };
    const found = signIns.find((each) => nameOfSignIn(each) === asked.params['signIn']);
    if (!found) return { title: 'They do not sign in so', back, main: paragraph('It was taken back, or they never did.') };
    const others =
      signIns.length > 1 ? 'The other ways to sign in stay.' : 'It is the only one: they cannot sign in until another is given.';
    return {
      title: 'Take this way to sign in back?',
      caption: name,
      back,
      main: html`${summaryList(shownSignIn(found))}
      ${warning(`Whoever came in so is signed out at once. ${others} To give it again takes two people.`)}
      ${asked.form({ button: 'Take it back', looks: 'warning' }, [])}`,
    };
  },
  take: async (asked) => {
    const { id, signIns } = await personOf(asked);
    const found = signIns.find((each) => nameOfSignIn(each) === asked.params['signIn']);
    // Somebody was faster, or the form came twice: it is so already.
    if (found) await asked.door('takeBackSignIn', { params: { id }, body: found });
    return { to: addressOf(id), said: 'sign-in-taken-back' };
  },
});

async function grantFields(asked: Asked): Promise<FormField[]> {
  const [{ schools }, { providers }] = await Promise.all([asked.door('schools'), asked.door('providers')]);
  const options = (all: readonly { readonly code: string; readonly name: string }[]) =>
    all.map(({ code, name }) => ({ value: code, title: name }));
  const panels = panelCodes.map((value) => ({ value, title: panelTitles[value] }));
  return [
    {
      kind: 'choice',
      name: 'party',
      title: 'For whom do they act?',
      options: [
        { value: 'school', title: 'A school', hint: 'They start its applications and see its cases' },
        { value: 'provider', title: 'A training provider, or the AP Academy' },
        { value: 'panel', title: 'A panel, as chair or vice chair', hint: 'They decide' },
        { value: 'member', title: 'A panel, as a member', hint: 'They read, and do not decide' },
        { value: 'cap', title: 'The CAP team', hint: 'They see every case' },
        {
          value: 'send',
          title: 'The SEND team of the local authority',
          hint: 'They are invited to reviews of students with an EHCP, and see the case until the review is held',
        },
        { value: 'audit', title: 'Auditors', hint: 'They read every case, and who read what' },
        { value: 'ops', title: 'Operations of the service', hint: 'They see no case' },
      ],
    },
    { kind: 'pick', name: 'school', title: 'School', options: options(schools), when: { field: 'party', is: ['school'] } },
    {
      kind: 'pick',
      name: 'provider',
      title: 'Provider',
      options: options(providers),
      when: { field: 'party', is: ['provider'] },
    },
    { kind: 'pick', name: 'panel', title: 'Panel', options: panels, when: { field: 'party', is: ['panel'] } },
    { kind: 'pick', name: 'member', title: 'Panel', options: panels, when: { field: 'party', is: ['member'] } },
    { kind: 'words', name: 'why', title: 'Why do they need it?' },
  ];
}

const askForGrant = page({
  path: '/people/{id}/grant',
  name: 'askForGrant',
  who: keeps,
  show: async (asked) => {
    const { id, name } = await personOf(asked);
    return {
      title: 'Ask for a grant',
      caption: name,
      back: { href: addressOf(id), text: name },
      main: html`${paragraph('A colleague gives it: nobody gives what they asked for themself.')}
      ${asked.form({ button: 'Ask' }, showFields(await grantFields(asked), asked.again ?? undefined))}`,
    };
  },
  take: async (asked, { posted }) => {
    const { id } = await personOf(asked);
    const {
      party: kind = '',
      why = '',
      ...of
    } = readOrRefuse(await grantFields(asked), posted) as Readonly<Record<string, string>>;
    const code = of[kind];
    return ask(asked, { kind: 'grant', person: id, party: code === undefined ? kind : `${kind}:${code}` }, why);
  },
});

const takeBackGrant = page({
  path: '/people/{id}/grants/{party}/take-back',
  name: 'takeBackGrant',
  who: keeps,
  show: async (asked) => {
    const [{ id, name, grants }, names] = await Promise.all([personOf(asked), namesOf(asked)]);
    const { party = '' } = asked.params;
    const back = { href: addressOf(id), text: name };
    if (!grants.includes(party))
      return { title: 'They do not have this grant', back, main: paragraph('It was taken back, or they never had it.') };
    return {
      title: 'Take this grant back?',
      caption: name,
      back,
      main: html`${summaryList([{ key: 'Grant', value: grantInWords(party, names) }])}
      ${warning(`${name} can no longer use it from now on. To give it again takes two people.`)}
      ${asked.form({ button: 'Take it back', looks: 'warning' }, [])}`,
    };
  },
  take: async (asked) => {
    const { id, grants } = await personOf(asked);
    const { party = '' } = asked.params;
    // Somebody was faster, or the form came twice: it is so already.
    if (grants.includes(party)) await asked.door('revokeGrant', { params: { id, party } });
    return { to: addressOf(id), said: 'taken-back' };
  },
});

const settled = 'No such request waits: somebody has settled it.';

const settlePersonRequest = page({
  path: '/person-requests/{id}',
  name: 'settlePersonRequest',
  who: reads,
  takesFrom: keeps,
  show: async (asked) => {
    const [{ requests }, { people }, names] = await Promise.all([
      asked.door('personRequests'),
      asked.door('people'),
      namesOf(asked),
    ]);
    const request = requests.find(({ id }) => id === asked.params['id']);
    const back = { href: '/people', text: 'People' };
    if (!request) return { title: 'Settled already', back, main: paragraph(settled) };
    const { person, why, askedBy, asked: when } = request;
    return {
      title: request.kind === 'grant' ? 'A grant that was asked for' : 'A way to sign in that was asked for',
      back,
      main: html`${summaryList([
        { key: 'For', value: link(addressOf(person), nameOf(person, people)) },
        ...(request.kind === 'grant' ? [{ key: 'Grant', value: grantInWords(request.party, names) }] : shownSignIn(request)),
        { key: 'Why', value: why },
        { key: 'Asked by', value: `${nameOf(askedBy, people)}, ${formatLondon(when)}` },
      ])}
      ${settling(asked, request, people)}`,
    };
  },
  take: async (asked, { form }) => {
    const params = { id: asked.params['id'] ?? '' };
    const given = form === 'give';
    const { requests } = await asked.door('personRequests');
    const request = requests.find(({ id }) => id === params.id);
    if (!request) return { to: `/person-requests/${params.id}` };
    await asked.door('settlePersonRequest', { params, body: { given } });
    return given ? { to: addressOf(request.person), said: 'given' } : { to: '/people', said: 'turned-down' };
  },
});

const shownSignIn = ({ issuer, subject }: Kept['signIns'][number]) => [
  { key: 'Identity provider', value: issuer },
  { key: 'Subject', value: subject },
];

/** Whoever asked, and whose it is, may turn it down and not give it. */
function settling(asked: Asked, request: Request, people: readonly Kept[]): Html {
  if (!asked.may('settlePersonRequest')) return html``;
  const turnDown = asked.form({ name: 'turn-down', button: 'Turn it down', looks: 'secondary' }, []);
  const why = isSecondPerson(asked.person, request)
    ? whyNotGive(request, people)?.message
    : request.askedBy === asked.person.person
      ? 'You asked for this: a colleague gives it.'
      : 'This is for you: a colleague gives it.';
  if (why !== undefined) return html`${inset(why)} ${turnDown}`;
  const about = 'Whoever signs in so acts as this person from then on. Give it only if you know that it is theirs.';
  return html`${request.kind === 'sign-in' ? warning(about) : ''}
    <div class="cap-inline">${asked.form({ name: 'give', button: 'Give it' }, [])} ${turnDown}</div>`;
}

export const peoplePages: readonly Page[] = [
  listOfPeople,
  addPerson,
  onePerson,
  signOutPerson,
  changePerson,
  askForSignIn,
  takeBackSignIn,
  askForGrant,
  takeBackGrant,
  settlePersonRequest,
];
