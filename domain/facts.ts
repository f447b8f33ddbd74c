// What a rule may know beside the state of the case: when, who, and the rows of that moment. `decide` never fetches anything.
import type { Calendar, Cycle, Instant } from './calendar';
import type { Check } from './checks';
import type { Sitting } from './meetings/sitting';
import type { RetentionFacts } from './retention';
import type { Agreement, Course } from './state';
import type { Student } from './student';
import type { Timetable } from './timetable';
import type { Host, MeetingRef, Party, PlaceTerm, ProgrammeCode, Sector } from './words';
import type { Problem } from './commands';

/** How a person signs in. The same subject at another issuer is somebody else. */
export interface SignIn {
  /** The address of an OpenID issuer, exactly as its tokens have it. */
  readonly issuer: string;
  readonly subject: string;
}

/** Who acts, with their grants as they stand in our own records. */
export interface Actor {
  readonly person: string;
  readonly parties: readonly Party[];
}

/** How many places are left of a programme in a term, and in that term's academic year (C12: two limits). */
export interface PlacesLeft extends PlaceTerm {
  readonly inTerm: number;
  readonly inYear: number;
}

/** What is left of a course for one case: what the others took, and those before it in the line. */
export interface CoursePlaces {
  readonly course: string;
  readonly left: number;
  /** Whether the home school has an SLA this year. */
  readonly hasSla: boolean;
}

/** A course as the directory has it: with the programme that it is of. */
export interface OfferedCourse extends Course {
  readonly programme: ProgrammeCode;
}

/** The directory (R107), as far as a pack that is sent concerns it. */
export interface Directory {
  /** Codes of the providers that CAP has procured (R103). */
  readonly providers: readonly string[];
  /** The schools, each of which kind it is (R22). */
  readonly schools: readonly { readonly code: string; readonly sector: Sector | null }[];
  /** The course that the command names; null when there is none of that code, or none was named. */
  readonly course: OfferedCourse | null;
}

/** The draft that is being submitted, as far as a rule must know it. */
export interface ApplicationFacts {
  readonly reference: string;
  readonly programme: ProgrammeCode;
  readonly school: string;
  /** The code of the student; null while the draft names none. */
  readonly student: string | null;
  readonly course: Course | null;
  /** What `checkApplication` found in its answers; for a returned pack `checkCorrection`. */
  readonly problems: readonly Problem[];
  /** Of a returned pack that is sent again: the codes of what is not as it was. */
  readonly changed: readonly string[];
  /** What its answers say was agreed to (A13). */
  readonly agreements: readonly Agreement[];
  /** Whether its answers take the panels out of its route (R20). */
  readonly withoutPanels: boolean;
}

/** Another open case of the same student, as far as a rule over all of a student's cases must know it. */
export interface OtherCase {
  readonly reference: string;
  readonly programme: ProgrammeCode;
  readonly host: Host | null;
  /** When the student is with its host, once its start is confirmed. */
  readonly placement: Timetable | null;
}

/** What the rules of every machine may know. */
export interface CommonFacts {
  /** When the command counts (`received.ts`): a deadline is judged by it. The clock's commands bring the workflow's own time. */
  readonly now: Instant;
  /** The id of the command's row. */
  readonly commandId: string;
  readonly actor: Actor;
  /** Names of the texts that came with the command; null when it came through Temporal, where no words travel. */
  readonly texts: readonly string[] | null;
  readonly calendar: Calendar;
}

/** What the rules of a case may know. */
export interface Facts extends CommonFacts {
  /** Every cycle that has not ended, and those around the case's own. */
  readonly cycles: readonly Cycle[];
  /** The row of the meeting that the case is before, locked against being moved. */
  readonly meeting: MeetingRef | null;
  /** What that meeting says of the case, where it is kept here; null when it is not, or the case is before none. */
  readonly sitting: Sitting | null;
  /** The ledger, its rows locked; empty when the programme is not limited or the command takes no place. */
  readonly places: readonly PlacesLeft[];
  /** Of the case's course, its row locked; null where it has no limit or the command takes no place on it. */
  readonly coursePlaces: CoursePlaces | null;
  /** What was checked of the provider whom the command sends a student to, the newest of each kind; empty where it sends nobody. */
  readonly checks: readonly Check[];
  /** Whom a pack may be sent to; null when the command sends none. */
  readonly directory: Directory | null;
  /** By what the student's year group is found, and whether they have an EHCP; null when the command looks at neither. */
  readonly student: Pick<Student, 'dateOfBirth' | 'yearsAbove' | 'ehcp'> | null;
  /** The academic years for which the home school has an SLA; empty when the command confirms no start that needs one. */
  readonly slas: readonly string[];
  /** The other open cases of the student, the student's row locked; empty when the command looks at none. */
  readonly otherCases: readonly OtherCase[];
  /** What is known of the student of a closed case, holds locked; null where the command erases nothing. */
  readonly retention: RetentionFacts | null;
  readonly application: ApplicationFacts | null;
  /** Whom the command names, with their grants; null when it names nobody, or nobody who may sign in. */
  readonly named: Actor | null;
}
