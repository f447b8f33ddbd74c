// Calls the API of a running service as one of the demo people. What the service refuses is told in its own words.
import { randomUUID } from 'node:crypto';
import { demoToken } from './demoToken';
import type { RunningEnvironment } from './environment';
import { PlainError } from './plainError';

/** What the demo shows of a case. */
export interface CaseShown {
  readonly step: number;
  readonly stage: { readonly title: string };
  readonly waits: readonly { readonly party: string; readonly title: string }[];
  readonly emails: readonly { readonly id: string; readonly title: string }[];
}

export interface Call {
  /** @returns null for what is not there */
  find<T>(path: string): Promise<T | null>;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  put<T>(path: string, body: object): Promise<T>;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** How often a request is made again that the service could not answer just then. */
const tries = 5;

/** @returns the API as a person calls it; tokens are fetched once a person */
export function caller({ apiUrl, issuer }: RunningEnvironment): (person: string) => Call {
  const tokens = new Map<string, Promise<string>>();
  return (person) => {
    const token = () => {
      const known = tokens.get(person) ?? demoToken(issuer, person);
      tokens.set(person, known);
      return known;
    };
    /** @returns the answer; null for what is not there. @throws PlainError with what the service says */
    const request = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<unknown> => {
      // The same key at every try: a command that was recorded once is not recorded again.
      const key = randomUUID();
      for (let attempt = 1; ; attempt++) {
        const response = await fetch(`${apiUrl}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${await token()}`,
            ...(body ? { 'content-type': 'application/json', 'idempotency-key': key } : {}),
          },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }).catch(() => null);
        if (!response) throw new PlainError(`The API at ${apiUrl} does not answer: start the service with \`npm start\`.`);
        if (response.ok) return response.json();
        if (response.status === 404 && method === 'GET') return null;
        if (response.status !== 503 || attempt === tries) throw new PlainError(await told(response, method, path));
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    };
    return {
      find: <T>(path: string) => request('GET', path) as Promise<T | null>,
      get: async <T>(path: string) => {
        const found = await request('GET', path);
        if (found === null) throw new PlainError(`GET ${path} found nothing.`);
        return found as T;
      },
      post: <T>(path: string, body: object) => request('POST', path, body) as Promise<T>,
      put: <T>(path: string, body: object) => request('PUT', path, body) as Promise<T>,
    };
  };
}

async function told(response: Response, method: string, path: string): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const errors = (problem.errors ?? []).map(({ field, message }) => `${field}: ${message}`);
  const why = [problem.detail ?? problem.title ?? '', ...errors].filter((each) => each !== '').join(' ');
  return `${method} ${path} was answered ${String(response.status)}. ${why}`;
}
