// The names that both ends of the engine share. Safe in the workflow bundle: no Node modules here.
import { defineSearchAttributeKey } from '@temporalio/common';
import { isMeetingId } from '../domain/calendar';

export const workflowTypes = {
  application: 'application',
  meeting: 'meeting',
  sweep: 'sweep',
  morning: 'morning',
  retention: 'retention',
  files: 'files',
  notices: 'notices',
  proof: 'proof',
} as const;

/** What a case shows to searches: codes, dates and numbers only. */
export const searchAttributes = {
  programme: defineSearchAttributeKey('CapProgramme', 'KEYWORD'),
  stage: defineSearchAttributeKey('CapStage', 'KEYWORD'),
  panel: defineSearchAttributeKey('CapPanel', 'KEYWORD'),
  school: defineSearchAttributeKey('CapSchool', 'KEYWORD'),
  waitingFor: defineSearchAttributeKey('CapWaitingFor', 'KEYWORD'),
  due: defineSearchAttributeKey('CapDue', 'DATETIME'),
  step: defineSearchAttributeKey('CapStep', 'INT'),
};

/** The memo of a case, or a meeting, that says where its page is: its details in the Web UI link there. */
export const pageMemo = 'page';

const typeNames = { KEYWORD: 'Keyword', DATETIME: 'Datetime', INT: 'Int' } as const;

/** The same, as a Temporal server is told of them: `{ CapProgramme: 'Keyword', … }`. */
export const searchAttributeTypes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(searchAttributes).map(({ name, type }) => [name, typeNames[type]]),
);

const meetingPrefix = 'meeting-';

/** A case is found in Temporal under its reference, a panel meeting under `meeting-` and its id. */
export function workflowIdOf(reference: string): string {
  return isMeetingId(reference) ? `${meetingPrefix}${reference}` : reference;
}

/** @returns the id of the meeting that a workflow of this id keeps */
export function meetingOfWorkflow(workflowId: string): string {
  return workflowId.slice(meetingPrefix.length);
}

/** The schedule that compares rows with workflows, and the workflow that it starts. */
export const sweepId = 'sweep';

/** The schedule of each morning, and the workflow that it starts. */
export const morningId = 'morning';

/** The schedule of each night, and the workflow that it starts. */
export const retentionId = 'retention';

/** The schedule that looks at files, and the workflow that it starts. */
export const filesId = 'files';

/** The schedule of the e-mails that cannot wait for the morning, and the workflow that it starts. */
export const noticesId = 'notices';

/** The schedule that proves the timelines each night and signs their heads, and the workflow that it starts. */
export const proofId = 'proof';
