// The pages over the doors on real Postgres, for whoever a header names: the sign-in itself has tests of its own.
import { Router, type Express } from 'express';
import { HttpProblem } from '../../api/problems';
import type { Services } from '../../api/services';
import type { Person } from '../../records/types';
import { createApp } from '../../web/app';
import type { Visit } from '../../web/session/sessions';

const csrf = 'token-of-the-test';

/** @param people who there is, by the name in the header `x-test-person` */
export function appWithPages(services: Services, people: (name: string) => Promise<Person | null>): Express {
  const visit = async (header: string | string[] | undefined): Promise<Visit> => {
    const person = typeof header === 'string' ? await people(header) : null;
    return { person, csrf, kept: null, session: null };
  };
  return createApp(services, {
    router: Router(),
    gate: (_req, _res, next) => next(),
    visit: (req) => visit(req.headers['x-test-person']),
    posted: async (req) => {
      const found = await visit(req.headers['x-test-person']);
      if ((req.body as Record<string, unknown> | undefined)?.['_csrf'] !== csrf || !found.person)
        throw new HttpProblem('not-our-form');
      return { ...found, person: found.person };
    },
  });
}
