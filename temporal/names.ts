// The names that both ends of the engine share. Safe in the workflow bundle: no Node modules here.
import { defineSearchAttributeKey } from '@temporalio/common';

export const workflowTypes = { application: 'application', panelMeeting: 'panelMeeting', sweep: 'sweep' } as const;

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

const typeNames = { KEYWORD: 'Keyword', DATETIME: 'Datetime', INT: 'Int' } as const;

/** The same, as a Temporal server is told of them: `{ CapProgramme: 'Keyword', … }`. */
export const searchAttributeTypes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(searchAttributes).map(({ name, type }) => [name, typeNames[type]]),
);

/** A case is found in Temporal under its reference. */
export function caseWorkflowId(reference: string): string {
  return reference;
}

const meetingPrefix = 'meeting-';

export function meetingWorkflowId(meetingId: string): string {
  return `${meetingPrefix}${meetingId}`;
}

/** @returns the id of the meeting that a workflow of this id keeps */
export function meetingOfWorkflow(workflowId: string): string {
  return workflowId.slice(meetingPrefix.length);
}

/** The schedule that compares rows with workflows, and the workflow that it starts. */
export const sweepId = 'sweep';
