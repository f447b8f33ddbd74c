// What records gives and takes: the shapes of rows as the rest of the project sees them. Scoped: every read and write is on behalf of
// an actor, and Postgres' row-level security holds under it.
import type { PlacesOfTerm } from './directory';
import type { Pinned } from '../domain/application';
import type { Seal } from '../domain/byHand';
import type { Cycle, Instant, IsoDate, PanelCode, Planned } from '../domain/calendar';
import type { AnyCommandKind, BodyOf } from '../domain/commands';
import type { ListedCourse } from '../domain/courses';
import type { EmailTemplate, EmailToWrite } from '../domain/emails';
import type { Actor } from '../domain/facts';
import type { FileFacts } from '../domain/files';
import type { Site } from '../domain/sites';
import type { CaseState, Course, EventKind, Outcome, Refusal, StageName, Wait } from '../domain/state';
import type { Student } from '../domain/student';
import type { Host, Party, ProgrammeCode, ProgrammeKey, Role } from '../domain/words';

/** A person of our own records. What a token says of roles is not believed. */
export interface Person extends Actor {
  readonly name: string;
}

/** A session as its cookie finds it. */
export interface FoundSession {
  readonly id: string;
  readonly person: string;
  readonly issuer: string;
  readonly subject: string;
  /** What the pages keep in it, encrypted. */
  readonly sealed: string;
  /** False when it has run out: nobody acts by it, but it still says whose it was. */
  readonly lives: boolean;
  /** Whether a form is kept that its person typed when a session had run out. */
  readonly unsent: boolean;
}

/** A session as its person sees it. */
export interface OwnSession {
  readonly id: string;
  /** In short: "Chrome on Windows". */
  readonly browser: string;
  readonly began: Instant;
  readonly used: Instant;
}

/** A student's row. */
export interface StudentRow extends Student {
  /** Rises with every edit: one that is based on an older version is refused. */
  readonly version: number;
  readonly changed: Instant;
  /** The id of the person who changed it last. */
  readonly changedBy: string;
}

export interface Draft {
  readonly reference: string;
  readonly programme: ProgrammeCode;
  readonly school: string;
  /** As their row stands now; null while none is named. */
  readonly student: Student | null;
  readonly course: string | null;
  readonly answers: Readonly<Record<string, string | boolean>>;
  /** Rises with every save: a save that is based on an older one is refused. */
  readonly version: number;
  readonly begun: Instant;
  readonly saved: Instant;
  /** Whose save it was. */
  readonly savedBy: string;
  readonly submitted: boolean;
  /** Whether its pack is with the school again, to be corrected (A22). */
  readonly returned: boolean;
  /** The application whose answers it began with, and those that began with its own. */
  readonly follows: string | null;
  readonly followedBy: readonly string[];
  /** What was uploaded for it. */
  readonly files: readonly FileFacts[];
  /** What its case is pinned to, and the course in the words of the case; null while it is a draft. */
  readonly pinned: (Pinned & { readonly course: Course | null }) | null;
}

/** A command as it was received: written before the engine hears of it, kept for ever once it is recorded. */
export interface CommandRow<K extends AnyCommandKind = AnyCommandKind> {
  readonly id: string;
  readonly reference: string;
  readonly kind: K;
  readonly person: string;
  readonly body: BodyOf<K>;
  readonly texts: Readonly<Record<string, string>>;
  readonly received: Instant;
  /** The step of the case that the person had read. */
  readonly based: number;
  readonly source: 'api' | 'temporal' | 'system';
}

/** A command that no door received: the clock, the calendar, or JSON typed by hand into Temporal's Web UI. */
export type Entered = {
  readonly id: string;
  readonly kind: string;
  readonly person: string;
  readonly body: unknown;
} & ({ readonly source: 'system' } | { readonly source: 'temporal'; readonly seal: Seal });

/** What came of a record step. A refusal is an outcome, never a throw. */
export interface StepOutcome<State = CaseState> {
  readonly result: 'recorded' | 'refused';
  readonly refusal: Refusal | null;
  /** The newest state, recorded or not; null when there is no such process. */
  readonly state: State | null;
  /** What it waits for, what is due first in front. */
  readonly waits: readonly Wait[];
  /** E-mails of it that are still to be sent. */
  readonly emails: readonly EmailDue[];
}

export interface EmailDue {
  readonly id: string;
  /** For the Web UI: "Panel outcome, to the school". */
  readonly title: string;
}

export interface Email extends EmailDue {
  readonly reference: string;
  /** Of what weighs most in it. */
  readonly template: EmailTemplate;
  readonly to: Party;
  /** What it says, and what the case waits for from its reader. */
  readonly about: Omit<EmailToWrite, 'to'>;
  /** Where the interview is, as it was written with the command that led to the e-mail; null when nothing was. */
  readonly place: string | null;
  /** Addresses of the party at the time of sending. */
  readonly addresses: readonly string[];
  readonly status: 'due' | 'sent' | 'undelivered';
}

/** An e-mail as the page of its case shows it. */
export interface CaseEmail extends Pick<Email, 'id' | 'to' | 'status'> {
  readonly template: EmailTemplate;
  /** In words: "Panel outcome". */
  readonly title: string;
  readonly written: Instant;
  /** When it was sent, or given up; null while it is due. */
  readonly settled: Instant | null;
}

export interface TimelineEntry {
  readonly step: number;
  readonly seq: number;
  readonly kind: EventKind;
  readonly at: Instant;
  /** The event's codes. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly person: string;
  readonly personName: string;
  readonly source: CommandRow['source'];
  /** What the person wrote, at the first entry of a step; empty once erased. */
  readonly texts: Readonly<Record<string, string>>;
  /** The day by which conditions are to be met, where it has some. */
  readonly conditionsBy: IsoDate | null;
  /** The names of the host and of the course that the event is about, where it is about some. */
  readonly hostName: string | null;
  readonly courseTitle: string | null;
  readonly hash: string;
}

/** What lists show of a case, as its record step writes it. */
export interface CaseLine {
  readonly reference: string;
  readonly programme: ProgrammeKey;
  readonly school: string;
  /** Who has the student, or the pack. */
  readonly host: Host | null;
  readonly stage: StageName;
  readonly step: number;
  readonly waits: readonly Wait[];
  /** Of the placement, else of the cohort; null while neither is known. */
  readonly start: IsoDate | null;
  readonly submitted: Instant;
  readonly updated: Instant;
}

export interface CaseSummary extends CaseLine {
  /** The student's name, as the pack has it. */
  readonly student: string | null;
  readonly schoolName: string;
  readonly hostName: string | null;
}

export interface CaseRecord extends CaseSummary {
  readonly state: CaseState;
  readonly timeline: readonly TimelineEntry[];
  /** The title of the course that it is for, as the latest directory with it has it. */
  readonly course: string | null;
  /** What directories say of that course, by their academic year. */
  readonly offered: Readonly<Record<string, ListedCourse>>;
  /** Of its host. */
  readonly sites: readonly Site[];
  readonly emails: readonly CaseEmail[];
  /** The case whose answers it began with, and those that began with its own (R68), as far as the reader sees them. */
  readonly linked: readonly { readonly reference: string; readonly isNext: boolean }[];
  /** Who is named in it. */
  readonly people: readonly {
    readonly as: 'case-worker' | 'monitoring-officer';
    readonly person: string;
    readonly name: string;
  }[];
  /** The pack: question and answer in words, as they were at submission. */
  readonly pack: readonly { readonly code: string; readonly question: string; readonly answer: string }[];
}

export interface CaseFilter {
  readonly stage?: StageName;
  readonly programme?: ProgrammeCode;
  readonly waitingFor?: Role;
  readonly school?: string;
  /** The code of a student. */
  readonly student?: string;
  readonly host?: Party;
  readonly dueBefore?: Instant;
  /** Changed at that time or later. */
  readonly updatedSince?: Instant;
  readonly open?: boolean;
  /** Only cases that name the reader: as case-worker, or as monitoring officer. */
  readonly named?: boolean;
}

/** Something that a case waits for, as a line of a worklist. */
export interface Task extends CaseSummary {
  readonly wait: Wait;
}

/** What the panel before the one that decides asked for when it supported an application with conditions. */
export interface ConditionsBefore {
  readonly panel: PanelCode;
  /** As it wrote them; empty while they are owed, or once they are erased. */
  readonly text: string;
  /** The day by which they are to be met; null where none was said. */
  readonly by: IsoDate | null;
}

/** What the panel's outcome document says (R72). */
export interface IssuedOutcome {
  readonly reference: string;
  /** The command that issued it: its name among the documents of a case. */
  readonly command: string;
  readonly programme: ProgrammeKey;
  /** The academic year of the start. */
  readonly year: string;
  readonly school: string;
  readonly schoolName: string;
  readonly panel: PanelCode;
  readonly decision: Outcome['decision'];
  /** The day of the meeting; null for a decision outside it (C18). */
  readonly meeting: IsoDate | null;
  readonly decided: Instant;
  readonly issued: Instant;
  /** When the promise of R71 runs out. */
  readonly due: Instant;
  /** When the panel took its decision back, so that it holds no more; null where it stands. */
  readonly takenBack: Instant | null;
  /** What the chair wrote, by its name: reasons, conditions, alternatives, information; with what was given later where it was owed. */
  readonly texts: Readonly<Record<string, string>>;
  /** The day by which the conditions are to be met; null where none was said. */
  readonly conditionsBy: IsoDate | null;
  /** What the panel before asked for when it supported the application with conditions (R73); null where it set none. */
  readonly conditionsBefore: ConditionsBefore | null;
  /** The start of the cohort, for an approval and for a deferral; null where there is none. */
  readonly expectedStart: IsoDate | null;
  /** For a deferral: the panel's next meeting, null while none is planned. */
  readonly nextMeeting: IsoDate | null;
  /** For a deferral: the last day on which the school gives what it asks for (A22); null where nothing is asked for. */
  readonly informationBy: IsoDate | null;
  /** For a deferral: whether it is for no place alone (R13). */
  readonly forPlace: boolean;
  /** The panel that the school had asked to reconsider its refusal before it (A8); null where it had asked none. */
  readonly reconsidered: PanelCode | null;
  /** Whether it was approved while the course had no place left: the case stands in line for one (A9). */
  readonly inLine: boolean;
  /** Who onboards the student, where the route says so (R78). */
  readonly onboards: string | null;
  /** CAP's mailbox, for questions. */
  readonly contact: string | null;
}

export interface MeetingRecord {
  readonly id: string;
  readonly panel: PanelCode;
  readonly cycle: string;
  readonly day: IsoDate;
  readonly deadline: IsoDate;
  /** Rises when the meeting is moved. */
  readonly version: number;
  /** Those of them that the reader knows of. */
  readonly agenda: number;
  /** How many decisions were made at it, as far as the reader sees the meeting. */
  readonly decided: number;
  /** The seat in which the reader sits at it; null: none, or it is not for them to see. */
  readonly yourSeat: string | null;
  /** Whether anybody sits in a seat of it, as far as the reader sees the meeting. */
  readonly seated: boolean;
}

export interface CycleRecord extends Cycle {
  /** Rises when it is changed. */
  readonly version: number;
}

export interface CalendarRows extends Planned {
  /** In the order of their deadlines. */
  readonly cycles: readonly CycleRecord[];
}

/** A meeting as its panel prepares it. */
/** A case on an agenda that is open, as far as somebody who sits on the panel knows of it: nothing of the child. */
export interface UnopenedCase {
  readonly reference: string;
  readonly programme: ProgrammeKey;
  readonly schoolName: string;
}

export interface MeetingPage {
  readonly meeting: MeetingRecord;
  readonly agenda: readonly CaseSummary[];
  /** The cases that the reader reads when the agenda closes. */
  readonly unopened: readonly UnopenedCase[];
  /** The cases that were decided at it and that the reader may see, in the order in which they were. */
  readonly decided: readonly CaseSummary[];
  /** Of the limited programmes: what is left. */
  readonly places: readonly PlacesOfTerm[];
}
