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
import type { listOfPlaces, listOfProgrammes, listOfProviders, listOfSchools, listOfSignposts } from '../api/doors/programmes';
import type { pageOfCases, pageOfTasks } from '../api/doors/cases';
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
  readonly worklist: Of<typeof pageOfTasks>;
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
