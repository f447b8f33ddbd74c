// The pages over the doors on real Postgres, for whoever a header names: the sign-in itself has tests of its own.
import type { Express } from 'express';
import type { Services } from '../../api/services';
import { nobody } from '../../api/signIn';
import type { Person } from '../../records/types';
import { createApp } from '../../web/app';
import { html } from '../../web/html';
import type { Visits } from '../../web/session/visit';
import { Router } from 'express';
import { HttpProblem } from '../../api/problems';

const token = 'token-of-the-test';

/** @param people who there is, by the name in the header `x-test-person` */
export function appWithPages(services: Services, people: (name: string) => Promise<Person | null>): Express {
  const visits: Visits = {
    router: Router(),
    visit: async (req) => {
      const name = req.headers['x-test-person'];
      const person = typeof name === 'string' ? await people(name) : null;
      return { person, csrf: token, kept: null };
    },
    askToSignIn: (req, res) => {
      res.redirect(303, `/sign-in?back=${encodeURIComponent(req.originalUrl)}`);
      return Promise.resolve();
    },
    requireToken: ({ person }, given) => {
      if (given !== token || person === nobody) throw new HttpProblem('not-allowed');
    },
    signOut: () => html`<form method="post" action="/sign-out"><button type="submit">Sign out</button></form>`,
  };
  return createApp(services, visits);
}
