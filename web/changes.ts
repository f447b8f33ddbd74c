// `/changes`: a browser listens here while it shows a list, and is told that something has changed, never what. It then asks for its page again.
import type { Request, RequestHandler, Response } from 'express';
import type { Changes } from '../usecases/changes';
import type { Sessions } from './session/sessions';

/** The library is a module of the other kind, which is loaded and not required. */
const library = import('better-sse');

/** Milliseconds after which a browser has to come again, so that one whose session has ended hears nothing more. */
const longest = 5 * 60_000;

/** @param visit who listens */
export function changeStreams(changes: Changes, visit: Sessions['visit']): RequestHandler {
  return async (req: Request, res: Response) => {
    res.locals['door'] = 'GET /changes';
    const { person } = await visit(req, res);
    if (person === null) return void res.status(204).end(); // a browser that is told "no content" does not try again
    const { createSession } = await library;
    const stream = await createSession(req, res, { headers: { 'Cache-Control': 'no-store' } });
    const end = () => void res.end();
    const stop = changes.listen(person.parties, () => stream.push('', 'changed'), end);
    const timer = setTimeout(end, longest);
    res.once('close', () => {
      clearTimeout(timer);
      stop();
    });
  };
}
