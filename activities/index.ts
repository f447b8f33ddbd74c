// What touches the world: the record step, delivering e-mails, mending what fell behind.
import { heartbeat } from '@temporalio/activity';
import type { Database } from '../records/database';
import type { Engine } from '../temporal/engine';
import type { Files } from '../files/files';
import type { NightsToSign } from '../files/nights';
import { deliver } from './deliver';
import { ofToday } from './edition';
import { lookAtFiles, removeContent, type LookedAt } from './files';
import type { Links } from './letters';
import type { Mailer } from './mailer';
import { mend } from './mend';
import { morning } from './morning';
import { proveNight, type ProvedNight } from './proof';
import { eraseCases, type ErasedCases } from './retention';
import type { MeetingState } from '../domain/meetings/state';
import { londonDay } from '../domain/calendar';
import { tellOfAccounts } from '../records/accountRequests';
import { tellOfSeats } from '../records/panels';
import { tellOfHarmfulFiles } from '../records/files';
import { recordCaseStep, standing } from '../records/caseStep';
import { deleteForgottenDrafts, tellOfDrafts } from '../records/forgottenDrafts';
import { meetingStanding, recordMeetingStep } from '../records/meetingStep';
import type { StepToRecord } from '../records/recordStep';
import { eraseStudents } from '../records/retention';
import type { StepOutcome } from '../records/types';

export type { EmailDue, Entered, StepOutcome } from '../records/types';
export type { OfEdition } from './edition';
export type { SweepResult } from './mend';
export type { LookedAt } from './files';
export type { MorningResult } from './morning';
export type { ProvedNight } from './proof';

export interface ActivityDeps {
  /** Connected as the worker's own database role. */
  readonly database: Database;
  readonly mailer: Mailer;
  readonly files: Files;
  readonly nights: NightsToSign;
  readonly links: Links;
  readonly engine: Engine;
}

/** The activities of the worker. Every one may run more than once: doing it twice changes nothing. */
export function createActivities(deps: ActivityDeps) {
  const { database } = deps;
  return {
    /** The one way in which a case changes: one transaction (see `records/recordStep.ts`). Never throws for a refusal. */
    recordStep: (step: StepToRecord) => ofToday<StepOutcome>(recordCaseStep(database, step)),
    /** Where a case stands by its record, with its e-mails that are still to be sent. */
    readStanding: (reference: string) => ofToday(standing(database, reference)),
    /** As `recordStep` and `readStanding`, of a panel meeting. */
    recordMeetingStep: (step: StepToRecord) => ofToday<StepOutcome<MeetingState>>(recordMeetingStep(database, step)),
    readMeetingStanding: (reference: string) => ofToday(meetingStanding(database, reference)),
    /** Sends e-mails, each unless it has been sent. Throws while one of them cannot be, to be tried again. */
    deliver: (emails: readonly string[]): Promise<void> => deliver(deps, emails),
    mend: (now: string) => mend(deps, now, heartbeat),
    /** Writes the e-mails of a working morning. */
    morning: (now: string) => morning(database, now),
    /** Writes the e-mails about drafts that are soon deleted, and names those that are to be sent. */
    tellOfDrafts: (now: string) => tellOfDrafts(database, now),
    /** Writes the e-mails that belong to no step of a case and cannot wait for the morning, and names those that are to be sent. */
    writeNotices: async (now: string) => [
      ...(await tellOfAccounts(database, now)),
      ...(await tellOfSeats(database, now)),
      ...(await tellOfHarmfulFiles(database, now)),
    ],
    deleteDrafts: (now: string): Promise<number> => deleteForgottenDrafts(database, now),
    /** Erases some of the cases whose day has come. */
    eraseCases: (now: string, after: string): Promise<ErasedCases> => eraseCases(database, now, after),
    /** Looks at files in quarantine. */
    lookAtFiles: (now: string): Promise<LookedAt> => lookAtFiles(deps, now),
    /** Deletes content of which no file speaks any more. */
    removeContent: (now: string): Promise<number> => removeContent(deps, now),
    /** Proves all timelines, and signs their heads. */
    proveNight: (now: string): Promise<ProvedNight> => proveNight(deps, now, heartbeat),
    eraseStudents: (now: string): Promise<number> => eraseStudents(database, londonDay(now)),
  };
}

export type Activities = ReturnType<typeof createActivities>;
