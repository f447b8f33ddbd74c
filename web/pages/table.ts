// The table: one case of a meeting after the other. The pack stands on one page with what is decided about it, and keys do what buttons do.
import type { CaseView } from '../../api/views/case';
import { commandForm } from '../../api/commandBody';
import { HttpProblem } from '../../api/problems';
import { formatDay, formatLondon } from '../../domain/calendar';
import { isQuorate, sittingOf, type Sitting } from '../../domain/meetings/sitting';
import { can } from '../../domain/permissions';
import { type FormField } from '../forms/fields';
import { commandPage, fieldsOf } from './command';
import { showFields } from '../forms/show';
import { readOrRefuse } from '../forms/readOrRefuse';
import { html, type Html } from '../html';
import { page, type Asked } from '../page';
import { beforeItsDecision, packOf, planMark, wordsOf, type Pack, type Said } from '../pack/pack';
import { badge, heading, inset, keyHelp, keyLink, link, list, paragraph, summaryList } from '../parts';
import {
  atTable,
  decisionIn,
  inOrder,
  type Meeting,
  meetingCommandPath,
  type Minutes,
  minutesOf,
  ownInterests,
  placesIn,
  presentIn,
  sidesIn,
  titleOf,
} from './meeting';

/** What a panel decides, and the key of each value: the letter that it begins with. */
const decides = {
  panelDecision: { approve: 'a', 'approve-with-conditions': 'c', refuse: 'r', defer: 'd', 'wait-for-place': 'w' },
  allocateSchool: { allocated: 'a', postponed: 'd' },
} as const;
/** Where the school reads the reasons: an allocation has no outcome document. */
const readAt = {
  panelDecision: 'The school reads them in the outcome document.',
  allocateSchool: 'The school reads them on the page of the case.',
} as const;
/** A panel that assures quality for the next one issues an outcome document only where it does not support the application (R73). */
const readByBoth =
  'The school reads them on the page of the case, and in the outcome document where you refuse or defer. The next panel has them before it.';
const readWithThoseBefore = 'The school reads them in the outcome document, which has the conditions of the first panel too.';
type Deciding = keyof typeof decides;
const isDeciding = (command: string): command is Deciding => Object.hasOwn(decides, command);

export const tablePage = page({
  path: atTable('{id}', '{reference}'),
  name: 'table',
  who: (person) => can(person, 'see-calendar'),
  show: async (asked) => {
    const { id = '', reference = '' } = asked.params;
    const { body: found, etag } = await asked.tagged('case', { params: { reference } });
    const meeting = await asked.door('meeting', { params: { id } });
    const minutes = await minutesOf(asked, id);
    const isOpen = meeting.agenda.some((each) => each.reference === reference);
    const pack = packOf(found);
    const before = isOpen ? pack.before : beforeItsDecision(pack.before, meeting.meeting.panel);
    return {
      title: pack.student,
      caption: titleOf(meeting),
      tab: `Case ${reference}`,
      about: titleOf(meeting),
      back: { href: `/meetings/${id}`, text: 'The meeting' },
      wide: true,
      main: html`<div data-live="steps">${steps(meeting, reference, minutes)}</div>
        <div class="cap-two">
          <div class="cap-pack">${drawPack({ ...pack, before }, placesIn(meeting, found.programme))}</div>
          <section class="cap-decide" aria-label="Decision">${await decision(asked, found, meeting, minutes, etag)}</section>
        </div>`,
    };
  },
  take: async (asked, { form, posted, headers }) => {
    const { id = '', reference = '' } = asked.params;
    if (!isDeciding(form)) throw new HttpProblem('not-found');
    const found = await asked.door('case', { params: { reference } });
    const body = readOrRefuse(await decisionFields(asked, found, form), posted);
    // The next one is found before: a case that is decided may leave the agenda.
    const { agenda } = await asked.door('meeting', { params: { id } });
    const here = agenda.findIndex((each) => each.reference === reference);
    const next = [...agenda.slice(here + 1), ...agenda.slice(0, Math.max(here, 0))].at(0);
    await asked.door(form, { params: { reference }, headers, body });
    if (next) return { to: atTable(id, next.reference), said: 'next-case' };
    const minutes = await asked.door('minutes', { params: { id } });
    return { to: `/meetings/${id}`, said: ownInterests(asked.person, minutes).length === 0 ? 'all-decided' : 'yours-decided' };
  },
});

/** Where this case stands in the agenda, with the ones before and after it. */
function steps(meeting: Meeting, reference: string, minutes: Minutes | null): Html {
  const all = inOrder(meeting);
  const at = all.findIndex((each) => each.reference === reference);
  if (at < 0) return html``;
  const [before, after] = [all[at - 1], all[at + 1]];
  const { id } = meeting.meeting;
  const mayDeclare = minutes?.can.some(({ command }) => command === 'declareInterest') === true;
  return html`<nav class="cap-steps" aria-label="Agenda">
    <p class="govuk-body"><strong>Case ${at + 1} of ${all.length}</strong>, ${meeting.agenda.length} to decide</p>
    ${before ? keyLink(atTable(id, before.reference), 'Previous', 'p', 'case') : ''}
    ${after ? keyLink(atTable(id, after.reference), 'Next', 'n', 'case') : ''}
    ${mayDeclare ? link(meetingCommandPath(id, 'declareInterest', { case: reference }), 'Declare an interest', 'in this case') : ''}
  </nav>`;
}

function drawPack(pack: Pack, left: string | null): Html {
  const { reference, facts, plan, before, answers } = pack;
  return html`${plan ? paragraph(html`${badge(planMark, 'new')} The student has an EHCP.`) : ''} ${before.map(said)}
  ${summaryList([
    { key: 'Case', value: link(`/cases/${reference}`, reference, 'with all that happened') },
    ...facts.map(({ term, value }) => ({ key: term, value })),
    { key: 'Places left', value: left },
  ])}
  ${heading('The application')}
  ${
    answers.length === 0
      ? paragraph('There is nothing of the application for you to read here.')
      : html`${summaryList(answers.map(({ term, value }) => ({ key: term, value })))}
        ${paragraph(link(`/cases/${reference}/pack.pdf`, 'This pack as a file (PDF)'))}`
  }`;
}

function said({ title, at, texts }: Said): Html {
  return html`<div class="cap-said">
    <h2 class="govuk-heading-s">${title}</h2>
    <p class="govuk-body-s">${at}</p>
    ${texts.map(({ term, value }) => html`<p class="govuk-body" dir="auto">${term}: ${value}</p>`)}
  </div>`;
}

async function decision(asked: Asked, found: CaseView, meeting: Meeting, minutes: Minutes | null, etag: number): Promise<Html> {
  const { reference } = found;
  const away = minutes === null ? [] : minutes.interests.filter((each) => each.case === reference);
  return html`${away.map(({ name }) => paragraph(`${name} takes no part in this case.`))}
  ${sidesIn(minutes)
    .filter((each) => each.case === reference)
    .map(({ name, side }) => paragraph(`${name} is of the ${side} of this case and is not counted.`))}
  ${await decisionOf(asked, found, meeting, minutes, etag)}`;
}

async function decisionOf(asked: Asked, found: CaseView, meeting: Meeting, minutes: Minutes | null, etag: number): Promise<Html> {
  const { reference } = found;
  if (meeting.decided.some((each) => each.reference === reference)) return decided(found, minutes);
  if (!meeting.agenda.some((each) => each.reference === reference)) {
    return html`${paragraph('This case is not on this agenda any more: it was decided outside the meeting, or it moved to another one.')}
    ${paragraph(link(`/cases/${reference}`, 'Open the case', 'to see where it stands'))}`;
  }
  const command = found.can.map((each) => each.command).find(isDeciding);
  if (command === undefined) {
    return html`<div data-live="decision">${paragraph('Not decided yet. The chair records the decision.')}</div>`;
  }
  const fields = await decisionFields(asked, found, command);
  return html`${takenBackBefore(reference, minutes)} ${standing(meeting, minutes, reference)}
  ${asked.form({ name: command, button: 'Save and go to the next case', read: etag }, showFields(fields, asked.again ?? undefined))}
  ${keyHelp([
    ...Object.entries(decides[command]).map(([value, key]) => [key, titleOfValue(fields, value)] as const),
    ['n', 'Next case'],
    ['p', 'Previous case'],
    ['Tab', 'From field to field, then to the button'],
  ])}`;
}

/** What was decided here of the case, and holds no more. */
function takenBackBefore(reference: string, minutes: Minutes | null): Html {
  const made = decisionIn(minutes, reference);
  return made?.takenBack
    ? inset(`${made.title}, and taken back ${formatLondon(made.takenBack.at)}. Why: ${made.takenBack.why}`)
    : html``;
}

/** What stands against a decision at this meeting, before anybody types one. */
function standing({ meeting }: Meeting, minutes: Minutes | null, reference: string): Html {
  if (minutes === null) return html``;
  if (minutes.stage.code === 'signed')
    return inset('The minutes of this meeting are signed: what is decided now is decided outside it.');
  if (meeting.workingDays !== null && meeting.workingDays > 0) {
    return inset(`The panel meets on ${formatDay(meeting.day)}. Before that day a decision is one outside the meeting.`);
  }
  if (isQuorate(sittingAt(minutes, reference))) return html``;
  return inset(
    html`Not enough seats are present to decide ${minutes.quorate ? 'this case ' : ''}at the meeting.
    ${link(meetingCommandPath(meeting.id, 'recordAttendance'), 'Record who is present')}`,
  );
}

/** What the minutes say of who is there for a case, those with an interest in it, and those of its school and host, not counted. */
function sittingAt(minutes: Minutes, reference: string): Sitting {
  return sittingOf(
    { ...minutes, present: presentIn(minutes), stage: minutes.stage.code },
    reference,
    ofItsSides(minutes, reference),
  );
}

function ofItsSides({ sides }: Minutes, reference: string): string[] {
  return sides.filter((each) => each.case === reference).map(({ person }) => person);
}

function decided({ reference, can }: CaseView, minutes: Minutes | null): Html {
  const mayTakeBack = can.some(({ command }) => command === 'takeBackDecision');
  const made = decisionIn(minutes, reference);
  if (!made) return paragraph('This case is decided.');
  return html`<p class="govuk-body">${badge(made.title, 'good')}</p>
    ${wordsOf(made.texts, made.conditionsBy).map(({ term, value }) => html`<p class="govuk-body" dir="auto"><strong>${term}</strong><br />${value}</p>`)}
    ${list([
      link(`/cases/${reference}`, 'Open the case', 'to see what comes next'),
      ...(mayTakeBack
        ? [link(commandPage(reference, 'takeBackDecision'), 'Take back the decision', 'if it was recorded wrongly')]
        : []),
    ])}`;
}

/** What a decision asks: its outcome with the key of each, what that outcome needs, the reasons; and last where it was decided. */
async function decisionFields(asked: Asked, found: CaseView, command: Deciding): Promise<FormField[]> {
  const keys: Readonly<Record<string, string>> = decides[command];
  const fields = await fieldsOf(asked, found, found.can.find((each) => each.command === command) ?? commandForm(command));
  const shown = fields.map((field): FormField => {
    if (field.name === 'outsideMeeting') {
      return { ...field, title: 'Decided outside the meeting: the reasons say why it could not wait' };
    }
    if (field.name === 'reasons') return { ...field, hint: whoReads(found, command) };
    if (field.kind !== 'choice') return field;
    return {
      ...field,
      options: field.options.map((option) =>
        keys[option.value] === undefined ? option : { ...option, key: keys[option.value] ?? '' },
      ),
    };
  });
  const outside = shown.filter(({ name }) => name === 'outsideMeeting');
  return [...outside, ...shown.filter(({ name }) => name !== 'outsideMeeting')];
}

function whoReads(found: CaseView, command: Deciding): string {
  if (isFirstOfTwo(found)) return readByBoth;
  const supported = found.timeline.findLast(({ kind }) => kind === 'wentOn');
  return command === 'panelDecision' && supported?.codes['conditions'] === true ? readWithThoseBefore : readAt[command];
}

/** Whether another panel decides on the case after this one: the Headteacher Placement Meeting only allocates. */
function isFirstOfTwo({ landing }: CaseView): boolean {
  const ahead = landing?.meetings.filter((each) => each.ahead && each.panel !== 'headteacher-placement') ?? [];
  return ahead.length > 1;
}

function titleOfValue(fields: readonly FormField[], value: string): string {
  return (
    fields.flatMap((field) => (field.kind === 'choice' ? field.options : [])).find((each) => each.value === value)?.title ?? value
  );
}
