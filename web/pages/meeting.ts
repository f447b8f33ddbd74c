// A meeting of a panel: its agenda, who is there, who takes no part in what, and what comes next. And its minutes, as the meeting made them.
import { HttpProblem } from '../../api/problems';
import { agendaCloses, formatDay, formatLondon, londonDay, type IsoDate } from '../../domain/calendar';
import { isSeated } from '../../domain/meetings/sitting';
import { can } from '../../domain/permissions';
import type { Person } from '../../records/types';
import type { Answers } from '../answers';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { wordsOf } from '../pack/pack';
import {
  badge,
  caseLink,
  heading,
  inset,
  leadOn,
  link,
  list,
  paragraph,
  sentence,
  studentIn,
  summaryList,
  table,
} from '../parts';
import { agendaOf, inWords, seesEveryCase } from './meetings';

export type Meeting = Answers['meeting'];
export type Minutes = Answers['minutes'];
type Case = Meeting['agenda'][number];

/** The record of a meeting; null for those who see its cases and not what the panel does, and before it is begun. */
export async function minutesOf(asked: Asked, id: string): Promise<Minutes | null> {
  try {
    return await asked.door('minutes', { params: { id } });
  } catch (error) {
    if (error instanceof HttpProblem && error.status === 404) return null;
    throw error;
  }
}

/** All cases of a meeting that this reader sees, in the order in which they are taken: those that are decided came first. */
export function inOrder({ decided, agenda }: Meeting): readonly Case[] {
  return [...decided, ...agenda];
}

/** @returns what was decided of a case at its meeting, the last of several; null where nothing was, or it is not for the reader to see */
export function decisionIn(minutes: Minutes | null, reference: string) {
  return minutes?.decisions.findLast((each) => each.case === reference)?.decision ?? null;
}

/** @returns the seats that are present */
export function presentIn({ seats }: Pick<Minutes, 'seats'>): string[] {
  return seats.flatMap(({ seat, present }) => (present === true ? [seat] : []));
}

/** Where a case is read and decided at the table. */
export const atTable = (id: string, reference: string): string => `/meetings/${id}/cases/${reference}`;

/** Where a command to a meeting is given. */
export function meetingCommandPath(id: string, command: string, about: Readonly<Record<string, string>> = {}): string {
  const asks = new URLSearchParams(about).toString();
  return `/meetings/${id}/${command.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}${asks && `?${asks}`}`;
}

export const titleOf = ({ meeting: { title, day } }: Meeting): string => `${title}, ${formatDay(day)}`;

const meetingPage = page({
  path: '/meetings/{id}',
  name: 'meeting',
  who: (person) => can(person, 'see-calendar'),
  show: async (asked) => {
    const { id = '' } = asked.params;
    const [found, minutes] = [await asked.door('meeting', { params: { id } }), await minutesOf(asked, id)];
    const gone = minutes === null ? 0 : goneFor(asked.person, minutes);
    const interests = minutes === null ? 0 : ownInterests(asked.person, minutes).length;
    return {
      title: titleOf(found),
      back: { href: '/meetings', text: 'Panel meetings' },
      wide: true,
      main: html`<div data-live="standing">${standing(found, minutes)}</div>
        <div data-live="agenda">
          ${agenda(found, minutes, { gone, interests, seesAll: seesEveryCase(asked.person.parties) })}
          ${gone === 0 ? '' : inset(outOfSight(gone))} ${unopened(found)} ${places(found)}
        </div>
        ${minutes === null ? '' : ofThePanel(id, minutes, asked.person)}`,
    };
  },
});

/** How many of the cases that a panel decided it no longer sees, for the time of R71 has passed; a case of one's own interest is none of them. */
function goneFor(person: Person, minutes: Minutes): number {
  if (seesEveryCase(person.parties)) return 0;
  const own = ownInterests(person, minutes);
  return minutes.decisions.filter(({ case: of, decision }) => decision === null && !own.includes(of)).length;
}

/** The cases in which the reader has an interest (A7). */
export function ownInterests({ person }: Person, { interests }: Minutes): string[] {
  return interests.filter((each) => each.person === person).map((each) => each.case);
}

/** @returns who acts for the school or the host of a case that the reader sees, and is not counted for it; without those who declared an interest in it */
export function sidesIn(minutes: Minutes | null): Minutes['sides'] {
  const { sides, interests: all } = minutes ?? { sides: [], interests: [] };
  return sides.filter((each) => !all.some(({ case: of, person }) => of === each.case && person === each.person));
}

function outOfSight(gone: number): string {
  const which = gone === 1 ? '1 case that was decided here is' : `${gone} cases that were decided here are`;
  return `${which} no longer for you to see: a panel sees a case until three working days after the meeting.`;
}

function standing({ meeting, agenda: open, unopened, decided }: Meeting, minutes: Minutes | null): Html {
  const [next] = open;
  return html`${summaryList([
    { key: 'When', value: `${sentence(inWords(meeting.workingDays))}, ${formatDay(meeting.day)}` },
    { key: 'Agenda', value: agendaOf(meeting) },
    { key: 'Cases', value: minutes && `${meeting.decided} decided, ${open.length + unopened.length} to decide` },
    { key: 'State', value: minutes && minutes.stage.title },
  ])}
  ${
    minutes === null || next === undefined
      ? ''
      : html`<div class="cap-inline">
          ${leadOn(atTable(meeting.id, next.reference), decided.length === 0 ? 'Open the first case' : 'Open the next case', 'primary', 'n')}
          ${link(`/meetings/${meeting.id}/packs.pdf`, 'All packs as one file (PDF)')}
        </div>`
  }`;
}

/** What of an agenda is for the reader: how many of its cases no longer are, in how many they have an interest, and whether every case is. */
interface Sight {
  readonly gone: number;
  readonly interests: number;
  readonly seesAll: boolean;
}

function agenda(found: Meeting, minutes: Minutes | null, { gone, interests, seesAll }: Sight): Html {
  const { meeting, prepared, plans, decided } = found;
  const rows = inOrder(found);
  if (rows.length === 0 && (found.unopened.length > 0 || gone > 0)) return html``;
  const second = prepared.length > 0;
  const isOfThePanel = minutes !== null;
  return table(
    isOfThePanel ? 'Agenda, in the order in which it is taken' : `Cases on this agenda${seesAll ? '' : ' that you may see'}`,
    [
      ...(isOfThePanel ? [{ title: 'Number' }] : []),
      { title: 'Case' },
      { title: 'Student' },
      { title: 'Programme' },
      { title: 'School' },
      ...(second ? [{ title: 'First panel' }] : []),
      { title: 'Decision' },
    ],
    rows.map(({ reference, student, programme, schoolName }, index) => {
      const said = prepared.find((each) => each.case === reference);
      const made = decisionIn(minutes, reference);
      const isDecided = decided.some((each) => each.reference === reference);
      return [
        ...(isOfThePanel ? [String(index + 1)] : []),
        !isOfThePanel
          ? caseLink(reference)
          : html`<span class="cap-reference">${link(atTable(meeting.id, reference), reference)}</span>`,
        html`${studentIn(student)} ${plans.includes(reference) ? badge('EHCP', 'new') : ''}`,
        programme.title,
        schoolName,
        ...(second ? [said ? (said.conditions ? 'Supports it, with conditions' : 'Supports it') : 'None'] : []),
        isDecided ? badge(made?.title ?? 'Decided', 'good') : badge('To decide', 'waits'),
      ];
    }),
    nothingOn(meeting, isOfThePanel || seesAll, interests),
  );
}

/** Why no case of a meeting is listed. */
function nothingOn({ decided, workingDaysToDeadline }: Meeting['meeting'], seesAll: boolean, interests: number): string {
  if (interests > 0) {
    const which = interests === 1 ? '1 case, and take no part in it' : `${interests} cases, and take no part in them`;
    return `You declared an interest in ${which}. No other case is on this agenda for you.`;
  }
  if (!seesAll) return 'No case on this agenda is for you to see.';
  if (decided > 0) return 'What was decided here is not for you to see.';
  return `No case is on this agenda.${workingDaysToDeadline === null ? '' : ' Cases land here until it closes.'}`;
}

/** What somebody of the panel knows of the cases of an agenda that is open. */
function unopened({ meeting, unopened: all }: Meeting): Html {
  if (all.length === 0) return html``;
  return html`${table(
    'On the agenda so far',
    [{ title: 'Case' }, { title: 'Programme' }, { title: 'School' }],
    all.map(({ reference, programme, schoolName }) => [
      html`<span class="cap-reference">${reference}</span>`,
      programme,
      schoolName,
    ]),
    '',
  )}
  ${paragraph(`You read their packs when the agenda is closed, from ${formatDay(opensOn(meeting))}. Declare an interest before, if you have one.`)}`;
}

function opensOn({ deadline, day }: Meeting['meeting']): IsoDate {
  return londonDay(agendaCloses(deadline, day));
}

function places(found: Meeting): Html {
  const programmes = new Map(found.agenda.map(({ programme }) => [`${programme.code} ${programme.year}`, programme]));
  const rows = [...programmes.values()].flatMap(({ code, year, title }) => {
    const left = placesIn(found, { code, year });
    return left === null ? [] : [{ key: `${title}, ${year}`, value: left }];
  });
  return rows.length === 0 ? html`` : html`${heading('Places left')} ${summaryList(rows)}`;
}

/** The places left of a programme in a year, term by term (R13); null where they are not few, or not for this reader. */
export function placesIn({ places: left }: Meeting, of: { readonly code: string; readonly year: string }): string | null {
  const terms = (left ?? []).filter(({ programme, academicYear }) => programme === of.code && academicYear === of.year);
  const [first] = terms;
  if (first === undefined) return null;
  return `${terms.map(({ term, inTerm }) => `${inTerm} in the ${term} term`).join(', ')}; ${first.inYear} in the year`;
}

function ofThePanel(id: string, minutes: Minutes, person: Person): Html {
  return html`<div data-live="seats">${seats(id, minutes)}</div>
    <div data-live="interests">${interests(id, minutes, person.person)}</div>
    ${heading('Minutes')}
    <div data-live="minutes">${signing(id, minutes, person)}</div>
    ${list([
      link(
        `/meetings/${id}/minutes`,
        minutes.stage.code === 'signed' ? 'Read the minutes' : 'Read the minutes as far as they go',
      ),
      link('/absences', 'Out of office'),
      link('/panels', 'Who usually sits on the panels'),
    ])}`;
}

const may = ({ can: next }: Minutes, command: string): boolean => next.some((each) => each.command === command);

function seats(id: string, minutes: Minutes): Html {
  const { seats: all, quorum, quorate, can: next } = minutes;
  const recorded = all.some(({ present }) => present !== null);
  const there = all.filter(({ present }) => present === true).length;
  const counted = quorum === 0 ? 'No quorum is set.' : `${quorum} must be present, a chair or vice chair among them.`;
  const said = recorded
    ? `${there} present. ${quorate ? 'That is enough to decide.' : 'That is not enough to decide.'}`
    : 'No attendance is recorded.';
  return html`${table(
    'Seats',
    [{ title: 'Seat' }, { title: 'Who' }, { title: 'Present' }, ...(may(minutes, 'fillSeat') ? [{ title: 'Actions' }] : [])],
    all.map(({ seat, title, name, person, present }) => [
      title,
      name ?? 'Nobody',
      person === null ? '' : present === null ? 'Not recorded' : present ? badge('Present', 'good') : badge('Away'),
      ...(may(minutes, 'fillSeat')
        ? [
            link(
              meetingCommandPath(id, 'fillSeat', { seat, ...(person === null ? {} : { person }) }),
              'Change',
              `who sits as ${title}`,
            ),
          ]
        : []),
    ]),
    '',
  )}
  ${paragraph(`${said} ${counted}`)}
  ${
    minutes.stage.code === 'agenda-open'
      ? paragraph(
          'When the agenda closes it is looked up once more who holds each seat, and who stands in for somebody out of office. A seat that was changed for this meeting stays so.',
        )
      : ''
  }
  ${next.some(({ command }) => command === 'recordAttendance') ? leadOn(meetingCommandPath(id, 'recordAttendance'), 'Record who is present', 'secondary') : ''}`;
}

/** The interests that somebody may take back: those of others (A21). */
export function interestsOfOthers({ interests: all }: Minutes, reader: string): Minutes['interests'] {
  return all.filter(({ person }) => person !== reader);
}

function interests(id: string, minutes: Minutes, reader: string): Html {
  const theirs = may(minutes, 'takeBackInterest') ? interestsOfOthers(minutes, reader) : [];
  const back = theirs.length > 0;
  return html`${table(
    'Interests',
    [{ title: 'Who' }, { title: 'Takes no part in' }, ...(back ? [{ title: 'Actions' }] : [])],
    minutes.interests.map((each) => {
      const { case: of, person, name } = each;
      const takeBack = () =>
        link(meetingCommandPath(id, 'takeBackInterest', { case: of, person }), 'Take back', `of ${name} in ${of}`);
      return [name, html`<span class="cap-reference">${of}</span>`, ...(back ? [theirs.includes(each) ? takeBack() : ''] : [])];
    }),
    'Nobody has declared an interest. Whoever declares one takes no part in that case, and no longer sees it.',
  )}
  ${sides(minutes)}
  ${may(minutes, 'declareInterest') ? leadOn(meetingCommandPath(id, 'declareInterest'), 'Declare an interest', 'secondary') : ''}`;
}

function sides(minutes: Minutes): Html {
  const all = sidesIn(minutes);
  if (all.length === 0) return html``;
  return table(
    'Of the school or the host of a case',
    [{ title: 'Who' }, { title: 'Why' }, { title: 'Case' }],
    all.map(({ name, side, case: of }) => [
      name,
      `Is of the ${side}, and is not counted`,
      html`<span class="cap-reference">${of}</span>`,
    ]),
    '',
  );
}

/** @param due when the minutes are to be signed; undefined before they are waited for */
function whoSigns(stage: Minutes['stage']['code'], seated: boolean, due: string | undefined): string {
  if (stage === 'signed') return 'They are signed.';
  if (stage === 'passed' || stage === 'cancelled') return 'None are signed of this meeting.';
  if (!seated) return 'No seat of this meeting is filled, so nobody is there to sign. What it decides is listed all the same.';
  const by = due === undefined ? '' : ` by ${formatLondon(due)}`;
  return `The chair or the vice chair signs them${by}, when every case is decided.`;
}

function signing(id: string, minutes: Minutes, person: Person): Html {
  const { stage, waits, can: next } = minutes;
  const due = waits.find(({ what }) => what === 'minutes')?.due;
  const other = next.find(({ command }) => command === 'settleEmail');
  const theirs = stage.code.startsWith('agenda-') ? ownInterests(person, minutes) : [];
  return html`${paragraph(whoSigns(stage.code, isSeated(minutes), due))}
  ${theirs.map((of) => paragraph(`You take no part in ${of}, and it is not shown to you whether it is decided. The minutes are signed once somebody else who leads the panel has decided or deferred it.`))}
  ${may(minutes, 'signMinutes') ? leadOn(meetingCommandPath(id, 'signMinutes'), 'Sign the minutes', 'secondary') : ''}
  ${other ? paragraph(link(meetingCommandPath(id, other.command), other.title)) : ''}`;
}

const minutesPage = page({
  path: '/meetings/{id}/minutes',
  name: 'minutes',
  who: (person) => can(person, 'see-calendar'),
  show: async (asked) => {
    const { id = '' } = asked.params;
    const minutes = await asked.door('minutes', { params: { id } });
    const found = await asked.door('meeting', { params: { id } });
    const { stage, title, day, seats: all } = minutes;
    const signed = minutes.timeline.findLast(({ kind }) => kind === 'minutesSigned');
    const attended = minutes.timeline.findLast(({ kind }) => kind === 'attendanceRecorded');
    const sat = all.filter(({ present }) => present === true);
    return {
      title: 'Minutes',
      caption: `${title}, ${formatDay(day)}`,
      about: `${title}, ${formatDay(day)}`,
      back: { href: `/meetings/${id}`, text: titleOf(found) },
      main: html`${signed ? paragraph(`Signed by ${signed.personName}, ${formatLondon(signed.at)}.`) : inset(`Not signed yet. ${stage.title}.`)}
      ${heading('Present')}
      ${
        attended === undefined
          ? paragraph('No attendance is recorded.')
          : html`${list(sat.map(({ title: seat, name }) => `${name ?? ''}, ${seat}`))}
            ${attended.texts['note'] ? paragraph(attended.texts['note']) : ''}`
      }
      ${paragraph(minutes.quorum === 0 ? 'No quorum is set for this panel.' : `Quorum: ${minutes.quorum}. ${minutes.quorate ? 'It was reached.' : 'It is not reached.'}`)}
      ${heading('Interests')}
      ${minutes.interests.length === 0 ? paragraph('None was declared.') : list(minutes.interests.map(({ name, case: of }) => `${name} took no part in ${of}`))}
      ${list(sidesIn(minutes).map(({ name, side, case: of }) => `${name} is of the ${side} of ${of} and is not counted for it`))}
      ${heading('Decisions')} ${decisions(found, minutes)}
      ${signed?.texts['note'] ? html`${heading('Other matters')}${paragraph(signed.texts['note'])}` : ''}`,
    };
  },
});

function decisions(found: Meeting, { decisions: all }: Minutes): Html {
  if (all.length === 0) return paragraph('No case is decided yet.');
  return html`<ol class="govuk-list govuk-list--number cap-minutes">
    ${all.map(({ case: of, decision }) => {
      const line = found.decided.find(({ reference }) => reference === of);
      const named = [of, line?.student ?? null, line ? line.programme.title : null].filter((part) => part !== null).join(', ');
      if (decision === null)
        return html`<li>
          <strong>${of}</strong>
          <p class="govuk-body">Decided. You do not see this case.</p>
        </li>`;
      return html`<li>
        <strong
          >${named}: ${decision.title}${decision.takenBack ? `, taken back ${formatLondon(decision.takenBack.at)}` : ''}</strong
        >
        ${decision.takenBack ? html`<p class="govuk-body" dir="auto">Why it was taken back: ${decision.takenBack.why}</p>` : ''}
        ${wordsOf(decision.texts, decision.conditionsBy).map(({ term, value }) => html`<p class="govuk-body" dir="auto">${term}: ${value}</p>`)}
      </li>`;
    })}
  </ol>`;
}

export const meetingPages: readonly Page[] = [meetingPage, minutesPage];
