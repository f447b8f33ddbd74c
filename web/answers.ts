// What doors answer, by their names, as far as pages ask them: a page cannot misspell a door, nor expect what it does not give.
import type { z } from 'zod';
import type { recorded } from '../api/doors/commands';
import type { listOfCourses } from '../api/doors/directory';
import type { listOfPlaces, listOfProgrammes, listOfProviders, listOfSchools, listOfSignposts } from '../api/doors/programmes';
import type { pageOfCases, pageOfTasks } from '../api/doors/cases';
import type { pageOfAccess, proof } from '../api/doors/audit';
import type { numbers, listOfAllowances } from '../api/doors/numbers';
import type { listOfOrganisations, oneOrganisation } from '../api/doors/organisations';
import type { listOfPeople, listOfRequests, onePerson } from '../api/doors/people';
import type { listOfOffByDefault, offeredOrNot } from '../api/doors/programmes';
import type { casesDue, listOfHolds, oneHold, subject } from '../api/doors/retention';
import type { contactOfCap, health } from '../api/doors/service';
import type { endedSessions, listOfSessions } from '../api/doors/sessions';
import type { foundStudents } from '../api/doors/students';
import type { listOfWorkings, workflowOfCase } from '../api/doors/workings';
import type { you } from '../api/doors/you';
import type { CaseView } from '../api/views/case';
import type { PersonCommandKind } from '../domain/commands';

type Of<S extends z.ZodType> = z.output<S>;

export interface Answers extends Record<PersonCommandKind, Of<typeof recorded>> {
  readonly case: CaseView;
  readonly cases: Of<typeof pageOfCases>;
  readonly searchCases: Of<typeof pageOfCases>;
  readonly worklist: Of<typeof pageOfTasks>;
  readonly programmes: Of<typeof listOfProgrammes>;
  readonly schools: Of<typeof listOfSchools>;
  readonly providers: Of<typeof listOfProviders>;
  readonly courses: Of<typeof listOfCourses>;
  readonly signposts: Of<typeof listOfSignposts>;
  readonly places: Of<typeof listOfPlaces>;
  readonly colleagues: {
    readonly programmes: Of<typeof listOfProgrammes>;
    readonly schools: Of<typeof listOfSchools>;
    readonly providers: Of<typeof listOfProviders>;
    readonly courses: Of<typeof listOfCourses>;
    readonly signposts: Of<typeof listOfSignposts>;
    readonly places: Of<typeof listOfPlaces>;
    readonly colleagues: readonly { readonly party: string; readonly person: string; readonly name: string }[];
  };
  readonly people: Of<typeof listOfPeople>;
  readonly keepPerson: Of<typeof onePerson>;
  readonly giveSignIn: Of<typeof onePerson>;
  readonly revokeGrant: { readonly person: string };
  readonly grantRequests: Of<typeof listOfRequests>;
  readonly requestGrant: { readonly id: string };
  readonly settleGrantRequest: { readonly id: string };
  readonly organisations: Of<typeof listOfOrganisations>;
  readonly keepOrganisation: Of<typeof oneOrganisation>;
  readonly keepSla: Of<typeof oneOrganisation>;
  readonly programmesOffByDefault: Of<typeof listOfOffByDefault>;
  readonly offerProgramme: Of<typeof offeredOrNot>;
  readonly numbers: Of<typeof numbers>;
  readonly allowances: Of<typeof listOfAllowances>;
  readonly censusExport: string;
  readonly trainingExport: string;
  readonly inspectionExport: string;
  readonly fallingDue: Of<typeof casesDue>;
  readonly legalHolds: Of<typeof listOfHolds>;
  readonly placeLegalHold: Of<typeof oneHold>;
  readonly liftLegalHold: Of<typeof oneHold>;
  readonly subjectAccess: Of<typeof subject>;
  readonly accessLog: Of<typeof pageOfAccess>;
  readonly timelineProof: Of<typeof proof>;
  readonly workings: Of<typeof listOfWorkings>;
  readonly caseWorkflow: Of<typeof workflowOfCase>;
  readonly ready: Of<typeof health>;
  readonly me: Of<typeof you>;
  readonly searchStudents: Of<typeof foundStudents>;
  readonly mySessions: Of<typeof listOfSessions>;
  readonly endMySession: Of<typeof endedSessions>;
  readonly endMyOtherSessions: Of<typeof endedSessions>;
  readonly endSessionsOfPerson: Of<typeof endedSessions>;
  readonly contact: Of<typeof contactOfCap>;
}

export type DoorName = keyof Answers;
