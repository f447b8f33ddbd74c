// What doors answer, by their names, as far as pages ask them: a page cannot misspell a door, nor expect what it does not give.
import type { z } from 'zod';
import type { recorded } from '../api/doors/commands';
import type {
  calendarImported,
  calendarPreview,
  calendarProposal,
  cycleFound,
  cycleSaved,
  listOfCycles,
  listOfMeetings,
  meetingFound,
  meetingSaved,
  takenOut,
} from '../api/doors/calendar';
import type { checksOfProvider, listOfChecks } from '../api/doors/checks';
import type { listOfClosures, listOfTerms, removedHalfTerm, savedClosure, savedHalfTerm } from '../api/doors/closures';
import type { directoryImported, directoryPreview, listOfCourses, removedCourse, savedCourse } from '../api/doors/directory';
import type { listOfAllowances } from '../api/doors/numbers';
import type { attendanceOfCase, marksMade, registerOfDay, toldInTheMorning } from '../api/doors/registers';
import type { listOfPlaces, listOfProgrammes, listOfProviders, listOfSchools, listOfSignposts } from '../api/doors/programmes';
import type { pageOfCases, pageOfTasks } from '../api/doors/cases';
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
  readonly register: Of<typeof registerOfDay>;
  readonly markRegister: Of<typeof marksMade>;
  readonly morning: Of<typeof toldInTheMorning>;
  readonly attendance: Of<typeof attendanceOfCase>;
  /** A file. */
  readonly directory: string;
  readonly saveCourse: Of<typeof savedCourse>;
  readonly removeCourse: Of<typeof removedCourse>;
  readonly previewDirectory: Of<typeof directoryPreview>;
  readonly importDirectory: Of<typeof directoryImported>;
  readonly checks: Of<typeof listOfChecks>;
  readonly recordCheck: Of<typeof checksOfProvider>;
  readonly allowances: Of<typeof listOfAllowances>;
  readonly cycles: Of<typeof listOfCycles>;
  readonly cycle: Of<typeof cycleFound>;
  readonly enterCycle: Of<typeof cycleSaved>;
  readonly changeCycle: Of<typeof cycleSaved>;
  readonly removeCycle: Of<typeof takenOut>;
  readonly proposeCalendar: Of<typeof calendarProposal>;
  readonly previewCalendar: Of<typeof calendarPreview>;
  readonly importCalendar: Of<typeof calendarImported>;
  readonly meetings: Of<typeof listOfMeetings>;
  readonly meeting: Of<typeof meetingFound>;
  readonly planMeeting: Of<typeof meetingSaved>;
  readonly moveMeeting: Of<typeof meetingSaved>;
  readonly cancelMeeting: Of<typeof takenOut>;
  readonly closures: Of<typeof listOfClosures>;
  readonly addClosure: Of<typeof savedClosure>;
  readonly removeClosure: Of<typeof savedClosure>;
  readonly terms: Of<typeof listOfTerms>;
  readonly saveHalfTerm: Of<typeof savedHalfTerm>;
  readonly removeHalfTerm: Of<typeof removedHalfTerm>;
  readonly colleagues: {
    readonly programmes: Of<typeof listOfProgrammes>;
    readonly schools: Of<typeof listOfSchools>;
    readonly providers: Of<typeof listOfProviders>;
    readonly courses: Of<typeof listOfCourses>;
    readonly signposts: Of<typeof listOfSignposts>;
    readonly places: Of<typeof listOfPlaces>;
    readonly colleagues: readonly { readonly party: string; readonly person: string; readonly name: string }[];
  };
}

export type DoorName = keyof Answers;
