// A session at another origin of this service: a ticket takes it there, and it lives as long as the session does from which it came.
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Services } from '../../api/services';
import type { Person } from '../../records/types';
import { findSession, type SessionLimits } from '../../usecases/sessions';
import type { Seal } from './sealed';

export interface HandOver {
  /** @returns what a browser keeps at the other origin while it fetches its ticket: the ticket counts with it alone */
  begin(): string;
  /**
   * @param browser what `begin` gave to it, or anything else that stands in an address
   * @returns who is signed in here, and their ticket; null when nobody is
   * @throws DatabaseAway, HttpProblem too-many
   */
  ticket(req: Request, res: Response, browser: string): Promise<{ readonly person: Person; readonly ticket: string } | null>;
  /** @returns what the cookie of the other origin holds; null for a ticket that is old, or was given to another browser */
  enter(ticket: string, browser: string): string | null;
  /** @returns who is at the other origin; null when the session has run out, or was ended. @throws DatabaseAway */
  visit(cookie: string): Promise<Person | null>;
}

/** Milliseconds within which a ticket is used. */
const longestWay = 30_000;

const about = 'session elsewhere';

/** @param visit who is at this origin */
export function handsOver(
  services: Services,
  limits: SessionLimits,
  seal: Seal,
  visit: (req: Request, res: Response) => Promise<{ readonly person: Person | null }>,
): HandOver {
  const now = () => Date.parse(services.now());
  return {
    begin: () => randomBytes(16).toString('base64url'),
    ticket: async (req, res, browser) => {
      const { person } = await visit(req, res);
      if (person === null) return null;
      const held = { session: seal.digest(req.sessionID), until: now() + longestWay };
      return { person, ticket: seal.seal(held, `${about} ${browser}`) };
    },
    enter: (ticket, browser) => {
      const held = seal.open(ticket, `${about} ${browser}`) as { readonly session: string; readonly until: number } | null;
      return held === null || held.until < now() ? null : seal.seal(held.session, about);
    },
    visit: async (cookie) => {
      const session = seal.open(cookie, about) as string | null;
      const found = session === null ? null : await findSession(services, session, limits);
      if (!found?.lives) return null;
      const person = await services.people({ issuer: found.issuer, subject: found.subject });
      return person?.person === found.person ? person : null;
    },
  };
}
