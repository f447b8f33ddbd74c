// What ops see of a case in the Web UI: where it stands, whom it waits for and since when. Codes and dates only.
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { formatDay, formatLondon, londonDay, type Instant } from '../domain/calendar';
import { hostOf } from '../domain/host';
import { beforePanel } from '../domain/landing';
import { meetingStageTitles, type MeetingState } from '../domain/meetings/state';
import { codeOf, panelTitles } from '../domain/words';
import { stageTitles } from '../domain/stages';
import { programmeAt } from '../domain/programmes';
import type { CaseState, Wait } from '../domain/state';
import { titleOfWait, waitTitles } from '../domain/waits';
import { pageMemo, searchAttributes } from '../temporal/names';

/** Where a case, or a meeting, stands: its state as it was recorded last, and what it waits for, what is due first in front. */
export interface Standing<State = CaseState> {
  readonly state: State;
  readonly waits: readonly Wait[];
}

/** A signal that counted for nothing. */
export interface RefusedSignal {
  readonly kind: string;
  readonly at: Instant;
  /** A sentence that says what to do. */
  readonly why: string;
}

/** Shows a case in the Web UI: current details and search attributes. */
export function show(standing: Standing, refused: RefusedSignal | null): void {
  showDetails(standing, refused);
  const { state, waits } = standing;
  const [first] = waits;
  // A new run begins with the search attributes of the run before it.
  if (workflowInfo().typedSearchAttributes.get(searchAttributes.step) === state.step) return;
  upsertSearchAttributes([
    { key: searchAttributes.programme, value: state.programme },
    { key: searchAttributes.stage, value: state.position.stage },
    { key: searchAttributes.panel, value: beforePanel(state.position)?.panel ?? null },
    { key: searchAttributes.school, value: state.school },
    { key: searchAttributes.waitingFor, value: first?.role ?? null },
    { key: searchAttributes.due, value: first ? new Date(first.due) : null },
    { key: searchAttributes.step, value: state.step },
  ]);
}

/** The details alone, which cost no event: after a signal was refused, for whoever sent it looks here. */
export function showDetails({ state, waits }: Standing, refused: RefusedSignal | null): void {
  showLines([...details(state, waits), ...pageOf('case')], refused);
}

/** The way from the Web UI back to the page, where it was begun by a service that has pages. */
function pageOf(what: 'case' | 'meeting'): string[] {
  const page = workflowInfo().memo?.[pageMemo];
  return typeof page === 'string' ? [`[The page of the ${what}](${page})`] : [];
}

function showLines(lines: readonly string[], refused: RefusedSignal | null): void {
  const why = refused ? [`**The signal ${refused.kind} was refused** on ${formatLondon(refused.at)}: ${refused.why}`] : [];
  setCurrentDetails([...lines, ...why].join('\n\n'));
}

/** Shows a panel meeting in the Web UI, as `show` does a case. */
export function showMeeting(standing: Standing<MeetingState>, refused: RefusedSignal | null): void {
  showMeetingDetails(standing, refused);
  const { state, waits } = standing;
  const [first] = waits;
  upsertSearchAttributes([
    { key: searchAttributes.panel, value: state.panel },
    { key: searchAttributes.stage, value: state.stage },
    { key: searchAttributes.due, value: first ? new Date(first.due) : null },
    { key: searchAttributes.step, value: state.step },
  ]);
}

/** As `showDetails`, of a panel meeting. */
export function showMeetingDetails({ state, waits }: Standing<MeetingState>, refused: RefusedSignal | null): void {
  const { panel, day, deadline, stage, seats, present, quorum, interests } = state;
  const held = seats.filter(({ person }) => person !== null).length;
  const attendance = present === null ? 'no attendance recorded' : `${String(present.length)} present`;
  showLines(
    [
      `**${panelTitles[panel]}** on ${formatDay(day)}`,
      `${meetingStageTitles[stage]}; referral deadline ${formatDay(deadline)}`,
      `${String(held)} of ${String(seats.length)} seats held, ${attendance}, quorum ${String(quorum)}; ${String(interests.length)} interests declared`,
      ...waits.map(({ what, due }) => `Waiting for ${waitTitles[what]}, ${formatLondon(due)}`),
      ...pageOf('meeting'),
    ],
    refused,
  );
}

function details(state: CaseState, waits: readonly Wait[]): string[] {
  const { position } = state;
  const lines = [
    `**${stageTitles[position.stage]}** since ${formatLondon(state.since)}`,
    `${programmeAt(state.programme).title} (${state.programme}), school ${state.school}, step ${String(state.step)}`,
  ];
  const before = beforePanel(position);
  if (before) {
    lines.push(`${panelTitles[before.panel]}${before.meeting ? `, meeting ${before.meeting.id}` : ', no meeting planned yet'}`);
  }
  const host = hostOf(state);
  if (host !== null) lines.push(`With ${host}`);
  for (const wait of waits) {
    lines.push(
      `Waiting for ${wait.role}${codeOf(wait.party) ? ` ${codeOf(wait.party)}` : ''}: ${titleOfWait(wait, state.programme)}, due ${formatDay(londonDay(wait.due))}`,
    );
    lines.push(
      wait.next ? `The clock acts next at the end of ${formatDay(londonDay(wait.next))}` : 'Reminded and escalated to CAP',
    );
  }
  return lines;
}
