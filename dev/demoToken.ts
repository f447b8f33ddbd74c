// A bearer token of a demo person, from the embedded issuer of a running service.
import { demoClient, demoGrant } from './identity';
import { demoPeople, listPeople } from './people';
import { PlainError } from './plainError';

/** Throws PlainError, with who there is, when there is no such person. */
export function requireDemoPerson(id: string): void {
  if (!demoPeople.some((person) => person.id === id))
    throw new PlainError(`There is no demo person "${id}". There are:\n${listPeople().join('\n')}`);
}

/** Throws PlainError when there is no such person or the issuer does not answer. */
export async function demoToken(issuer: string, personId: string): Promise<string> {
  requireDemoPerson(personId);
  const body = new URLSearchParams({ grant_type: demoGrant, client_id: demoClient, person: personId });
  const response = await fetch(`${issuer}/token`, { method: 'POST', body }).catch(() => null);
  if (!response)
    throw new PlainError(`The identity provider at ${issuer} does not answer: start the service with \`npm start\`.`);
  const answer = (await response.json().catch(() => ({}))) as { access_token?: string; error_description?: string };
  if (!answer.access_token)
    throw new PlainError(`The identity provider gave no token: ${answer.error_description ?? `status ${response.status}`}.`);
  return answer.access_token;
}
