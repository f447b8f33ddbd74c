// The browsers at which somebody is signed in: their own to see and end.
import { shortTime } from '../dates';
import { html } from '../html';
import { page } from '../page';
import { paragraph, table } from '../parts';

const forms = { one: 'end ', others: 'end-others' } as const;

export const signIns = page({
  path: '/you/sign-ins',
  name: 'signIns',
  who: 'signed-in',
  show: async (asked) => {
    const { sessions } = await asked.door('sessions');
    const others = sessions.filter(({ id }) => id !== asked.session);
    const rows = sessions.map(({ id, browser, began, used }) => [
      browser,
      shortTime(began),
      shortTime(used),
      id === asked.session
        ? 'You are here'
        : asked.form({ name: `${forms.one}${id}`, button: `Sign out at ${browser}`, looks: 'secondary' }, []),
    ]);
    const columns = [{ title: 'Browser' }, { title: 'Since' }, { title: 'Last used' }, { title: 'Sign out' }];
    return {
      title: 'Where you are signed in',
      back: { href: '/you', text: 'You' },
      main: html`${paragraph('If you do not know one of these, sign out there and tell the CAP team.')}
      ${table('Browsers at which you are signed in, what was used last in front', columns, rows, 'You are signed in at no browser.')}
      ${others.length > 1 ? asked.form({ name: forms.others, button: 'Sign out everywhere else', looks: 'warning' }, []) : null}`,
    };
  },
  take: async (asked, { form }) => {
    if (form.startsWith(forms.one)) await asked.door('endSession', { params: { id: form.slice(forms.one.length) } });
    else await asked.door('endOtherSessions', { body: { but: asked.session ?? '' } });
    return { to: '/you/sign-ins', said: 'signed-out-there' };
  },
});
