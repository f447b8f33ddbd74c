// The service as one can read it in one sitting: what a request passes, from its first line to its answer.
import express, { type Express, type Request } from 'express';
import helmet from 'helmet';
import { can } from '../domain/permissions';
import { codecEndpoint } from '../temporal/codecEndpoint';
import { docsPage } from './docs';
import { applicationDoors } from './doors/applications';
import { calendarDoors } from './doors/calendar';
import { closureDoors } from './doors/closures';
import { caseDoors } from './doors/cases';
import { commandDoors } from './doors/commands';
import { panelDoors } from './doors/panels';
import { registerDoors } from './doors/registers';
import { checkDoors } from './doors/checks';
import { peopleDoors } from './doors/people';
import { directoryDoors } from './doors/directory';
import { fileDoors } from './doors/files';
import { exportDoors } from './doors/exports';
import { organisationDoors } from './doors/organisations';
import { numberDoors } from './doors/numbers';
import { programmeDoors } from './doors/programmes';
import { retentionDoors } from './doors/retention';
import { serviceDoors } from './doors/service';
import { studentDoors } from './doors/students';
import { youDoors } from './doors/you';
import type { Door } from './door';
import { answerErrors, nothingThere } from './errors';
import { openApiDocument } from './openapi';
import { documentedPages, outcomePages } from './outcomePages';
import { requestLog } from './requestLog';
import { mount } from './route';
import type { Services } from './services';
import { signedIn } from './signIn';

/** @returns every door of the service */
export function allDoors(services: Services): Door[] {
  let document: object | undefined;
  const doors: Door[] = [
    ...youDoors(services),
    ...programmeDoors(services),
    ...directoryDoors(services),
    ...numberDoors(services),
    ...studentDoors(services),
    ...applicationDoors(services),
    ...fileDoors(services),
    ...caseDoors(services),
    ...commandDoors(services),
    ...calendarDoors(services),
    ...panelDoors(services),
    ...registerDoors(services),
    ...checkDoors(services),
    ...peopleDoors(services),
    ...organisationDoors(services),
    ...exportDoors(services),
    ...retentionDoors(services),
    ...closureDoors(services),
    ...serviceDoors(services, () => (document ??= openApiDocument(doors, documentedPages))),
  ];
  return doors;
}

/** @returns the application; it listens nowhere yet */
export function createApp(services: Services): Express {
  const app = express();
  app.disable('x-powered-by').set('etag', false).set('query parser', 'simple');
  app.use(requestLog(services.log));
  app.use(
    helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } }),
  );
  app.use('/codec', codecEndpoint({ ...services.codec, authorise: (req) => isOps(req, services) }));
  app.use('/api/v1/docs', docsPage());
  mount(app, allDoors(services), services);
  app.use(outcomePages(services));
  app.use(nothingThere);
  app.use(answerErrors(services.log));
  return app;
}

async function isOps(req: Request, services: Services): Promise<boolean> {
  if (req.headers.authorization === undefined) return false;
  return can(await signedIn(req, services), 'decode-payloads').allowed;
}
