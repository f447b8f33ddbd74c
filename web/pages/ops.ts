// What runs behind the cases, for ops and CAP: whether all parts are up, what is stuck, and the way into the Web UI of Temporal.
import { can } from '../../domain/permissions';
import { html } from '../html';
import { page } from '../page';
import { badge, heading, link, list, paragraph, sentence, summaryList, table } from '../parts';
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

/** @returns where ops read of a case what they may know of it */
export const workingsPath = (reference: string): string => `/ops/${reference}`;

/** What ops may know of a case, to whose page they come from its workflow: whom it is about, and what was written, is not among it. */
export const caseWorkingsPage = page({
  path: workingsPath('{reference}'),
  name: 'caseWorkings',
  who: (person) => can(person, 'see-workings'),
  show: async (asked) => {
    const { reference = '' } = asked.params;
    const { href, workflow } = await asked.door('caseWorkings', { params: { reference } });
    const { alarms } = await asked.door('nights');
    const broken = alarms.some(({ about, over }) => about === reference && over === null);
    return {
      title: 'What runs behind the case',
      caption: reference,
      about: reference,
      back: { href: '/ops', text: 'Operations' },
      main: html`${summaryList([
        {
          key: 'Its workflow',
          value: workflow === null ? 'There is none under this reference' : workflow.running ? 'Runs' : 'Has ended',
        },
        { key: 'Step', value: workflow && String(workflow.step) },
        { key: 'Its tasks', value: workflow && (workflow.stuck ? badge('Stuck', 'late') : badge('Go on', 'good')) },
        {
          key: 'Its timeline',
          value: broken
            ? html`${badge('Does not hold', 'late')} ${link('/nights', 'What does not hold')}`
            : 'As it was written, as far as the last night found',
        },
      ])}
      ${paragraph(html`${link(href, 'Its workflow in the Temporal Web UI')} says where the case stands, and whom it waits for.`)}
      ${
        asked.may('timelineProof')
          ? paragraph(link(`/cases/${reference}`, `The page of the case ${reference}`))
          : paragraph(
              'Whom it is about, and what was written, is for those to read who work on the case. Ask the CAP team where a case needs somebody.',
            )
      }`,
    };
  },
});
