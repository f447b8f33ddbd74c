// What ops look for in the Web UI: searches over the search attributes, and links that open with them.
import { searchAttributes, workflowTypes } from './names';

/** Workflows whose tasks fail, or are never finished, time after time: the server marks them so. */
export const stuckQuery =
  "ExecutionStatus = 'Running' AND TemporalReportedProblems IN ('category=WorkflowTaskFailed', 'category=WorkflowTaskTimedOut')";

const open = (type: string) => `WorkflowType = '${type}' AND ExecutionStatus = 'Running'`;

export interface Search {
  /** What it finds. */
  readonly title: string;
  readonly query: string;
}

/** What ops open the Web UI for, in the order of use. The list shows what was started last in front. */
export const searches: readonly Search[] = [
  { title: 'open cases', query: open(workflowTypes.application) },
  { title: 'stuck', query: stuckQuery },
  { title: 'panel meetings', query: open(workflowTypes.panelMeeting) },
];

/** The Web UI, opened on what is overdue at an instant: cases whose wait has run out. */
export const overdueQuery = (now: string) => `${open(workflowTypes.application)} AND ${searchAttributes.due.name} < '${now}'`;

/** @returns the address at which the Web UI opens with a search */
export function searchLink(uiUrl: string, namespace: string, query: string): string {
  return `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows?query=${encodeURIComponent(query)}`;
}
