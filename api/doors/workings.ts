// What runs behind the cases, for ops and CAP: from a case to its workflow in the Web UI of Temporal, and what is stuck there.
import { z } from 'zod';
import { can } from '../../domain/permissions';
import type { Person } from '../../records/types';
import { workflowIdOf } from '../../temporal/names';
import { searches, searchLink, workflowLink } from '../../temporal/searches';
import { door, type Door } from '../door';
import { ofReference, reference } from '../schemas';
import type { Services } from '../services';

export const listOfWorkings = z.strictObject({
  searches: z.array(z.strictObject({ title: z.string(), href: z.string() })),
  stuck: z
    .array(z.strictObject({ workflow: z.string(), href: z.string() }))
    .meta({ description: 'Workflows whose tasks fail or run out of time again and again, a hundred at most' }),
});

export const workflowOfCase = z.strictObject({ href: z.string() });

export const workingsOfCase = z.strictObject({
  reference,
  href: z.string().meta({ description: 'Of its workflow in the Temporal Web UI' }),
  workflow: z.strictObject({ step: z.int(), running: z.boolean(), stuck: z.boolean() }).nullable().meta({
    description: 'The step that it shows, whether it runs, and whether its tasks fail again and again; null where there is none',
  }),
});

const sees = (person: Person) => can(person, 'see-workings');

export function workingsDoors({ engine, webUi, now }: Services): Door[] {
  return [
    door({
      method: 'get',
      path: '/api/v1/workings',
      name: 'workings',
      summary: 'Searches of the Temporal Web UI that ops use, and the workflows that are stuck',
      about: 'Ids only: an id of a case is its reference.',
      tag: 'Service',
      who: sees,
      gives: { description: 'Links into the Web UI', body: listOfWorkings },
      problems: ['engine-away'],
      handle: async () => ({
        body: {
          searches: [...searches(now())].map(([title, query]) => ({
            title,
            href: searchLink(webUi.url, webUi.namespace, query),
          })),
          stuck: (await engine.stuck()).map((workflow) => ({
            workflow,
            href: workflowLink(webUi.url, webUi.namespace, workflow),
          })),
        },
      }),
    }),
    door({
      method: 'get',
      path: '/api/v1/workings/{reference}',
      name: 'caseWorkings',
      summary: 'What runs behind a case: its workflow, and whether it goes on',
      about: 'As the Temporal Web UI has it, for those who see no case: nothing of whom it is about.',
      tag: 'Service',
      who: sees,
      params: ofReference,
      gives: { description: 'Where its workflow stands', body: workingsOfCase },
      problems: ['engine-away'],
      handle: async ({ params }) => {
        const id = workflowIdOf(params.reference);
        const [shown, stuck] = await Promise.all([engine.shown(id), engine.stuck()]);
        return {
          body: {
            reference: params.reference,
            href: workflowLink(webUi.url, webUi.namespace, id),
            workflow: shown && { ...shown, stuck: stuck.includes(id) },
          },
        };
      },
    }),
    door({
      method: 'get',
      path: '/api/v1/cases/{reference}/workflow',
      name: 'caseWorkflow',
      summary: 'Where the workflow of a case is in the Temporal Web UI',
      about: 'The address alone: whether there is such a case is not said.',
      tag: 'Service',
      who: sees,
      params: ofReference,
      gives: { description: 'A link', body: workflowOfCase },
      handle: ({ params: { reference } }) => ({
        body: { href: workflowLink(webUi.url, webUi.namespace, workflowIdOf(reference)) },
      }),
    }),
  ];
}
