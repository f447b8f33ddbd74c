// What runs behind the cases, for ops and CAP: whether all parts are up, what is stuck, and the way into the Web UI of Temporal.
import { can } from '../../domain/permissions';
import { html } from '../html';
import { page } from '../page';
import { badge, heading, link, list, paragraph, sentence, table } from '../parts';
import { nightsWarning } from './nights';

const parts = {
  postgres: 'Postgres, the records',
  temporal: 'Temporal, the processes',
  identity: 'The identity provider',
} as const;

export const opsPage = page({
  path: '/ops',
  name: 'ops',
  who: (person) => can(person, 'see-workings'),
  menu: { title: 'Operations', order: 120, rare: true, about: 'Whether the parts of the service are up' },
  show: async (asked) => {
    const { parts: health } = await asked.door('ready');
    const nights = health.postgres.up ? await asked.door('nights') : null;
    const { searches, stuck } = health.temporal.up ? await asked.door('workings') : { searches: [], stuck: [] };
    return {
      title: 'Operations',
      main: html`${nights && nightsWarning(nights, asked.now)}
      ${table(
        'The parts of the service',
        [{ title: 'Part' }, { title: 'State' }],
        Object.entries(parts).map(([name, title]) => [
          title,
          health[name as keyof typeof parts].up ? badge('Up', 'good') : badge('Away', 'late'),
        ]),
        '',
      )}
      ${table(
        'Workflows that are stuck',
        [{ title: 'Workflow' }],
        stuck.map(({ workflow, href }) => [link(href, workflow)]),
        health.temporal.up ? 'No workflow is stuck: every case goes on.' : 'What is stuck is not known while Temporal is away.',
      )}
      ${heading('The proof of timelines')} ${paragraph(link('/nights', 'Signed nights, and what does not hold'))}
      ${heading('In the Temporal Web UI')} ${paragraph('A case stands there under its reference. No name of a child does.')}
      ${list(searches.map(({ title, href }) => link(href, sentence(title))))}`,
    };
  },
});
