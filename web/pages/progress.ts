// Progress and behaviour in a placement (R97): the host writes a line a week, whoever reads it finds it on the case and where a review is written.
import { HttpProblem } from '../../api/problems';
import { formatDay, formatLondon, isIsoDate } from '../../domain/calendar';
import { behaviourTitles, progressTitles, readsProgress } from '../../domain/progress';
import { isErased } from '../../domain/state';
import { codesOf } from '../../domain/words';
import type { Answers } from '../answers';
import { asTyped, type FormField } from '../forms/fields';
import { readOrRefuse } from '../forms/readOrRefuse';
import { showFields, untouched } from '../forms/show';
import { shortDay } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { badge, details, inset, link, paragraph, table } from '../parts';
import { captionOf } from './caption';

type Week = Answers['progress']['weeks'][number];
type Case = Answers['case'];

/** @returns where the notes of a placement are, or the note of one of its weeks */
export const progressPath = (reference: string, week?: string): string =>
  `/cases/${reference}/progress${week === undefined ? '' : `/${week}`}`;

/** How many weeks the page of a case shows. */
const fewWeeks = 4;

const progressTones = { ahead: 'good', 'on-plan': 'plain', behind: 'late' } as const;
const behaviourTones = { settled: 'good', 'mostly-settled': 'plain', unsettled: 'late' } as const;

const progressPage = page({
  path: '/cases/{reference}/progress',
  name: 'progress',
  who: 'signed-in',
  show: async (asked) => {
    const { reference = '' } = asked.params;
    const [found, { weeks, writes }] = await Promise.all([
      asked.door('case', { params: { reference } }),
      asked.door('progress', { params: { reference } }),
    ]);
    return {
      title: 'Progress and behaviour',
      caption: captionOf(found),
      about: reference,
      back: { href: `/cases/${reference}`, text: `Case ${reference}` },
      wide: true,
      main: isErased(found)
        ? paragraph('The notes of this placement are erased with what was written of its case.')
        : html`${writes ? paragraph('The home school and CAP read what is noted here. Write of this student alone, and name no other child.') : ''}
          ${weeksTable(reference, weeks)}`,
    };
  },
});

function weeksTable(reference: string, weeks: readonly Week[]): Html {
  const change = weeks.some(({ writes }) => writes);
  const words = (text: string) => (text === '' ? '' : html`<br /><span dir="auto">${text}</span>`);
  return table(
    'Progress and behaviour, the last week first',
    ['Week of', 'Progress', 'Behaviour', 'Noted', ...(change ? ['Change'] : [])].map((title) => ({ title })),
    weeks.map(({ week, note, writes }) => [
      shortDay(week),
      note && html`${badge(progressTitles[note.progress], progressTones[note.progress])}${words(note.progressWords)}`,
      note && html`${badge(behaviourTitles[note.behaviour], behaviourTones[note.behaviour])}${words(note.behaviourWords)}`,
      note ? `${note.writtenByName}, ${formatLondon(note.written)}` : 'Not yet',
      ...(change
        ? [writes ? link(progressPath(reference, week), note ? 'Correct' : 'Write', `the week of ${shortDay(week)}`) : '']
        : []),
    ]),
    'There is nothing yet: the placement has not begun.',
  );
}

/** What the page of a case shows of it, for those who read it. */
export async function progressOnCase(asked: Asked, found: Case): Promise<Html> {
  if (found.position.stage !== 'placement' && found.position.stage !== 'closed') return html``;
  const weeks = await weeksOf(asked, found);
  if (weeks.length === 0) return html``;
  return html`${weeksTable(found.reference, weeks.slice(0, fewWeeks))}
  ${weeks.length > fewWeeks ? paragraph(link(progressPath(found.reference), `Progress and behaviour in all ${String(weeks.length)} weeks`)) : ''}`;
}

/** What was noted, beside the form on which a review or a report is written. */
export async function progressToLookAt(asked: Asked, found: Case): Promise<Html> {
  const weeks = (await weeksOf(asked, found)).filter(({ note }) => note !== null);
  if (weeks.length === 0) return html``;
  return details(
    'What was noted of progress and behaviour',
    weeksTable(
      found.reference,
      weeks.map((each) => ({ ...each, writes: false })),
    ),
  );
}

async function weeksOf(asked: Asked, found: Case): Promise<readonly Week[]> {
  if (!readsProgress(asked.person, found)) return [];
  return (await asked.door('progress', { params: { reference: found.reference } })).weeks;
}

const choice = (name: string, title: string, titles: Readonly<Record<string, string>>): FormField => ({
  ...{ kind: 'choice', name, title },
  options: codesOf(titles).map((value) => ({ value, title: titles[value] ?? value })),
});

const fields: readonly FormField[] = [
  choice('progress', 'How far has the student come?', progressTitles),
  {
    kind: 'words',
    name: 'progressWords',
    title: 'What they have done or learned',
    hint: 'Needed where they are behind',
    optional: true,
  },
  choice('behaviour', 'How was their behaviour?', behaviourTitles),
  {
    kind: 'words',
    name: 'behaviourWords',
    title: 'What went well or badly',
    hint: 'Needed where they are unsettled',
    optional: true,
  },
];

const progressOfWeek = page({
  path: '/cases/{reference}/progress/{week}',
  name: 'noteProgress',
  who: 'signed-in',
  show: async (asked) => {
    const { reference = '', week = '' } = asked.params;
    const { note } = await weekToWrite(asked);
    const found = await asked.door('case', { params: { reference } });
    return {
      title: `Progress and behaviour in the week of ${isIsoDate(week) ? formatDay(week) : week}`,
      caption: captionOf(found),
      about: reference,
      back: { href: progressPath(reference), text: 'Progress and behaviour' },
      main: html`${inset('The home school and CAP read this. What is a safeguarding concern belongs on CPOMS, not here.')}
      ${asked.form(
        { button: 'Save', read: note?.version ?? 0 },
        showFields(fields, asked.again ?? { ...untouched, posted: note ? asTyped(fields, { ...note }) : {} }),
      )}`,
    };
  },
  take: async (asked, { posted, headers }) => {
    const { reference = '', week = '' } = asked.params;
    const body = readOrRefuse(fields, posted);
    await asked.door('noteProgress', { params: { reference, week }, headers, body });
    return { to: progressPath(reference), said: 'saved' };
  },
});

/** @throws HttpProblem when it is not this person's to write, or not now */
async function weekToWrite(asked: Asked): Promise<Week> {
  const { reference = '', week = '' } = asked.params;
  const { weeks, writes } = await asked.door('progress', { params: { reference } });
  if (!writes) throw new HttpProblem('not-allowed', 'Progress and behaviour are noted by the host of the placement.');
  const found = weeks.find((each) => each.week === week && each.writes);
  if (found) return found;
  throw new HttpProblem(
    'not-editable',
    'The host notes the school weeks of the placement so far, and for five working days after its end; CAP puts right what is written.',
  );
}

export const progressPages: readonly Page[] = [progressPage, progressOfWeek];
