// The panel's outcome as a page and a PDF, for those who may see the case: what web/ draws, from what records read.
import type { Router } from 'express';
import { programmeAt } from '../domain/programmes';
import { panelTitles } from '../domain/words';
import { readOutcomes } from '../records/cases';
import type { IssuedOutcome } from '../records/types';
import type { OutcomeDocument } from '../web/outcomeDocument';
import { outcomePages as pages, type CaseRequest } from '../web/pages';
import type { Page } from './openapi';
import { HttpProblem } from './problems';
import { reference } from './schemas';
import type { Services } from './services';
import { signedIn } from './signIn';

/** What the OpenAPI document says of them: web/ draws and mounts the pages, and a test holds its routes to this list. */
export const documentedPages: readonly Page[] = [
  {
    path: '/cases/{reference}',
    name: 'casePage',
    summary: 'Where e-mails lead',
    about: 'It says how to read the case with a token, and not whether there is such a case.',
    gives: null,
  },
  {
    path: '/meetings/{reference}',
    name: 'meetingPage',
    summary: 'Where e-mails about a panel meeting lead',
    about: 'It says how to read the meeting with a token, and not whether there is such a meeting.',
    gives: null,
  },
  {
    path: '/registers/{reference}',
    name: 'registerPage',
    summary: 'Where e-mails of a morning lead',
    about: 'It says how to read registers and attendance with a token.',
    gives: null,
  },
  {
    path: '/cases/{reference}/outcome',
    name: 'outcomePage',
    summary: "The panel's outcome document as a page",
    about: 'A browser that sends no token is told how to read the case.',
    gives: 'text/html',
  },
  {
    path: '/cases/{reference}/outcomes/{command}',
    name: 'issuedOutcomePage',
    summary: 'One of several outcome documents of a case as a page',
    about: 'A browser that sends no token is told how to read the case.',
    gives: 'text/html',
  },
  {
    path: '/cases/{reference}/outcomes/{command}/pdf',
    name: 'issuedOutcomePdf',
    summary: 'One of several outcome documents of a case as a tagged PDF',
    about: 'A browser that sends no token is told how to read the case.',
    gives: 'application/pdf',
  },
  {
    path: '/cases/{reference}/outcome.pdf',
    name: 'outcomePdf',
    summary: "The panel's outcome document as a tagged PDF",
    about: 'A browser that sends no token is told how to read the case.',
    gives: 'application/pdf',
  },
];

const team = 'The CAP team';
const door = 'GET /cases/{reference}/outcome';

/** @returns a router for the outcome pages, the last of a case and each by its name; each look is noted */
export function outcomePages(services: Services): Router {
  const { database, accessLog, now } = services;
  const read = async (req: CaseRequest): Promise<OutcomeDocument> => {
    if (req.res) req.res.locals['door'] = door;
    const person = await signedIn(req, services);
    const asked = reference.safeParse(req.params.reference);
    const found = asked.success ? (await readOutcomes(database, person, asked.data, req.params.command)).at(-1) : undefined;
    accessLog.note({
      at: now(),
      person: person.person,
      action: door,
      reference: asked.success ? asked.data : null,
      detail: { status: found ? 200 : 404 },
    });
    if (!found)
      throw new HttpProblem('not-found', 'There is no outcome document for you here: it is issued once the panel has decided.');
    return asDocument(found);
  };
  return pages({ read, contact: { name: team, email: '' }, docs: '/api/v1/docs' });
}

function asDocument({
  texts,
  schoolName,
  panel,
  onboards,
  decided,
  issued,
  programme,
  contact,
  ...rest
}: IssuedOutcome): OutcomeDocument {
  const { reasons = '', conditions = '', alternatives = '', information = '' } = texts;
  return {
    ...rest,
    ...{ reasons, conditions, alternatives, information },
    programme: programmeAt(programme),
    school: schoolName,
    panel: panelTitles[panel],
    provider: onboards,
    decidedAt: decided,
    issuedAt: issued,
    contact: { name: team, email: contact ?? '' },
  };
}
