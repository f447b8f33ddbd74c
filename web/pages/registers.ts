// Registers: a host marks who is there, on a telephone; a morning tells who was absent and which registers lack marks; a case has its attendance by weeks.
import { HttpProblem } from '../../api/problems';
import { addDays, formatDay, formatLondon, londonDay, mondayOf, type IsoDate } from '../../domain/calendar';
import { marks, type Half, type Mark } from '../../domain/attendance';
import { can } from '../../domain/permissions';
import type { Problem } from '../../domain/problem';
import { isErased } from '../../domain/state';
import { roleOf } from '../../domain/words';
import type { Person } from '../../records/types';
import type { Answers } from '../answers';
import { one, type FormField } from '../forms/fields';
import { showFields } from '../forms/show';
import { shortDay } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Sent, type Page } from '../page';
import { badge, caseLink, figures, inset, leadOn, link, neighbours, paragraph, table } from '../parts';
import { captionOf } from './caption';
import { progressPath } from './progress';

type Register = Answers['register'];
type Entry = Register['entries'][number];

const who = (person: Person) => can(person, 'see-registers');
const isCap = ({ person }: Asked) => person.parties.includes('cap');

export const markTitles: Readonly<Record<Mark, string>> = { present: 'Present', late: 'Late', absent: 'Absent' };
export const halfTitles: Readonly<Record<Half, string>> = { am: 'Morning', pm: 'Afternoon' };

const registers = page({
  path: '/registers',
  name: 'registers',
  who,
  menu: { title: 'Registers', order: 60 },
  show: async (asked) => {
    const today = londonDay(asked.now);
    const morning = await asked.door('morning', { params: { day: today } });
    return {
      title: 'Registers',
      main: html`${isCap(asked) ? await hostForm(asked, today) : await leadToToday(asked, today)} ${told(asked, morning)}`,
    };
  },
});

/** Where the e-mails of a morning lead. */
const morningPage = page({
  path: '/registers/REG-{day}',
  name: 'morning',
  who,
  show: async (asked) => {
    const { day = '' } = asked.params;
    const morning = await asked.door('morning', { params: { day } });
    return {
      title: `The morning of ${formatDay(day)}`,
      back: { href: '/registers', text: 'Registers' },
      main: html`${paragraph('This is how it stands now: what was marked or put right since is not listed any more.')}
      ${told(asked, morning)}`,
    };
  },
});

const registerOfDay = page({
  path: '/registers/{day}',
  name: 'register',
  who,
  show: async (asked) => {
    const { day = '' } = asked.params;
    const host = hostIn(asked);
    const around = { title: 'Register', back: { href: '/registers', text: 'Registers' } };
    if (isCap(asked) && host === undefined) return { ...around, main: await hostForm(asked, day) };
    const found = await readRegister(asked);
    return {
      ...around,
      title: `Register of ${formatDay(day)}`,
      ...(host === undefined ? {} : { caption: await nameOf(asked, host) }),
      main: html`${daysBeside(found, host)} ${registerForm(asked, found)}`,
    };
  },
  take: async (asked, sent) => {
    const { day = '' } = asked.params;
    const given = givenMarks(await readRegister(asked), sent);
    if (given.length > 0) await saveMarks(asked, day, given);
    return { to: addressOf(day, hostIn(asked)), said: 'marked' };
  },
});

function readRegister(asked: Asked): Promise<Register> {
  const host = hostIn(asked);
  return asked.door('register', { params: { day: asked.params['day'] ?? '' }, query: host === undefined ? {} : { host } });
}

const hostIn = ({ query }: Asked): string | undefined => query['host'];

function addressOf(day: IsoDate, host: string | undefined): string {
  return `/registers/${day}${host === undefined ? '' : `?host=${encodeURIComponent(host)}`}`;
}

/** What a host finds first: today's register, or that of the next school day. */
async function leadToToday(asked: Asked, today: IsoDate): Promise<Html> {
  const { schoolDay, next, entries } = await asked.door('register', { params: { day: today } });
  if (!schoolDay) {
    return paragraph(
      html`Schools are closed today.
      ${next === null ? '' : html`The next school day is ${link(`/registers/${next}`, formatDay(next))}.`}`,
    );
  }
  const lacking = entries.filter(lacksMarks).length;
  if (entries.length === 0) {
    return paragraph(html`Nobody is expected with you today. ${link(`/registers/${today}`, 'See the days before and after')}.`);
  }
  return html`${paragraph(`${students(entries.length)} expected with you today. ${lacking === 0 ? 'Everybody is marked.' : `${students(lacking)} not marked yet.`}`)}
  ${leadOn(`/registers/${today}`, lacking === 0 ? 'See today’s register' : 'Mark today’s register')}`;
}

const students = (count: number) => (count === 1 ? 'One student is' : `${String(count)} students are`);

function lacksMarks({ expected, marks: made }: Entry): boolean {
  return expected.some((half) => !made.some((each) => each.half === half));
}

/** CAP looks into the register of any host. */
async function hostForm(asked: Asked, day: IsoDate): Promise<Html> {
  const [{ providers }, { schools }] = await Promise.all([asked.door('providers'), asked.door('schools')]);
  const options = [
    ...providers.map(({ code, name }) => ({ value: `provider:${code}`, title: name })),
    ...schools.map(({ code, name }) => ({ value: `school:${code}`, title: name })),
  ];
  const fields: FormField[] = [{ kind: 'pick', name: 'host', title: 'Whose register', options }];
  return html`<form method="get" action="/registers/${day}">
    ${showFields(fields)}
    <button type="submit" class="govuk-button govuk-button--secondary">Show the register of ${formatDay(day)}</button>
  </form>`;
}

async function nameOf(asked: Asked, host: string): Promise<string> {
  const [{ providers }, { schools }] = await Promise.all([asked.door('providers'), asked.door('schools')]);
  const code = host.slice(host.indexOf(':') + 1);
  return [...providers, ...schools].find((each) => each.code === code)?.name ?? code;
}

function told(asked: Asked, { unmarked, absences }: Answers['morning']): Html {
  const isSchool = asked.person.parties.some((party) => roleOf(party) === 'school');
  return html`${
    unmarked.length === 0 && isSchool && !isCap(asked)
      ? ''
      : table(
          'Registers that lack marks',
          [{ title: 'Day' }, { title: 'With' }, { title: 'Not marked' }],
          unmarked.map(({ day, host, hostName, students: count }) => [
            link(addressOf(day, isCap(asked) ? host : undefined), shortDay(day), hostName),
            hostName,
            count === 1 ? 'One student' : `${String(count)} students`,
          ]),
          'Of the last two school days every register is marked.',
        )
  }
  ${
    isSchool || isCap(asked)
      ? table(
          'Absences that home schools were told of',
          ['Student', 'Absent on', 'With', ...(isCap(asked) ? ['Home school'] : []), 'Case'].map((title) => ({ title })),
          absences.map(({ case: of, student, day, half, hostName, schoolName }) => [
            link(`/cases/${of}/attendance`, student ?? of, `attendance on ${formatDay(day)}, ${halfTitles[half].toLowerCase()}`),
            `${shortDay(day)}, ${halfTitles[half].toLowerCase()}`,
            hostName,
            ...(isCap(asked) ? [schoolName] : []),
            caseLink(of),
          ]),
          'No absence was told of this morning.',
        )
      : ''
  }`;
}

function daysBeside({ before, next }: Register, host: string | undefined): Html {
  const to = (day: IsoDate | null) => (day === null ? null : { href: addressOf(day, host), text: formatDay(day) });
  return neighbours('Other school days', to(before), to(next));
}

function registerForm(asked: Asked, found: Register): Html {
  const { day, entries, schoolDay, next } = found;
  if (entries.length === 0 && !schoolDay) {
    const on = next === null ? '' : html` The next school day is ${link(addressOf(next, hostIn(asked)), formatDay(next))}.`;
    return inset(html`Schools are closed on ${formatDay(day)}.${on}`);
  }
  if (entries.length === 0) return inset('Nobody is expected on this day: it needs no marks.');
  if (day > londonDay(asked.now)) {
    return table(
      'Who is expected',
      [{ title: 'Student' }, { title: 'Home school' }, { title: 'When' }],
      entries.map(({ student, case: of, schoolName, expected }) => [
        student ?? of,
        schoolName,
        expected.map((half) => halfTitles[half]).join(' and '),
      ]),
      '',
    );
  }
  const present = asked.query['all'] === 'present';
  const lacking = entries.filter(lacksMarks).length;
  const [note, ...others] = [...new Set(entries.flatMap(notesOf))];
  const together = note !== undefined && others.length === 0;
  const everybody = `${addressOf(day, hostIn(asked))}${hostIn(asked) === undefined ? '?' : '&'}all=present`;
  return html`${
    present
      ? inset('Everybody who was not marked is set to present. Change those who are not there, then save.')
      : html`${paragraph(lacking === 0 ? html`<strong>Everybody is marked.</strong>` : html`<strong>${lacking} of ${entries.length} not marked.</strong>`)}
        ${lacking === 0 ? '' : leadOn(everybody, 'Everybody present', 'secondary')}`
  }
  ${together ? paragraph(note) : ''}
  ${asked.form({ button: 'Save the register' }, [
    html`<div class="cap-register">
      ${entries.map((entry) => studentMarks(asked, entry, { present, notes: together ? [] : notesOf(entry) }))}
    </div>`,
  ])}`;
}

const fieldOf = (reference: string, half: Half) => `${reference}-${half}`;

function halvesOf({ expected, marks: made }: Entry): Half[] {
  return (['am', 'pm'] as const).filter((half) => expected.includes(half) || made.some((each) => each.half === half));
}

function markedAs({ marks: made }: Entry, half: Half): Mark | null {
  return made.find((each) => each.half === half)?.mark ?? null;
}

/** Who marked a student when: what was put right afterwards is seen by it. */
function notesOf({ marks: made }: Entry): string[] {
  return [...new Set(made.map(({ marked, markedByName }) => `Marked by ${markedByName}, ${formatLondon(marked)}`))];
}

function studentMarks(
  { again }: Asked,
  entry: Entry,
  { present, notes }: { readonly present: boolean; readonly notes: readonly string[] },
): Html {
  const { case: reference, student, schoolName } = entry;
  const name = student ?? reference;
  return html`<div class="cap-register__student">
    <h2 class="govuk-heading-s cap-register__name">${name}</h2>
    <p class="govuk-body-s cap-register__note">
      ${schoolName}${notes.map((note) => html`<br />${note}`)}<br />${link(progressPath(reference), 'Progress and behaviour', name)}
    </p>
    <div class="cap-register__halves">
      ${halvesOf(entry).map((half) => {
        const field = fieldOf(reference, half);
        const now = markedAs(entry, half);
        const chosen = again ? one(again.posted, field) : (now ?? (present ? 'present' : ''));
        return halfMarks({ field, title: halfTitles[half], name, now, chosen }, again?.problems ?? []);
      })}
    </div>
  </div>`;
}

interface HalfShown {
  readonly field: string;
  readonly title: string;
  readonly name: string;
  /** What is marked; null: nothing. */
  readonly now: Mark | null;
  readonly chosen: string;
}

/** Three choices, each as wide as a thumb. What was marked when the page was opened goes along, so that nobody's mark is lost. */
function halfMarks({ field, title, name, now, chosen }: HalfShown, problems: readonly Problem[]): Html {
  const wrong = problems.find((problem) => problem.field === field);
  return html`<fieldset class="govuk-fieldset" ${wrong ? html` aria-describedby="${field}-error"` : ''}>
    <legend class="govuk-fieldset__legend">${title}<span class="govuk-visually-hidden">, ${name}</span></legend>
    ${wrong ? html`<p id="${field}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${wrong.message}</p>` : ''}
    <input type="hidden" name="${field}-was" value="${now ?? ''}" />
    <div class="cap-marks">
      ${marks.map(
        (mark, index) =>
          html`<label class="cap-mark"
            ><input
              type="radio"
              id="${index === 0 ? field : `${field}-${mark}`}"
              name="${field}"
              value="${mark}"
              ${mark === chosen ? html`checked` : ''}
            />
            ${markTitles[mark]}</label
          >`,
      )}
    </div>
  </fieldset>`;
}

interface GivenMark {
  readonly case: string;
  readonly half: Half;
  readonly mark: string;
}

/**
 * What the person has marked otherwise than it was when they opened the page.
 * @throws HttpProblem when somebody else marked the same half otherwise meanwhile, or nobody is marked
 */
function givenMarks({ entries }: Register, { posted }: Sent): GivenMark[] {
  const given: GivenMark[] = [];
  const problems: Problem[] = [];
  const halves = entries.flatMap((entry) => halvesOf(entry).map((half) => ({ entry, half })));
  for (const { entry, half } of halves) {
    const field = fieldOf(entry.case, half);
    const [mark, was, now] = [one(posted, field), one(posted, `${field}-was`), markedAs(entry, half) ?? ''];
    if (mark === '' || mark === was || mark === now) continue;
    given.push({ case: entry.case, half, mark });
    if (now !== was) problems.push({ field, rule: 'R97', message: meanwhile(entry, half) });
  }
  if (problems.length > 0) throw new HttpProblem('wrong-values', undefined, { errors: problems });
  if (halves.every(({ entry, half }) => one(posted, fieldOf(entry.case, half)) === '')) throw nobodyMarked(halves);
  return given;
}

function meanwhile(entry: Entry, half: Half): string {
  const now = markedAs(entry, half);
  const by = entry.marks.find((each) => each.half === half)?.markedByName ?? 'somebody else';
  return `${entry.student ?? entry.case}, ${halfTitles[half].toLowerCase()}: ${by} has marked ${now ?? 'this'} since you opened the register. If yours is right, save again.`;
}

function nobodyMarked(halves: readonly { readonly entry: Entry; readonly half: Half }[]): HttpProblem {
  const field = halves[0] ? fieldOf(halves[0].entry.case, halves[0].half) : 'marks';
  return new HttpProblem('wrong-values', undefined, {
    errors: [{ field, rule: 'R97', message: 'Mark at least one student, then save.' }],
  });
}

/** What the door has against a mark is told beside it. */
async function saveMarks(asked: Asked, day: IsoDate, given: readonly GivenMark[]): Promise<void> {
  try {
    await asked.door('markRegister', { params: { day }, body: { marks: given } });
  } catch (error) {
    if (!(error instanceof HttpProblem) || !error.more.errors) throw error;
    const errors = error.more.errors.map((problem) => {
      const about = given[Number(/^marks\.(\d+)/.exec(problem.field)?.[1])];
      return about ? { ...problem, field: fieldOf(about.case, about.half) } : problem;
    });
    throw new HttpProblem(error.kind, error.message, { ...error.more, errors });
  }
}

const attendancePage = page({
  path: '/cases/{reference}/attendance',
  name: 'attendance',
  who: 'signed-in',
  show: async (asked) => {
    const { reference = '' } = asked.params;
    const [found, attendance] = await Promise.all([
      asked.door('case', { params: { reference } }),
      asked.door('attendance', { params: { reference } }),
    ]);
    const { expected, attended, absent, unmarked, until } = attendance;
    const of = attended + absent;
    const around = {
      title: 'Attendance',
      caption: captionOf(found),
      about: reference,
      back: { href: `/cases/${reference}`, text: `Case ${reference}` },
    };
    if (isErased(found))
      return { ...around, main: paragraph('The marks of this placement are erased with what was written of its case.') };
    return {
      ...around,
      wide: true,
      main: html`${figures([
        { title: 'Attended', value: of === 0 ? '–' : `${String(Math.round((attended / of) * 100))}%` },
        { title: 'Half days attended', value: attended },
        { title: 'Half days absent', value: absent },
        { title: 'Half days not marked', value: unmarked },
      ])}
      ${paragraph(`Up to ${formatDay(until)}: ${String(expected)} half days were expected. A late one counts as attended.`)}
      ${weeks(attendance)}`,
    };
  },
});

const weekdayTitles = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

function weeks({ marks: made, missing }: Answers['attendance']): Html {
  const mondays = [...new Set([...made, ...missing].map(({ day }) => mondayOf(day)))].sort();
  const cell = (day: IsoDate): Html | null => {
    const found = (['am', 'pm'] as const).flatMap((half) => {
      const mark = made.find((each) => each.day === day && each.half === half);
      const isMissing = missing.some((each) => each.day === day && each.half === half);
      if (!mark && !isMissing) return [];
      const said = mark ? markTitles[mark.mark] : 'Not marked';
      const tone = mark ? ({ present: 'good', late: 'waits', absent: 'late' } as const)[mark.mark] : 'plain';
      return [html`<span class="cap-session">${halfTitles[half]} ${badge(said, tone)}</span> `];
    });
    return found.length === 0 ? null : html`${found}`;
  };
  return table(
    'By weeks, the last first',
    [{ title: 'Week of' }, ...weekdayTitles.map((title) => ({ title }))],
    mondays
      .toReversed()
      .map((monday) => [shortDay(monday), ...weekdayTitles.map((_title, index) => cell(addDays(monday, index)))]),
    'There is nothing yet: the placement has not begun, or its days are not agreed.',
  );
}

export const registerPages: readonly Page[] = [registers, morningPage, registerOfDay, attendancePage];
