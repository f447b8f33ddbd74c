// Who the caller is here, and what their role lets them do.
import { z } from 'zod';
import { academicYearOf, londonDay } from '../../domain/calendar';
import type { Actor } from '../../domain/facts';
import { can, type Action } from '../../domain/permissions';
import { isOffered } from '../../domain/programme';
import { programmeCodes, programmeFor } from '../../domain/programmes';
import { readOffered } from '../../records/directory';
import { readColleagues } from '../../records/people';
import { door, type Door } from '../door';
import type { Services } from '../services';

const actions = ['edit-calendar', 'see-calendar', 'decode-payloads'] as const satisfies readonly Action[];

export const listOfColleagues = z.strictObject({
  colleagues: z.array(z.strictObject({ party: z.string(), person: z.string(), name: z.string() })),
});
export const you = z.strictObject({
  person: z.string(),
  name: z.string(),
  parties: z.array(z.string()).meta({ description: 'For whom you act', examples: [['school:SCH-A']] }),
  may: z.array(z.string()).meta({ description: 'What you may do beside what each case says in `can`' }),
});

/** The programmes that somebody may open for the local authority, of those that are offered now (R20, C29). */
async function opensForTheAuthority({ database, now }: Pick<Services, 'database' | 'now'>, person: Actor): Promise<string[]> {
  if (!can(person, 'open-for-the-authority').allowed) return [];
  const year = academicYearOf(londonDay(now()));
  const opened = programmeCodes.map((code) => programmeFor(code, year)).filter(({ openedBy }) => openedBy !== undefined);
  const offered = await readOffered(database, person);
  return opened.flatMap((programme) => (isOffered(programme, offered) ? `open-for-the-authority ${programme.code}` : []));
}

export function youDoors(services: Pick<Services, 'database' | 'now'>): Door[] {
  const { database } = services;
  return [
    door({
      method: 'get',
      path: '/api/v1/colleagues',
      name: 'colleagues',
      summary: 'Who acts for the same school, provider or team',
      about: 'Of them a case names its case-worker (R43) and its monitoring officer (R96).',
      tag: 'You',
      who: 'signed-in',
      gives: {
        description: 'By party and name, you among them',
        body: listOfColleagues,
      },
      handle: async ({ person }) => ({ body: { colleagues: await readColleagues(database, person) } }),
    }),
    door({
      method: 'get',
      path: '/api/v1/me',
      name: 'me',
      summary: 'Who is signed in',
      about: 'Your role and organisation are those of our own records, whatever your token says.',
      tag: 'You',
      who: 'signed-in',
      gives: {
        description: 'You',
        body: you,
      },
      handle: async ({ person }) => ({
        body: {
          person: person.person,
          name: person.name,
          parties: person.parties,
          may: [
            ...actions.filter((action) => can(person, action).allowed),
            ...person.parties
              .filter((party) => party.startsWith('school:') && can(person, 'start-application', party.slice(7)).allowed)
              .map((party) => `start-application for ${party.slice(7)}`),
            ...(await opensForTheAuthority(services, person)),
          ],
        },
      }),
    }),
  ];
}
