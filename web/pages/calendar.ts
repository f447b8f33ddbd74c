// CAP's calendar of a year: cycles with their deadlines and meetings, terms, closures. Everybody reads it, also on paper; CAP keeps it.
import { HttpProblem } from '../../api/problems';
import { academicYearOf, formatDay, heldMeeting, panelCodes, terms, type IsoDate, type PanelCode } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { panelTitles } from '../../domain/words';
import type { Person } from '../../records/types';
import type { Answers } from '../answers';
import { asTyped, one, type FormField, type Option, type Posted } from '../forms/fields';
import { showFields, untouched, type Typed } from '../forms/show';
import { changedMeanwhile, formOver } from '../forms/meanwhile';
import { readOrRefuse } from '../forms/readOrRefuse';
import { shortDay } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { heading, inset, leadOn, link, list, paragraph, sentence, summaryList, table, warning } from '../parts';
import { programmeTitles } from './programmeTitles';
import { yearBeside, yearIn, yearsBeside } from './years';

export type Cycle = Answers['cycles']['cycles'][number];
type Item = Cycle['items'][number];

const edits = (person: Person) => can(person, 'edit-calendar');

export const toCalendar = (year: string) => `/calendar?academicYear=${year}`;
export const backToCalendar = (year: string) => ({ href: toCalendar(year), text: `Calendar of ${year}` });

const calendar = page({
  path: '/calendar',
  name: 'calendar',
  who: (person) => can(person, 'see-calendar'),
  menu: { title: 'Calendar', order: 80, rare: true, about: 'Terms, closures and the cycles of the panels' },
  show: async (asked) => {
    const year = yearIn(asked);
    const [{ cycles }, { halfTerms }, { closures }, titles] = await Promise.all([
      asked.door('cycles'),
      asked.door('terms'),
      asked.door('closures'),
      programmeTitles(asked),
    ]);
    const ofYear = cycles.filter(({ academicYear }) => academicYear === year);
    const coming = ofYear.length === 0 ? year : yearBeside(year, 1);
    return {
      title: `Calendar of ${year}`,
      wide: true,
      main: html`${asked.may('enterCycle') ? keepingLinks(year, halfTerms.some(({ academicYear }) => academicYear === coming) ? coming : null) : ''}
      ${cyclesOf(asked, year, ofYear, titles)} ${termsOf(asked, year, halfTerms)}
      ${closuresOf(
        asked,
        closures.filter((day) => academicYearOf(day) === year),
      )}
      ${yearsBeside('/calendar', year)}`,
    };
  },
});

/** @param coming the first year without cycles, which may be proposed; null while its terms are not entered */
function keepingLinks(year: string, coming: string | null): Html {
  return html`<div class="cap-screen">
    ${leadOn(`/calendar/cycles/add?academicYear=${year}`, 'Enter a cycle')}
    ${list([
      ...(coming === null
        ? []
        : [link(`/calendar/import?academicYear=${coming}&propose=yes`, `Propose the calendar of ${coming} from its terms`)]),
      link(`/calendar/import?academicYear=${year}`, 'Import CAP’s table'),
      link(`/calendar/closures/add`, 'Enter a closure'),
    ])}
  </div>`;
}

function cyclesOf(asked: Asked, year: string, cycles: readonly Cycle[], titles: ReadonlyMap<string, string>): Html {
  const keeps = asked.may('changeCycle');
  return table(
    `Panel cycles of ${year}`,
    [
      ...[{ title: 'Referral deadline' }, { title: 'Considers' }],
      ...panelCodes.map((panel) => ({ title: panelTitles[panel] })),
      ...(keeps ? [{ title: 'Actions' }] : []),
    ],
    cycles.map(({ id, deadline, items, meetings }) => [
      shortDay(deadline),
      html`${items.map((item) => html`<div class="cap-item">${itemInWords(item, titles)}</div>`)}`,
      ...panelCodes.map((panel) => {
        const meeting = meetings[panel];
        return meeting ? link(`/meetings/${meeting.id}`, shortDay(meeting.day), panelTitles[panel]) : 'None';
      }),
      ...(keeps ? [link(`/calendar/cycles/${id}`, 'Change', `the cycle of ${formatDay(deadline)}`)] : []),
    ]),
    `No cycle of ${year} is entered yet.`,
  );
}

/** @returns what a cycle considers, for people: `Refocus, start Mon 5 Oct 2026` */
export function itemInWords({ programme, cohortStart, panels }: Item, titles: ReadonlyMap<string, string>): string {
  const start = cohortStart === null ? '' : `, start ${shortDay(cohortStart)}`;
  const by =
    panels === null
      ? ''
      : panels.length === 0
        ? ', no panel'
        : `, ${panels.map((panel) => panelTitles[panel]).join(' and ')} only`;
  return `${titles.get(programme) ?? programme}${start}${by}`;
}

type HalfTerm = Answers['terms']['halfTerms'][number];

function termsOf(asked: Asked, year: string, halfTerms: readonly HalfTerm[]): Html {
  const keeps = asked.may('saveHalfTerm');
  const halves = terms.flatMap((term) => ([1, 2] as const).map((half) => ({ term, half })));
  return table(
    'Terms of Coventry’s schools',
    [{ title: 'Half of a term' }, { title: 'First day' }, { title: 'Last day' }, ...(keeps ? [{ title: 'Actions' }] : [])],
    halves.map(({ term, half }) => {
      const found = halfTerms.find((each) => each.academicYear === year && each.term === term && each.half === half);
      return [
        halfInWords(term, half),
        found ? shortDay(found.firstDay) : 'Not entered',
        found ? shortDay(found.lastDay) : 'Not entered',
        ...(keeps ? [link(`/calendar/terms/${year}/${term}/${String(half)}`, 'Change', halfInWords(term, half))] : []),
      ];
    }),
    '',
  );
}

const halfInWords = (term: string, half: number | string) =>
  `${sentence(term)}, ${String(half) === '1' ? 'first' : 'second'} half`;

function closuresOf(asked: Asked, closures: readonly IsoDate[]): Html {
  const keeps = asked.may('removeClosure');
  return table(
    'Bank holidays and closures of the council',
    [{ title: 'Day' }, ...(keeps ? [{ title: 'Actions' }] : [])],
    closures.map((day) => [
      shortDay(day),
      ...(keeps ? [link(`/calendar/closures/${day}/remove`, 'Remove', formatDay(day))] : []),
    ]),
    'No closure is entered.',
  );
}

// What a cycle says: its deadline, and as many items as it has, with some lines to add others.

const deadlineField: FormField = {
  kind: 'day',
  name: 'deadline',
  title: 'Referral deadline',
  hint: 'A working day. An application is in time until the end of it',
};

const spareItems = 2;

async function itemFields(asked: Asked, count: number): Promise<FormField[][]> {
  const { programmes } = await asked.door('programmes');
  const decided = programmes.filter(({ route }) => route.some(({ stage }) => stage === 'panel' || stage === 'allocation'));
  const options = decided.map(({ code, title }) => ({ value: code, title }));
  return Array.from({ length: count }, (_, index): FormField[] => [
    { kind: 'pick', name: `items.${String(index)}.programme`, title: 'Programme', options },
    { kind: 'day', name: `items.${String(index)}.cohortStart`, title: 'Start of its cohort' },
    { kind: 'pick', name: `items.${String(index)}.panels`, title: 'Panels', options: panelOptions },
  ]);
}

const allPanels = 'all';
const noPanel = 'none';

const panelOptions: readonly Option[] = [
  { value: allPanels, title: 'All of its route' },
  { value: noPanel, title: 'None: normal process' },
  ...panelCodes.map((panel) => ({ value: panel, title: `${panelTitles[panel]} only` })),
  { value: 'review-and-authorisation,multi-agency', title: 'Both panels, no placement meeting' },
];

function typedItems(fields: readonly FormField[][], items: readonly Item[]): Posted {
  return Object.assign(
    {},
    ...fields.map((row, index) => {
      const { programme = '', cohortStart = null, panels = null } = items[index] ?? {};
      const said = panels === null ? allPanels : panels.length === 0 ? noPanel : panels.join(',');
      const name = (field: string) => `items.${String(index)}.${field}`;
      return asTyped(row, { [name('programme')]: programme, [name('cohortStart')]: cohortStart, [name('panels')]: said });
    }),
  ) as Posted;
}

function showItems(fields: readonly FormField[][], typed: Typed): Html {
  return html`<p class="govuk-body">
      What it considers. Leave the programme of an item empty to leave the item out; only programmes with cohorts have a start.
    </p>
    ${fields.map(
      (row, index) =>
        html`<fieldset class="govuk-fieldset cap-row">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Item ${index + 1}</legend>
          <div class="cap-row__fields">${showFields(row, typed)}</div>
        </fieldset>`,
    )}`;
}

/** Items as the door takes them, without the lines that were left empty. */
function readItems(
  posted: Posted,
  count: number,
): { readonly programme: string; readonly cohortStart: unknown; readonly panels: unknown }[] {
  return Array.from({ length: count }, (_, index) => {
    const name = (field: string) => `items.${String(index)}.${field}`;
    const panels = one(posted, name('panels'));
    const body = readOrRefuse([{ kind: 'day', name: name('cohortStart'), title: 'Start', optional: true }], posted);
    return {
      programme: one(posted, name('programme')),
      cohortStart: body[name('cohortStart')] ?? null,
      panels: panels === allPanels || panels === '' ? null : panels === noPanel ? [] : panels.split(','),
    };
  }).filter(({ programme }) => programme !== '');
}

function countItems(posted: Posted): number {
  return Object.keys(posted).filter((name) => /^items\.\d+\.programme$/.test(name)).length;
}

const meetingFields: readonly FormField[] = panelCodes.map((panel) => ({
  kind: 'day',
  name: `meetings.${panel}`,
  title: panelTitles[panel],
  hint: 'The day of its meeting. Leave it empty if it does not meet in this cycle.',
  optional: true,
}));

const enterCycle = page({
  path: '/calendar/cycles/add',
  name: 'enterCycle',
  who: edits,
  show: async (asked) => {
    const year = yearIn(asked);
    const items = await itemFields(asked, 4);
    const typed = asked.again ?? { posted: typedItems(items, []), problems: [] };
    return {
      title: `Enter a cycle of ${year}`,
      back: backToCalendar(year),
      main: asked.form({ button: 'Enter the cycle' }, [
        ...showFields([deadlineField], typed),
        showItems(items, typed),
        ...showFields(meetingFields, typed),
      ]),
    };
  },
  take: async (asked, { posted, headers }) => {
    const year = yearIn(asked);
    const body = readOrRefuse([deadlineField, ...meetingFields], posted);
    const meetings = Object.fromEntries(panelCodes.map((panel) => [panel, body[`meetings.${panel}`] ?? null]));
    const items = readItems(posted, countItems(posted));
    await asked.door('enterCycle', { headers, body: { academicYear: year, deadline: body['deadline'], items, meetings } });
    return { to: toCalendar(year), said: 'added' };
  },
});

const changeCycle = page({
  path: '/calendar/cycles/{id}',
  name: 'changeCycle',
  who: edits,
  show: async (asked) => {
    const { body, etag } = await asked.tagged('cycle', { params: { id: asked.params['id'] ?? '' } });
    const { cycle } = body;
    const count = Math.max(asked.again ? countItems(asked.again.posted) : spareItems, cycle.items.length);
    const items = await itemFields(asked, asked.again ? count : cycle.items.length + spareItems);
    const there = { ...asTyped([deadlineField], { deadline: cycle.deadline }), ...typedItems(items, cycle.items) };
    const typed = asked.again ?? { posted: there, problems: [] };
    const numbered = items.flatMap((row, index) =>
      row.map((field) => ({ ...field, title: `Item ${String(index + 1)}: ${field.title}` })),
    );
    return {
      title: `Cycle of ${formatDay(cycle.deadline)}`,
      caption: `Cycle ${String(cycle.number)} of ${cycle.academicYear}`,
      back: backToCalendar(cycle.academicYear),
      main: html`${meetingsOf(cycle)} ${heading('Deadline and items')}
      ${paragraph('The open cases on it are told of another deadline. An item on which a case has landed stays as it is.')}
      ${changedMeanwhile(asked, etag, [deadlineField, ...numbered], there)}
      ${asked.form({ button: 'Save', read: etag }, [...showFields([deadlineField], typed), showItems(items, typed)])}
      ${paragraph(link(`/calendar/cycles/${cycle.id}/remove`, 'Remove this cycle'))}`,
    };
  },
  take: async (asked, { posted, headers }) => {
    const body = readOrRefuse([deadlineField], posted);
    const saved = await asked.door('changeCycle', {
      params: { id: asked.params['id'] ?? '' },
      headers,
      body: { deadline: body['deadline'], items: readItems(posted, countItems(posted)) },
    });
    return { to: toCalendar(saved.cycle.academicYear), said: 'saved' };
  },
});

function meetingsOf({ id, meetings }: Cycle): Html {
  return summaryList(
    panelCodes.map((panel) => {
      const meeting = meetings[panel];
      if (!meeting) {
        return {
          key: panelTitles[panel],
          value: 'Does not meet',
          actions: [{ href: `/calendar/cycles/${id}/plan/${panel}`, text: 'Plan', of: `a meeting of the ${panelTitles[panel]}` }],
        };
      }
      const of = `the meeting of the ${panelTitles[panel]}`;
      return {
        key: panelTitles[panel],
        value: link(`/meetings/${meeting.id}`, formatDay(meeting.day)),
        actions: [
          { href: `/calendar/meetings/${meeting.id}/move`, text: 'Move', of },
          { href: `/calendar/meetings/${meeting.id}/cancel`, text: 'Cancel', of },
        ],
      };
    }),
  );
}

const removeCycle = page({
  path: '/calendar/cycles/{id}/remove',
  name: 'removeCycle',
  who: edits,
  show: async (asked) => {
    const { body, etag } = await asked.tagged('cycle', { params: { id: asked.params['id'] ?? '' } });
    const { cycle } = body;
    const { meetings } = await asked.door('meetings', { query: { from: cycle.deadline } });
    const agenda = meetings.filter((meeting) => meeting.cycle === cycle.id).reduce((sum, meeting) => sum + meeting.agenda, 0);
    return {
      title: `Remove the cycle of ${formatDay(cycle.deadline)}?`,
      back: { href: `/calendar/cycles/${cycle.id}`, text: 'The cycle' },
      main: html`${warning('Its meetings go with it. This can be done while its deadline is to come and no open case has landed on it.')}
      ${paragraph(concerns(agenda))} ${asked.form({ button: 'Remove the cycle', looks: 'warning', read: etag }, [])}`,
    };
  },
  take: async (asked, { headers }) => {
    const id = asked.params['id'] ?? '';
    const { cycle } = await asked.door('cycle', { params: { id } });
    await asked.door('removeCycle', { params: { id }, headers });
    return { to: toCalendar(cycle.academicYear), said: 'removed' };
  },
});

const concerns = (cases: number) =>
  cases === 0
    ? 'No case is on its agenda.'
    : cases === 1
      ? 'One case is on its agenda.'
      : `${String(cases)} cases are on its agenda.`;

const dayField: FormField = { kind: 'day', name: 'day', title: 'Day' };

/** @returns the day of a form that asks for one. @throws HttpProblem when it is none */
function readDay(posted: Posted): Readonly<Record<string, unknown>> {
  const body = readOrRefuse([dayField], posted);
  return body;
}

const planMeeting = page({
  path: '/calendar/cycles/{id}/plan/{panel}',
  name: 'planMeeting',
  who: edits,
  show: async (asked) => {
    const { cycle } = await asked.door('cycle', { params: { id: asked.params['id'] ?? '' } });
    return {
      title: `Plan the day of the ${panelTitles[panelIn(asked)]}`,
      caption: `Cycle of ${formatDay(cycle.deadline)}`,
      back: { href: `/calendar/cycles/${cycle.id}`, text: 'The cycle' },
      main: asked.form({ button: 'Plan' }, showFields([dayField], asked.again ?? untouched)),
    };
  },
  take: async (asked, { posted, headers }) => {
    const id = asked.params['id'] ?? '';
    await asked.door('planMeeting', { params: { id }, headers, body: { panel: panelIn(asked), ...readDay(posted) } });
    return { to: `/calendar/cycles/${id}`, said: 'added' };
  },
});

/** @throws HttpProblem when there is no such panel */
function panelIn({ params }: Asked): PanelCode {
  const panel = panelCodes.find((each) => each === params['panel']);
  if (!panel) throw new HttpProblem('not-found', 'There is no such panel.');
  return panel;
}

/** What is asked about a meeting, or why it stays as it was: it has decided cases (A7). */
function unlessHeld(meeting: Answers['meeting']['meeting'], asks: Html): Html {
  const stays = heldMeeting(meeting, meeting.decided);
  return stays ? inset(stays.message) : asks;
}

const moveMeeting = page({
  path: '/calendar/meetings/{id}/move',
  name: 'moveMeeting',
  who: edits,
  show: async (asked) => {
    const { body, etag } = await asked.tagged('meeting', { params: { id: asked.params['id'] ?? '' } });
    const { meeting } = body;
    const there = asTyped([dayField], { day: meeting.day });
    return {
      title: 'Move the meeting',
      caption: `${meeting.title} · ${formatDay(meeting.day)}`,
      back: { href: `/calendar/cycles/${meeting.cycle}`, text: 'The cycle' },
      main: unlessHeld(
        meeting,
        html`${inset(`${concerns(meeting.agenda)}${meeting.agenda === 0 ? '' : ' Their dates are counted anew, and their schools are told.'}`)}
        ${formOver(asked, etag, [dayField], there, 'Move the meeting')}`,
      ),
    };
  },
  take: async (asked, { posted, headers }) => {
    const moved = await asked.door('moveMeeting', { params: { id: asked.params['id'] ?? '' }, headers, body: readDay(posted) });
    return { to: `/calendar/cycles/${moved.meeting.cycle}`, said: 'saved' };
  },
});

const cancelMeeting = page({
  path: '/calendar/meetings/{id}/cancel',
  name: 'cancelMeeting',
  who: edits,
  show: async (asked) => {
    const { body, etag } = await asked.tagged('meeting', { params: { id: asked.params['id'] ?? '' } });
    const { meeting } = body;
    return {
      title: 'Cancel the meeting?',
      caption: `${meeting.title} · ${formatDay(meeting.day)}`,
      back: { href: `/calendar/cycles/${meeting.cycle}`, text: 'The cycle' },
      main: unlessHeld(
        meeting,
        html`${warning('It is taken out of the calendar. A meeting on which a case has landed is moved to another day instead.')}
        ${paragraph(concerns(meeting.agenda))} ${asked.form({ button: 'Cancel the meeting', looks: 'warning', read: etag }, [])}`,
      ),
    };
  },
  take: async (asked, { headers }) => {
    const id = asked.params['id'] ?? '';
    const { meeting } = await asked.door('meeting', { params: { id } });
    await asked.door('cancelMeeting', { params: { id }, headers });
    return { to: `/calendar/cycles/${meeting.cycle}`, said: 'removed' };
  },
});

const addClosure = page({
  path: '/calendar/closures/add',
  name: 'addClosure',
  who: edits,
  show: (asked) =>
    Promise.resolve({
      title: 'Enter a closure',
      back: { href: '/calendar', text: 'Calendar' },
      main: html`${paragraph('A day on which the council does not work. Open cases count their dates anew.')}
      ${asked.form({ button: 'Enter the closure' }, showFields([dayField], asked.again ?? untouched))}`,
    }),
  take: async (asked, { posted }) => {
    const { day } = await asked.door('addClosure', { body: readDay(posted) });
    return { to: toCalendar(academicYearOf(day)), said: 'added' };
  },
});

const removeClosure = page({
  path: '/calendar/closures/{day}/remove',
  name: 'removeClosure',
  who: edits,
  show: async (asked) => {
    const day = asked.params['day'] ?? '';
    const { closures } = await asked.door('closures');
    if (!closures.includes(day)) throw new HttpProblem('not-found', 'The council works on that day.');
    return {
      title: `Remove ${formatDay(day)}?`,
      back: backToCalendar(academicYearOf(day)),
      main: html`${warning('The council works on it after all. Open cases count their dates anew.')}
      ${asked.form({ button: 'Remove the closure', looks: 'warning' }, [])}`,
    };
  },
  take: async (asked) => {
    const { day } = await asked.door('removeClosure', { params: { day: asked.params['day'] ?? '' } });
    return { to: toCalendar(academicYearOf(day)), said: 'removed' };
  },
});

const halfFields: readonly FormField[] = [
  { kind: 'day', name: 'firstDay', title: 'First day' },
  { kind: 'day', name: 'lastDay', title: 'Last day' },
];

const ofHalf = ({ params }: Asked) => ({
  academicYear: params['academicYear'] ?? '',
  term: params['term'] ?? '',
  half: params['half'] ?? '',
});

async function halfIn(asked: Asked): Promise<HalfTerm | undefined> {
  const { academicYear, term, half } = ofHalf(asked);
  const { halfTerms } = await asked.door('terms');
  return halfTerms.find((each) => each.academicYear === academicYear && each.term === term && String(each.half) === half);
}

const changeHalfTerm = page({
  path: '/calendar/terms/{academicYear}/{term}/{half}',
  name: 'changeHalfTerm',
  who: edits,
  show: async (asked) => {
    const year = yearIn(asked);
    const { term, half } = ofHalf(asked);
    const found = await halfIn(asked);
    const there = asTyped(halfFields, { ...found });
    const version = found?.version ?? 0;
    return {
      title: halfInWords(term, half),
      caption: year,
      back: backToCalendar(year),
      main: html`${paragraph('Placements are counted in school weeks: those that run count their dates anew.')}
      ${formOver(asked, version, halfFields, there)}
      ${found ? paragraph(link(`/calendar/terms/${year}/${term}/${half}/remove`, 'Remove this half of the term')) : ''}`,
    };
  },
  take: async (asked, { posted, headers }) => {
    const body = readOrRefuse(halfFields, posted);
    await asked.door('saveHalfTerm', { params: ofHalf(asked), headers, body });
    return { to: toCalendar(yearIn(asked)), said: 'saved' };
  },
});

const removeHalfTerm = page({
  path: '/calendar/terms/{academicYear}/{term}/{half}/remove',
  name: 'removeHalfTerm',
  who: edits,
  show: async (asked) => {
    const year = yearIn(asked);
    const { term, half } = ofHalf(asked);
    const found = await halfIn(asked);
    if (!found) throw new HttpProblem('not-found', 'There is no such half-term: look it up in the terms.');
    return {
      title: `Remove ${halfInWords(term, half).toLowerCase()}?`,
      caption: `${formatDay(found.firstDay)} to ${formatDay(found.lastDay)}`,
      back: backToCalendar(year),
      main: html`${warning('This can be done while it has not begun.')}
      ${asked.form({ button: 'Remove the half-term', looks: 'warning', read: found.version }, [])}`,
    };
  },
  take: async (asked, { headers }) => {
    await asked.door('removeHalfTerm', { params: ofHalf(asked), headers });
    return { to: toCalendar(yearIn(asked)), said: 'removed' };
  },
});

export const calendarPages: readonly Page[] = [
  calendar,
  enterCycle,
  changeCycle,
  removeCycle,
  planMeeting,
  moveMeeting,
  cancelMeeting,
  addClosure,
  removeClosure,
  changeHalfTerm,
  removeHalfTerm,
];
