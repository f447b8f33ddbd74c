// The codec over HTTP, for ops: who decoded what, and who came to it and is not of ops, stands in the access log.
import type { Request, Router } from 'express';
import { can } from '../domain/permissions';
import type { Person } from '../records/types';
import { codecEndpoint, type CodecEndpointOptions } from '../temporal/codecEndpoint';
import type { Services } from './services';
import { nobody, signedIn } from './signIn';

const references = /\b(?:CAP|STU)-[A-Z0-9-]{4,40}/g;

/** Who asks a codec, and from which pages. */
interface Askers extends Pick<CodecEndpointOptions, 'uiOrigin' | 'signedInOrigin'> {
  /** @throws HttpProblem not-signed-in, person-unknown, identity-away */
  readonly personOf: (req: Request) => Promise<Person>;
}

/** @returns a router for `/codec`, asked with a bearer token */
export function codecForOps(services: Services): Router {
  const { uiOrigin, signedInOrigin = null } = services.codec;
  return codecForPeople(services, { uiOrigin, signedInOrigin, personOf: (req) => personOf(req, services) });
}

/** @returns a router for `/codec`; what is decoded is noted once for each case that it names, or once where it names none */
export function codecForPeople(services: Services, { personOf: who, ...origins }: Askers): Router {
  const { accessLog, now } = services;
  const note = ({ person }: Person, action: string, status: number, reference: string | null = null) => {
    accessLog.note({ at: now(), person, action, reference, detail: { status } });
  };
  return codecEndpoint({
    codec: services.codec.codec,
    ...origins,
    authorise: async (req) => {
      const person = await who(req);
      const isOps = can(person, 'decode-payloads').allowed;
      if (!isOps && person !== nobody) note(person, `POST ${req.baseUrl}${req.path}`, 403);
      return isOps;
    },
    decoded: async (req, payloads) => {
      const person = await who(req);
      const named = new Set(
        payloads.flatMap(
          ({ data }) =>
            Buffer.from(data ?? [])
              .toString()
              .match(references) ?? [],
        ),
      );
      for (const reference of named.size === 0 ? [null] : named) note(person, 'POST /codec/decode', 200, reference);
    },
  });
}

/** Nobody at the Web UI of the embedded stack, which asks without a token. */
function personOf(req: Request, services: Services): Promise<Person> {
  return req.headers.authorization === undefined ? Promise.resolve(nobody) : signedIn(req, services);
}
