// Who somebody is here, for whom they act, and where they are signed in.
import { formatLondon } from '../../domain/calendar';
import { html, type Html } from '../html';
import { page, type Asked } from '../page';
import { badge, inset, list, paragraph, summaryList, table } from '../parts';
import { grantInWords, namesOf } from './parties';

export const youPage = page({
  path: '/you',
  name: 'you',
  who: 'signed-in',
  show: async (asked) => {
    const { name, person, parties } = await asked.door('me');
    const names = parties.length === 0 ? new Map<string, string>() : await namesOf(asked);
    return {
      title: 'You',
      main: html`${summaryList([
        { key: 'Name', value: name },
        { key: 'Short name', value: person },
        {
          key: 'You act for',
          value: parties.length === 0 ? 'Nobody yet' : list(parties.map((party) => grantInWords(party, names))),
        },
      ])}
      ${
        parties.length === 0
          ? inset('You are signed in, and nothing is open to you yet: the CAP team gives you access.')
          : paragraph('If something here is wrong, tell the CAP team.')
      }
      ${await sessions(asked)}`,
    };
  },
  take: async (asked, { form }) => {
    if (form === 'others') {
      if (asked.session !== null) await asked.door('endMyOtherSessions', { body: { but: asked.session } });
      return { to: '/you', said: 'sessions-ended' };
    }
    const { sessions: open } = await asked.door('mySessions');
    // Where it has ended meanwhile it is so already.
    if (open.some(({ id }) => id === form)) await asked.door('endMySession', { params: { id: form } });
    return { to: '/you', said: 'session-ended' };
  },
});

async function sessions(asked: Asked): Promise<Html> {
  const { sessions: open } = await asked.door('mySessions');
  const others = open.filter(({ id }) => id !== asked.session);
  return html`${table(
    'Where you are signed in',
    ['Browser', 'Signed in', 'Used last', 'End it'].map((title) => ({ title })),
    open.map(({ id, browser, began, used }) => [
      browser,
      formatLondon(began),
      formatLondon(used),
      id === asked.session ? badge('This one', 'good') : asked.form({ name: id, button: 'End it', looks: 'secondary' }, []),
    ]),
    'You are signed in at no other browser.',
  )}
  ${others.length < 2 || asked.session === null ? '' : asked.form({ name: 'others', button: 'Sign out everywhere else', looks: 'secondary' }, [])}`;
}
