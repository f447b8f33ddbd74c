// Whether a request, an origin or a host name stays on this machine.
import type { IncomingMessage } from 'node:http';

const names: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const addresses: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Both ends are here: the caller's address, and the host it asked for (a page elsewhere whose name was pointed at us says its own). */
export function isOnThisMachine(req: IncomingMessage): boolean {
  const host = req.headers.host;
  return (
    host !== undefined && names.has(parsed(`http://${host}`)?.hostname ?? '') && addresses.has(req.socket.remoteAddress ?? '')
  );
}

export function isLoopbackOrigin(origin: string): boolean {
  return names.has(parsed(origin)?.hostname ?? '');
}

/** Equal scheme, host and port; the names of this machine count as one host. */
export function sameOrigin(given: string | undefined, wanted: string): boolean {
  const [a, b] = [parsed(given ?? ''), parsed(wanted)];
  if (a === undefined || b === undefined || a.protocol !== b.protocol || a.port !== b.port) return false;
  return a.hostname === b.hostname || (names.has(a.hostname) && names.has(b.hostname));
}

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
