// What doors answer, by their names, as far as pages ask them: a page cannot misspell a door, nor expect what it does not give.
import type { FileToSend } from '../api/door';
import type { listOfApplications } from '../api/doors/applications';
import type { pageOfAccess, proof } from '../api/doors/audit';
import type { listOfNights, oneNight, openAlarms, timelineAccepted } from '../api/doors/nights';
import type {
  calendarImported,
  calendarPreview,
  calendarProposal,
  cycleFound,
  cycleSaved,
  listOfCycles,
  listOfMeetings,
  meetingSaved,
  meetingWithAgenda,
  takenOut,
} from '../api/doors/calendar';
import type { pageOfCases, pageOfTasks } from '../api/doors/cases';
import type { checksOfProvider, listOfChecks } from '../api/doors/checks';
import type { listOfClosures, listOfTerms, removedHalfTerm, savedClosure, savedHalfTerm } from '../api/doors/closures';
import type { recorded } from '../api/doors/commands';
import type { directoryImported, directoryPreview, listOfCourses, removedCourse, savedCourse } from '../api/doors/directory';
import type { listOfFits } from '../api/doors/eligibility';
import type { exclusion, listOfExclusions, takenOutExclusion } from '../api/doors/exclusions';
import type { file, listOfFiles } from '../api/doors/files';
import type { listOfAllowances, numbers, numbersBySchool } from '../api/doors/numbers';
import type { listOfOrganisations, oneOrganisation } from '../api/doors/organisations';
import type {
  enteredAbsence,
  goneAbsence,
  listOfAbsences,
  listOfPanels,
  minutes,
  onePanel,
  recordedOfMeeting,
} from '../api/doors/panels';
import type { listOfAccountRequests, oneAccountRequest } from '../api/doors/accountRequests';
import type { listOfPeople, listOfRequests, onePerson } from '../api/doors/people';
import type {
  listOfOffByDefault,
  listOfPlaces,
  listOfProgrammes,
  listOfProviders,
  listOfSchools,
  listOfSignposts,
  offeredOrNot,
} from '../api/doors/programmes';
import type { progressNote, progressOfCase } from '../api/doors/progress';
import type { attendanceOfCase, marksMade, registerOfDay, toldInTheMorning } from '../api/doors/registers';
import type { casesDue, listOfHolds, oneHold, subject } from '../api/doors/retention';
import type { importedRoll, previewOfRoll } from '../api/doors/roll';
import type { leadsOfParty } from '../api/doors/safeguardingLeads';
import type { contactOfCap, health } from '../api/doors/service';
import type { ended, listOfSessions } from '../api/doors/sessions';
import type { sitesOfProvider } from '../api/doors/sites';
import type { foundStudents, pageOfStudents, student, weekView } from '../api/doors/students';
import type { listOfWorkings, workflowOfCase, workingsOfCase } from '../api/doors/workings';
import type { listOfColleagues, you } from '../api/doors/you';
import type { applicationForm } from '../api/views/application';
import type { CaseView } from '../api/views/case';
import type { MeetingPersonCommandKind, PersonCommandKind } from '../domain/commands';
import type { z } from 'zod';

type Of<S extends z.ZodType> = z.output<S>;

/** The door by which a command is given to a meeting; its e-mails are settled as those of a case are. */
export type MeetingCommandDoor = Exclude<MeetingPersonCommandKind, 'settleEmail'> | 'settleEmailOfMeeting';

export interface Answers
  extends Record<PersonCommandKind, Of<typeof recorded>>, Record<MeetingCommandDoor, Of<typeof recordedOfMeeting>> {
  readonly case: CaseView;
  readonly cases: Of<typeof pageOfCases>;
  readonly searchCases: Of<typeof pageOfCases>;
  readonly files: Of<typeof listOfFiles>;
  readonly addFile: Of<typeof file>;
  readonly file: FileToSend;
  readonly removeFile: { readonly id: string };
  readonly worklist: Of<typeof pageOfTasks>;
  readonly people: Of<typeof listOfPeople>;
  readonly sessions: Of<typeof listOfSessions>;
  readonly endSession: Of<typeof ended>;
  readonly endOtherSessions: Of<typeof ended>;
  readonly endSessionsOfPerson: Of<typeof ended>;
  readonly programmes: Of<typeof listOfProgrammes>;
  readonly schools: Of<typeof listOfSchools>;
  readonly providers: Of<typeof listOfProviders>;
  readonly courses: Of<typeof listOfCourses>;
  readonly signposts: Of<typeof listOfSignposts>;
  readonly places: Of<typeof listOfPlaces>;
  readonly meetings: Of<typeof listOfMeetings>;
  readonly meeting: Of<typeof meetingWithAgenda>;
  readonly minutes: Of<typeof minutes>;
  readonly panels: Of<typeof listOfPanels>;
  readonly changeSeat: Of<typeof onePanel>;
  readonly changeQuorum: Of<typeof onePanel>;
  readonly absences: Of<typeof listOfAbsences>;
  readonly enterAbsence: Of<typeof enteredAbsence>;
  readonly takeOutAbsence: Of<typeof goneAbsence>;
  readonly colleagues: Of<typeof listOfColleagues>;
  readonly applications: Of<typeof listOfApplications>;
  readonly application: Of<typeof applicationForm>;
  readonly beginApplication: Of<typeof applicationForm>;
  readonly saveApplication: Of<typeof applicationForm>;
  readonly deleteApplication: { readonly reference: string };
  readonly eligibility: Of<typeof listOfFits>;
  readonly students: Of<typeof pageOfStudents>;
  readonly searchStudents: Of<typeof foundStudents>;
  readonly student: Of<typeof student>;
  readonly addStudent: Of<typeof student>;
  readonly saveStudent: Of<typeof student>;
  readonly weekOfStudent: Of<typeof weekView>;
  readonly exclusions: Of<typeof listOfExclusions>;
  readonly recordExclusion: Of<typeof exclusion>;
  readonly removeExclusion: Of<typeof takenOutExclusion>;
  readonly previewRoll: Of<typeof previewOfRoll>;
  readonly importRoll: Of<typeof importedRoll>;
  readonly keepPerson: Of<typeof onePerson>;
  readonly takeBackSignIn: Of<typeof onePerson>;
  readonly revokeGrant: { readonly person: string };
  readonly personRequests: Of<typeof listOfRequests>;
  readonly requestForPerson: { readonly id: string };
  readonly settlePersonRequest: { readonly id: string };
  readonly accountRequests: Of<typeof listOfAccountRequests>;
  readonly accountRequest: Of<typeof oneAccountRequest>;
  readonly askForAccount: Of<typeof oneAccountRequest>;
  readonly acceptAccountRequest: Of<typeof oneAccountRequest>;
  readonly declineAccountRequest: Of<typeof oneAccountRequest>;
  readonly withdrawAccountRequest: Of<typeof oneAccountRequest>;
  readonly organisations: Of<typeof listOfOrganisations>;
  readonly keepOrganisation: Of<typeof oneOrganisation>;
  readonly keepSla: Of<typeof oneOrganisation>;
  readonly safeguardingLeads: Of<typeof leadsOfParty>;
  readonly keepSafeguardingLeads: Of<typeof leadsOfParty>;
  readonly sites: Of<typeof sitesOfProvider>;
  readonly keepSites: Of<typeof sitesOfProvider>;
  readonly programmesOffByDefault: Of<typeof listOfOffByDefault>;
  readonly offerProgramme: Of<typeof offeredOrNot>;
  readonly numbers: Of<typeof numbers>;
  readonly numbersBySchool: Of<typeof numbersBySchool>;
  readonly allowances: Of<typeof listOfAllowances>;
  readonly censusExport: string;
  readonly trainingExport: string;
  readonly numbersExport: string;
  readonly inspectionExport: string;
  readonly fallingDue: Of<typeof casesDue>;
  readonly legalHolds: Of<typeof listOfHolds>;
  readonly placeLegalHold: Of<typeof oneHold>;
  readonly liftLegalHold: Of<typeof oneHold>;
  readonly subjectAccess: Of<typeof subject>;
  readonly accessLog: Of<typeof pageOfAccess>;
  readonly timelineProof: Of<typeof proof>;
  readonly nights: Of<typeof listOfNights>;
  readonly alarms: Of<typeof openAlarms>;
  readonly night: Of<typeof oneNight>;
  readonly acceptTimeline: Of<typeof timelineAccepted>;
  readonly workings: Of<typeof listOfWorkings>;
  readonly caseWorkflow: Of<typeof workflowOfCase>;
  readonly caseWorkings: Of<typeof workingsOfCase>;
  readonly ready: Of<typeof health>;
  readonly me: Of<typeof you>;
  readonly contact: Of<typeof contactOfCap>;
  readonly register: Of<typeof registerOfDay>;
  readonly markRegister: Of<typeof marksMade>;
  readonly morning: Of<typeof toldInTheMorning>;
  readonly attendance: Of<typeof attendanceOfCase>;
  readonly progress: Of<typeof progressOfCase>;
  readonly noteProgress: Of<typeof progressNote>;
  /** A file. */
  readonly directory: string;
  readonly saveCourse: Of<typeof savedCourse>;
  readonly removeCourse: Of<typeof removedCourse>;
  readonly previewDirectory: Of<typeof directoryPreview>;
  readonly importDirectory: Of<typeof directoryImported>;
  readonly checks: Of<typeof listOfChecks>;
  readonly recordCheck: Of<typeof checksOfProvider>;
  readonly cycles: Of<typeof listOfCycles>;
  readonly cycle: Of<typeof cycleFound>;
  readonly enterCycle: Of<typeof cycleSaved>;
  readonly changeCycle: Of<typeof cycleSaved>;
  readonly removeCycle: Of<typeof takenOut>;
  readonly proposeCalendar: Of<typeof calendarProposal>;
  readonly previewCalendar: Of<typeof calendarPreview>;
  readonly importCalendar: Of<typeof calendarImported>;
  readonly planMeeting: Of<typeof meetingSaved>;
  readonly moveMeeting: Of<typeof meetingSaved>;
  readonly cancelMeeting: Of<typeof takenOut>;
  readonly closures: Of<typeof listOfClosures>;
  readonly addClosure: Of<typeof savedClosure>;
  readonly removeClosure: Of<typeof savedClosure>;
  readonly terms: Of<typeof listOfTerms>;
  readonly saveHalfTerm: Of<typeof savedHalfTerm>;
  readonly removeHalfTerm: Of<typeof removedHalfTerm>;
}

export type DoorName = keyof Answers;
