// Asks a door from within the process, as pages do: the same schemas, the same permission, the same line in the access log as over HTTP.
import type { Person } from '../records/types';
import type { Upload } from '../usecases/files';
import type { Door, Sendable } from './door';
import { answerOf, type Given } from './route';
import type { Services } from './services';
import { refuseUnkeepable } from './text';

/** What a door is asked, by the parts of a request. */
export interface Call {
  readonly params?: Given['params'];
  readonly query?: Given['query'];
  /** Names in lower case. */
  readonly headers?: Given['headers'];
  readonly body?: unknown;
  /** Where the door takes a file (`readUpload`). */
  readonly upload?: Upload | null;
}

/**
 * Asks the door of a name on behalf of a person.
 * @throws HttpProblem whatever stands against it; Error when there is no door of that name, which is a fault of ours
 */
export type AskDoor = (person: Person, name: string, call?: Call) => Promise<Sendable>;

export function doorAsker(doors: readonly Door[], services: Services): AskDoor {
  const named = new Map(doors.map((door) => [door.name, door]));
  return async (person, name, { params = {}, query = {}, headers = {}, body = {}, upload = null } = {}) => {
    const door = named.get(name);
    if (!door) throw new Error(`There is no door ${name}`);
    refuseUnkeepable(body);
    return answerOf(door, services, person, { params, query, headers, body: () => Promise.resolve(body), upload });
  };
}
