// Checks of training providers (R103-R105): what was passed when, until when it holds, and what has lapsed.
import { z } from 'zod';
import { londonDay, type Calendar, type IsoDate } from '../../domain/calendar';
import { checkKinds, checkTitles, lapsedOn, reviewDue } from '../../domain/checks';
import { can } from '../../domain/permissions';
import { readCalendar } from '../../records/calendar';
import { readChecks, type ProviderChecks } from '../../records/checks';
import { recordCheck } from '../../usecases/checks';
import { door, type Door } from '../door';
import { given } from '../problems';
import { code, day, overRead, readIn, version } from '../schemas';
import type { Services } from '../services';

const kind = z.enum(checkKinds);
const provider = z
  .strictObject({
    provider: z.string(),
    name: z.string(),
    checks: z
      .array(z.strictObject({ kind, title: z.string(), passed: day, expires: day, lapsed: z.boolean(), version }))
      .meta({ description: 'The newest of each kind; of what is not kept here there is none' }),
    reviewDue: day.nullable().meta({
      description: 'By when the compliance review of this term is due (R104); null once it was passed, and between terms',
    }),
  })
  .meta({ id: 'ProviderChecks' });

export const listOfChecks = z.strictObject({ providers: z.array(provider) });
export const checksOfProvider = z.strictObject({ provider });

export function checkDoors(services: Services): Door[] {
  const { database, now } = services;
  return [
    door({
      method: 'get',
      path: '/api/v1/checks',
      name: 'checks',
      summary: 'What was checked of training providers, and what has lapsed',
      about: 'Your own; for CAP and auditors all of them.',
      tag: 'Programmes',
      who: 'signed-in',
      gives: { description: 'By name', body: listOfChecks },
      handle: async ({ person }) => {
        const [all, { calendar }] = await Promise.all([readChecks(database, person), readCalendar(database, person)]);
        return { body: { providers: all.map((each) => show(each, londonDay(now()), calendar)) } };
      },
    }),
    door({
      method: 'put',
      path: '/api/v1/checks/{provider}/{kind}',
      name: 'recordCheck',
      summary: 'Record that a provider has passed a check, and until when it holds',
      about:
        'Once it has lapsed no new placement goes there; those that run go on, and CAP is told each week. A compliance review holds to the end of the next term at most (R104), a confirmation of safeguarding training to the end of one academic year (R105).',
      tag: 'Programmes',
      who: (person) => can(person, 'keep-directory'),
      params: z.strictObject({ provider: code, kind }),
      headers: overRead,
      body: z.strictObject({ passed: day, expires: day }),
      gives: {
        description: 'The checks of the provider; the ETag is the version of this kind',
        body: checksOfProvider,
        etag: true,
      },
      problems: ['stale'],
      noted: true,
      handle: async ({ person, params, headers, body }) => {
        const check = { kind: params.kind, ...body };
        const saved = given(await recordCheck(services, person, params.provider, check, readIn(headers)));
        const etag = saved.checks.find((each) => each.kind === params.kind)?.version ?? 0;
        const { calendar } = await readCalendar(database, person);
        return { body: { provider: show(saved, londonDay(now()), calendar) }, etag };
      },
    }),
  ];
}

function show({ provider: of, name, checks }: ProviderChecks, today: IsoDate, calendar: Calendar) {
  const lapsed = lapsedOn(checks, today);
  return {
    ...{ provider: of, name },
    checks: checks.map((check) => ({ ...check, title: checkTitles[check.kind], lapsed: lapsed.includes(check) })),
    reviewDue: reviewDue(checks, today, calendar),
  };
}
