// What ops see of a case in the Web UI: where it stands, whom it waits for and since when. Codes and dates only.
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { formatDay, formatLondon, londonDay } from '../domain/calendar';
import { codeOf, panelTitles } from '../domain/words';
import { stageTitles } from '../domain/stages';
import { programmeAt } from '../domain/programmes';
import type { CaseState, Wait } from '../domain/state';
import { waitTitles } from '../domain/waits';
import { searchAttributes } from '../temporal/names';

/** A case as it was recorded last, and whom it waits for. */
export interface Now {
  readonly state: CaseState;
  readonly wait: Wait | null;
}

/** Shows a case in the Web UI: current details and search attributes. */
export function show({ state, wait }: Now): void {
  setCurrentDetails(details(state, wait));
  // A new run begins with the search attributes of the run before it.
  if (workflowInfo().typedSearchAttributes.get(searchAttributes.step) === state.step) return;
  upsertSearchAttributes([
    { key: searchAttributes.programme, value: state.programme },
    { key: searchAttributes.stage, value: state.position.stage },
    { key: searchAttributes.panel, value: state.position.stage === 'panel' ? state.position.panel : null },
    { key: searchAttributes.school, value: state.school },
    { key: searchAttributes.waitingFor, value: wait?.role ?? null },
    { key: searchAttributes.due, value: wait ? new Date(wait.due) : null },
    { key: searchAttributes.step, value: state.step },
  ]);
}

function details(state: CaseState, wait: Wait | null): string {
  const { position } = state;
  const lines = [
    `**${stageTitles[position.stage]}** since ${formatLondon(state.since)}`,
    `${programmeAt(state.programme).title} (${state.programme}), school ${state.school}, step ${String(state.step)}`,
  ];
  if (position.stage === 'panel') {
    lines.push(
      `${panelTitles[position.panel]}${position.meeting ? `, meeting ${position.meeting.id}` : ', no meeting planned yet'}`,
    );
  }
  if (state.provider !== null) lines.push(`Provider ${state.provider}`);
  if (wait) {
    lines.push(
      `Waiting for ${wait.role}${codeOf(wait.party) ? ` ${codeOf(wait.party)}` : ''}: ${waitTitles[wait.what]}, due ${formatDay(londonDay(wait.due))}`,
    );
    lines.push(
      wait.next ? `The clock acts next at the end of ${formatDay(londonDay(wait.next))}` : 'Reminded and escalated to CAP',
    );
  }
  return lines.join('\n\n');
}
