// The browsers at which somebody is signed in: their own to see and end, and for CAP to end those of anybody.
import { formatLondon } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { HttpProblem } from '../../api/problems';
import { html } from '../html';
import { page, type Asked } from '../page';
import { inset, paragraph, table, warning } from '../parts';

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
      formatLondon(began),
      formatLondon(used),
      id === asked.session
        ? 'You are here'
        : asked.form({ name: `${forms.one}${id}`, button: `Sign out at ${browser}`, looks: 'secondary' }, []),
    ]);
    const columns = [{ title: 'Browser' }, { title: 'Since' }, { title: 'Last used' }, { title: 'Sign out' }];
    return {
      title: 'Where you are signed in',
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

export const signOutPerson = page({
  path: '/people/{id}/sign-out',
  name: 'signOutPerson',
  who: (person) => can(person, 'keep-people'),
  show: async (asked) => ({
    title: `Sign ${await nameOf(asked)} out everywhere`,
    main: html`${inset('This ends every session that they have at any browser. What they have not sent is lost.')}
    ${warning('They may sign in again. Whoever is to stay out is set to be no longer active.')}
    ${asked.form({ button: 'Sign them out', looks: 'warning' }, [])}`,
  }),
  take: async (asked) => {
    const { id = '' } = asked.params;
    await asked.door('endSessionsOfPerson', { params: { id } });
    return { to: asked.here, said: 'signed-out-there' };
  },
});

async function nameOf(asked: Asked): Promise<string> {
  const { people } = await asked.door('people');
  const found = people.find(({ id }) => id === asked.params['id']);
  if (!found) throw new HttpProblem('not-found');
  return found.name;
}
