// The service as one can read it in one sitting: what a request passes, from its first line to its answer.
import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import { allDoors } from '../api/allDoors';
import { doorAsker } from '../api/ask';
import { codecForOps } from '../api/codec';
import { docsPage } from '../api/docs';
import { answerErrors, nothingThere } from '../api/errors';
import { requestLog } from '../api/requestLog';
import { sendProblem, withStatusOf, type HttpProblem } from '../api/problems';
import { mount } from '../api/route';
import type { Services } from '../api/services';
import { allPages } from './allPages';
import { assetFiles } from './assets';
import { changes, type Changes } from '../usecases/changes';
import { changeStreams } from './changes';
import type { Posted } from './forms/fields';
import { wordsIn } from './forms/written';
import { layout } from './layout';
import { mountPages, pagePolicy } from './mount';
import { problemPage } from './problemPage';
import { sendHtml } from './sendHtml';
import type { SignInPage } from './session/pages';
import type { Sessions } from './session/sessions';
import { outcomePages } from './outcome/outcomePages';

/**
 * @param sessions who is at a browser; null for a service without pages
 * @param looking looks for changes while somebody has a list open
 * @returns the application; it listens nowhere yet
 */
export function createApp(
  services: Services,
  sessions: Pick<Sessions, 'router' | 'gate' | 'visit' | 'posted'> | null = null,
  looking: Changes = changes(services),
): Express {
  const app = express();
  app.disable('x-powered-by').set('etag', false).set('query parser', 'simple');
  app.use(requestLog(services.log));
  app.use(
    helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } }),
  );
  app.use('/codec', codecForOps(services));
  app.use('/api/v1/docs', docsPage());
  const doors = allDoors(services);
  mount(app, doors, services);
  app.use(outcomePages(services, sessions));
  app.use(assetFiles);
  if (sessions) {
    app.use(sessions.router);
    app.get('/changes', changeStreams(looking, sessions.visit));
    mountPages(app, { pages: allPages, doors, ask: doorAsker(doors, services), sessions, services });
  }
  app.use(nothingThere);
  app.use(answerErrors(services.log, sessions ? sendProblemOrPage : sendProblem));
  return app;
}

/** Sends a page of signing in, in the frame of the service. */
export function drawSignIn(res: Response, { status, title, main }: SignInPage): void {
  res.status(status).set({ 'Content-Security-Policy': pagePolicy, 'Cache-Control': 'private, no-store' });
  sendHtml(res, layout({ title, main, headed: true, menu: [], name: null }));
}

/** What could not be done, as a page to a browser and as problem details to a program. */
function sendProblemOrPage(res: Response, problem: HttpProblem): void {
  if (res.req.headers.authorization !== undefined || res.req.accepts(['json', 'html']) !== 'html')
    return sendProblem(res, problem);
  sendHtml(
    withStatusOf(problem, res).set('Content-Security-Policy', pagePolicy),
    layout({ ...problemPage(problem, { written: writtenIn(problem, res.req) }), menu: [] }),
  );
}

/** The words of a form that met a fault of ours, or found a part of the service away, and cannot be shown again (R25). */
function writtenIn({ status }: HttpProblem, { method, body }: Request): string[] {
  return method === 'POST' && status >= 500 ? wordsIn((body ?? {}) as Posted) : [];
}
