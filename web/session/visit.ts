// Who is at the browser, and what pages need to know of their session.
import type { Request, Response, Router } from 'express';
import type { Person } from '../../records/types';
import type { Posted } from '../forms/fields';
import type { Html } from '../html';

export interface Visit {
  /** Null while nobody is signed in, or who was has no access any more. */
  readonly person: Person | null;
  /** What a form bears so that no other site can send it; '' where there is no session. */
  readonly csrf: string;
  /** What this person typed on this page when the session had run out, to be shown once more. */
  readonly kept: Posted | null;
}

export interface Visits {
  /** Sign-in, its callback, sign-out. */
  readonly router: Router;
  visit(req: Request, res: Response): Promise<Visit>;
  /** Leads to the sign-in and back to where the person wanted to go; what was sent meanwhile is kept. */
  askToSignIn(req: Request, res: Response): Promise<void>;
  /** @throws HttpProblem not-allowed when a form was not made by a page of this session */
  requireToken(visit: Visit, token: string): void;
  /** The form that signs out. */
  signOut(visit: Visit): Html;
}
