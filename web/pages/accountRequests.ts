// Accounts of colleagues: a school or provider asks on its page of colleagues, CAP accepts or declines, and each sees what became of it (A21).
import { can } from '../../domain/permissions';
import { formatLondon } from '../../domain/calendar';
import type { Answers } from '../answers';
import type { FormField } from '../forms/fields';
import { showFields } from '../forms/show';
import { readOrRefuse } from '../forms/readOrRefuse';
import { shortTime } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { badge, heading, inset, link, paragraph, summaryList, table, type Tone } from '../parts';
import { grantInWords, namesOf, type Names } from './parties';

type Request = Answers['accountRequest']['request'];

const titles: Record<Request['kind'], string> = { give: 'An account', end: 'The end of their account' };

const states: Record<Request['state'], readonly [words: string, tone: Tone]> = {
  open: ['Waits for CAP', 'waits'],
  accepted: ['Accepted: a second person of CAP gives it', 'waits'],
  done: ['Done', 'good'],
  declined: ['Declined', 'late'],
  withdrawn: ['Withdrawn', 'plain'],
};

export const addressOfRequest = (id: string) => `/account-requests/${id}`;

/** What an organisation asked for, with what became of it. */
export function ownAccountRequests(requests: readonly Request[]): Html {
  if (requests.length === 0) return html``;
  return table(
    'What you asked CAP for',
    ['For', 'What', 'Asked', 'State'].map((title) => ({ title })),
    requests.map(({ id, kind, name, asked, state }) => [
      link(addressOfRequest(id), name),
      titles[kind],
      shortTime(asked),
      badge(...states[state]),
    ]),
    '',
  );
}

/** What waits for CAP. */
export function openAccountRequests(requests: readonly Request[], names: Names): Html {
  const open = requests.filter(({ state }) => state === 'open');
  if (open.length === 0) return html``;
  return table(
    'Accounts that organisations ask for',
    ['For', 'What', 'Organisation', 'Asked', 'Next'].map((title) => ({ title })),
    open.map(({ id, kind, name, party, asked }) => [
      name,
      titles[kind],
      grantInWords(party, names),
      shortTime(asked),
      link(addressOfRequest(id), 'Open', `for ${name}`),
    ]),
    '',
  );
}

const shortName: FormField = {
  kind: 'text',
  name: 'person',
  title: 'Short name',
  hint: 'Names them in our records, for good: letters, digits and dots, such as a.sample. Leave it empty where somebody has this e-mail address already.',
  width: 'short',
  optional: true,
};
const reason: FormField = { kind: 'words', name: 'reason', title: 'Why do you decline it?', hint: 'The organisation reads it.' };

const oneRequest = page({
  path: '/account-requests/{id}',
  name: 'accountRequest',
  who: 'signed-in',
  show: async (asked) => {
    const { id = '' } = asked.params;
    const [{ request }, names] = await Promise.all([asked.door('accountRequest', { params: { id } }), namesOf(asked)]);
    const back = can(asked.person, 'see-people').allowed
      ? { href: '/people', text: 'People' }
      : { href: '/colleagues', text: 'Colleagues' };
    return {
      title: request.kind === 'give' ? `An account for ${request.name}` : `The end of the account of ${request.name}`,
      caption: id,
      back,
      main: html`${summaryList([
        { key: 'State', value: badge(...states[request.state]) },
        { key: 'Organisation', value: grantInWords(request.party, names) },
        { key: 'E-mail', value: request.email },
        { key: 'Why', value: request.why },
        { key: 'Asked by', value: `${request.askedBy}, ${formatLondon(request.asked)}` },
        { key: 'Settled', value: request.settled === null ? null : formatLondon(request.settled) },
        { key: 'Why it was declined', value: request.reason },
        { key: 'Account', value: accountOf(asked, request) },
      ])}
      ${next(asked, request)}`,
    };
  },
  take: async (asked, { form, posted }) => {
    const { id = '' } = asked.params;
    const params = { id };
    if (form === 'withdraw') {
      await asked.door('withdrawAccountRequest', { params, body: {} });
      return { to: '/colleagues', said: 'request-withdrawn' };
    }
    if (form === 'decline') {
      await asked.door('declineAccountRequest', { params, body: readOrRefuse([reason], posted) });
      return { to: addressOfRequest(id), said: 'saved' };
    }
    const { request } = await asked.door('acceptAccountRequest', { params, body: readOrRefuse([shortName], posted) });
    return { to: addressOfRequest(id), said: request.state === 'accepted' ? 'asked' : 'saved' };
  },
});

function accountOf(asked: Asked, { person }: Request): Html | null {
  return person === null || !can(asked.person, 'see-people').allowed ? null : link(`/people/${person}`, person);
}

/** What the reader may do with it now. */
function next(asked: Asked, { kind, name, can: may, state, grantRequest }: Request): Html {
  if (may.includes('withdraw')) {
    return html`${paragraph('CAP has it. You are told by e-mail what becomes of it.')}
    ${asked.form({ name: 'withdraw', button: 'Withdraw it', looks: 'secondary' }, [])}`;
  }
  if (state === 'accepted' && asked.may('settlePersonRequest') && grantRequest !== null) {
    return inset(html`A second person gives it: ${link(`/person-requests/${grantRequest}`, 'the grant that was asked for')}.`);
  }
  if (!may.includes('accept')) return html``;
  const again = (form: string) => (asked.again?.form === form ? asked.again : undefined);
  const accepts =
    kind === 'give'
      ? asked.form({ name: 'accept', button: 'Accept, and ask for the grant' }, showFields([shortName], again('accept')))
      : asked.form({ name: 'accept', button: 'Accept: take the grant back', looks: 'warning' }, []);
  const about =
    kind === 'give'
      ? 'They are added, and you ask for their grant: a colleague gives it. How they sign in is asked for on their page, and given so, too.'
      : `${name} can no longer act for the organisation from then on. To give it again takes two people.`;
  return html`${heading('Accept')} ${paragraph(about)} ${accepts} ${heading('Decline')}
  ${asked.form({ name: 'decline', button: 'Decline', looks: 'secondary' }, showFields([reason], again('decline')))}`;
}

export const accountRequestPages: readonly Page[] = [oneRequest];
