// The panel's outcome as a page and a PDF, for those who may see the case: what web/ draws, from what records read.
import type { Response, Router } from 'express';
import { programmeAt } from '../../domain/programmes';
import { panelTitles } from '../../domain/words';
import { readOutcomes } from '../../records/cases';
import type { IssuedOutcome } from '../../records/types';
import type { OutcomeDocument } from './outcomeDocument';
import { outcomePages as pages, type CaseRequest } from './outcomeRoutes';
import { HttpProblem } from '../../api/problems';
import { reference } from '../../api/schemas';
import type { Services } from '../../api/services';
import { signedIn } from '../../api/signIn';
import { ownPath } from '../session/ownPath';
import { signInPath } from '../session/pages';
import type { Sessions } from '../session/sessions';

const team = 'The CAP team';
const door = 'GET /cases/{reference}/outcome';

/**
 * @param sessions who is at a browser; null for a service that answers to tokens alone
 * @returns a router for the outcome pages, the last of a case and each by its name; each look is noted
 */
export function outcomePages(services: Services, sessions: Pick<Sessions, 'visit'> | null): Router {
  const { database, accessLog, now } = services;
  const read = async (req: CaseRequest, res: Response): Promise<OutcomeDocument | 'asked-to-sign-in'> => {
    res.locals['door'] = door;
    const person =
      req.headers.authorization === undefined && sessions
        ? (await sessions.visit(req, res)).person
        : await signedIn(req, services);
    if (!person) {
      res.redirect(303, signInPath(ownPath(req.originalUrl)));
      return 'asked-to-sign-in';
    }
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
  return pages({ read, contact: { name: team, email: '' } });
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
  reconsidered,
  conditionsBefore,
  ...rest
}: IssuedOutcome): OutcomeDocument {
  const { reasons = '', conditions = '', alternatives = '', information = '' } = texts;
  return {
    ...rest,
    ...{ reasons, conditions, alternatives, information },
    programme: programmeAt(programme),
    school: schoolName,
    panel: panelTitles[panel],
    reconsidered: reconsidered && panelTitles[reconsidered],
    conditionsBefore: conditionsBefore && { ...conditionsBefore, panel: panelTitles[conditionsBefore.panel] },
    provider: onboards,
    decidedAt: decided,
    issuedAt: issued,
    contact: { name: team, email: contact ?? '' },
  };
}
