// Who asks: the bearer token says which person, our own records say what they are.
import type { Request } from 'express';
import type { Person } from '../records/types';
import { HttpProblem } from './problems';
import type { Services } from './services';

/** Behind doors that are open to everybody. */
export const nobody: Person = { person: '', name: '', parties: [] };

/**
 * @returns the person with their grants
 * @throws HttpProblem not-signed-in, person-unknown, identity-away
 */
export async function signedIn(req: Request, { tokens, people }: Pick<Services, 'tokens' | 'people'>): Promise<Person> {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(req.headers.authorization ?? '')?.[1];
  if (token === undefined) {
    throw new HttpProblem('not-signed-in', 'Sign in: send a bearer token in the header Authorization.', {
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
  }
  const person = await people(await tokens.signInOf(token));
  if (!person) {
    throw new HttpProblem(
      'person-unknown',
      'You are signed in, but this service does not know you: ask the CAP team to give you access.',
    );
  }
  return person;
}
