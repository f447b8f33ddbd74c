// What ops look for in the Web UI: searches over the search attributes, and links that open the Web UI with one of them.
import { searchAttributes, workflowTypes } from './names';

/** Workflows whose tasks fail, or are never finished, time after time: the server marks them so. */
export const stuckQuery =
  "ExecutionStatus = 'Running' AND TemporalReportedProblems IN ('category=WorkflowTaskFailed', 'category=WorkflowTaskTimedOut')";

const open = (type: string) => `WorkflowType = '${type}' AND ExecutionStatus = 'Running'`;

/** @returns what ops open the Web UI for, by what it finds, in the order of use. @param now cases are overdue whose wait ran out before it */
export function searches(now: string): ReadonlyMap<string, string> {
  return new Map([
    ['open cases', open(workflowTypes.application)],
    ['overdue cases', `${open(workflowTypes.application)} AND ${searchAttributes.due.name} < '${now}'`],
    ['stuck', stuckQuery],
    ['panel meetings', open(workflowTypes.meeting)],
  ]);
}

/** @returns the address at which the Web UI opens with the workflow of a case, of a panel meeting, or of any other id */
export function workflowLink(uiUrl: string, namespace: string, workflowId: string): string {
  return `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}

/** @returns the address at which the Web UI opens with a search */
export function searchLink(uiUrl: string, namespace: string, query: string): string {
  // Quotes and brackets too: terminals and e-mail programs end a link at them.
  const inLink = encodeURIComponent(query).replace(/['()]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows?query=${inLink}`;
}
