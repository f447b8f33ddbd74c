// Every door of the service, by what it is about.
import { accountRequestDoors } from './doors/accountRequests';
import { applicationDoors } from './doors/applications';
import { auditDoors } from './doors/audit';
import { calendarDoors } from './doors/calendar';
import { closureDoors } from './doors/closures';
import { caseDoors } from './doors/cases';
import { commandDoors } from './doors/commands';
import { panelDoors } from './doors/panels';
import { progressDoors } from './doors/progress';
import { registerDoors } from './doors/registers';
import { checkDoors } from './doors/checks';
import { peopleDoors } from './doors/people';
import { eligibilityDoors } from './doors/eligibility';
import { directoryDoors } from './doors/directory';
import { exclusionDoors } from './doors/exclusions';
import { fileDoors } from './doors/files';
import { exportDoors } from './doors/exports';
import { organisationDoors } from './doors/organisations';
import { nightDoors } from './doors/nights';
import { numberDoors } from './doors/numbers';
import { programmeDoors } from './doors/programmes';
import { retentionDoors } from './doors/retention';
import { rollDoors } from './doors/roll';
import { safeguardingLeadDoors } from './doors/safeguardingLeads';
import { serviceDoors } from './doors/service';
import { sessionDoors } from './doors/sessions';
import { siteDoors } from './doors/sites';
import { studentDoors } from './doors/students';
import { workingsDoors } from './doors/workings';
import { youDoors } from './doors/you';
import type { Door } from './door';
import { openApiDocument } from './openapi';
import { documentedPages } from './documentedPages';
import type { Services } from './services';

/** @returns every door of the service */
export function allDoors(services: Services): Door[] {
  let document: object | undefined;
  const summaryOf = (action: string) =>
    doors.find(({ method, path }) => `${method.toUpperCase()} ${path}` === action)?.summary ?? null;
  const doors: Door[] = [
    ...youDoors(services),
    ...sessionDoors(services),
    ...programmeDoors(services),
    ...directoryDoors(services),
    ...numberDoors(services),
    ...studentDoors(services),
    ...exclusionDoors(services),
    ...rollDoors(services),
    ...eligibilityDoors(services),
    ...applicationDoors(services),
    ...fileDoors(services),
    ...caseDoors(services),
    ...commandDoors(services),
    ...calendarDoors(services),
    ...panelDoors(services),
    ...registerDoors(services),
    ...progressDoors(services),
    ...checkDoors(services),
    ...peopleDoors(services),
    ...accountRequestDoors(services),
    ...organisationDoors(services),
    ...safeguardingLeadDoors(services),
    ...siteDoors(services),
    ...exportDoors(services),
    ...retentionDoors(services, summaryOf),
    ...closureDoors(services),
    ...auditDoors(services, summaryOf),
    ...nightDoors(services),
    ...workingsDoors(services),
    ...serviceDoors(services, () => (document ??= openApiDocument(doors, documentedPages))),
  ];
  return doors;
}
