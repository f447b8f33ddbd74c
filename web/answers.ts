// What doors answer, by their names, as far as pages ask them: a page cannot misspell a door, nor expect what it does not give.
import type { z } from 'zod';
import type { listOfMeetings, meetingWithAgenda } from '../api/doors/calendar';
import type { recorded } from '../api/doors/commands';
import type { listOfCourses } from '../api/doors/directory';
import type {
  enteredAbsence,
  goneAbsence,
  listOfAbsences,
  listOfPanels,
  minutes,
  onePanel,
  recordedOfMeeting,
} from '../api/doors/panels';
import type { FileToSend } from '../api/door';
import type { file, listOfFiles } from '../api/doors/files';
import type { listOfPlaces, listOfProgrammes, listOfProviders, listOfSchools, listOfSignposts } from '../api/doors/programmes';
import type { listOfPeople } from '../api/doors/people';
import type { ended, listOfSessions } from '../api/doors/sessions';
import type { pageOfCases, pageOfTasks } from '../api/doors/cases';
import type { listOfApplications } from '../api/doors/applications';
import type { listOfFits } from '../api/doors/eligibility';
import type { importedRoll, previewOfRoll } from '../api/doors/roll';
import type { foundStudents, pageOfStudents, student, weekView } from '../api/doors/students';
import type { listOfColleagues } from '../api/doors/you';
import type { applicationForm } from '../api/views/application';
import type { CaseView } from '../api/views/case';
import type { MeetingPersonCommandKind, PersonCommandKind } from '../domain/commands';

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
  readonly previewRoll: Of<typeof previewOfRoll>;
  readonly importRoll: Of<typeof importedRoll>;
}

export type DoorName = keyof Answers;
