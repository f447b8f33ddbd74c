// The meetings of the panels: which come next and how soon, and those that are over.
import { addDays, formatDay, lastDayOfAgenda, londonDay } from '../../domain/calendar';
import { can } from '../../domain/permissions';
import { roleOf, type Party } from '../../domain/words';
import type { Person } from '../../records/types';
import type { Answers } from '../answers';
import { shortDay } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked } from '../page';
import { details, link, list, paragraph, sentence, table } from '../parts';

type Meeting = Answers['meetings']['meetings'][number];

/** As far back as past meetings are listed. */
const twoYears = 731;

export const meetings = page({
  path: '/meetings',
  name: 'meetings',
  who: (person) => can(person, 'see-calendar'),
  menu: { title: 'Meetings', order: 50 },
  show: async (asked) => {
    const past = asked.query['past'] === 'yes';
    const today = londonDay(asked.now);
    const found = await asked.door('meetings', { query: past ? { from: addDays(today, -twoYears) } : {} });
    const rows = past ? found.meetings.filter(({ day }) => day < today).toReversed() : found.meetings;
    return {
      title: past ? 'Past meetings' : 'Panel meetings',
      ...(past ? { back: { href: '/meetings', text: 'Panel meetings' } } : {}),
      wide: true,
      main: past
        ? pastOnes(rows, asked.person)
        : html`<div data-live="meetings">${coming(rows, asked.person)}</div>
            ${list([
              link('/meetings?past=yes', 'Past meetings'),
              link('/panels', 'Who sits on the panels'),
              link('/absences', 'Out of office'),
            ])}`,
    };
  },
});

/** The meetings of the next cycles stand on the page, the later ones behind them. */
const soon = 9;

function coming(rows: readonly Meeting[], person: Person): Html {
  const ofTheirs = nextOf(person, rows);
  const next = ofTheirs ?? rows[0];
  const later = rows.slice(soon);
  return html`${next === undefined ? '' : paragraph(howSoon(ofTheirs ? 'Your next meeting' : 'The next meeting', next))}
  ${listOf(person, 'Meetings to come', rows.slice(0, soon), 'No meeting is planned. CAP plans them with the panel cycles of the calendar.')}
  ${later.length === 0 ? '' : details('Later meetings', listOf(person, 'Later meetings', later, ''))}`;
}

/** The next meeting of a panel that somebody leads or sits on. */
function nextOf({ parties }: Person, rows: readonly Meeting[]): Meeting | undefined {
  return rows.find(({ panel }) => isOfPanel(parties, panel));
}

const isOfPanel = (parties: readonly Party[], panel: Meeting['panel']): boolean =>
  parties.includes(`panel:${panel}`) || parties.includes(`member:${panel}`);

export const seesEveryCase = (parties: readonly Party[]): boolean => parties.includes('cap') || parties.includes('audit');

/** @returns the next meeting of whoever leads a panel or sits on one, for the page on which they begin; null for everybody else */
export async function yourNextMeeting(asked: Asked): Promise<Html | null> {
  const sits = asked.person.parties.some((party) => roleOf(party) === 'panel');
  const next = sits ? nextOf(asked.person, (await asked.door('meetings')).meetings) : undefined;
  if (next === undefined) return null;
  return paragraph(html`${howSoon('Your next meeting', next)} ${seatOf(next)} ${leftOf(next)}`);
}

/** In which seat they sit there, as far as seats are held at all: a deputy is given one, and who is out of office gives theirs on (A19). */
function seatOf({ yourSeat, seated }: Meeting): string {
  if (yourSeat !== null) return `You sit there as: ${yourSeat}.`;
  return seated ? 'You sit in no seat at it.' : '';
}

function leftOf({ agenda, decided }: Meeting): string {
  if (agenda === 0) return decided === 0 ? 'No case is on its agenda yet.' : 'No case on its agenda is left for you to see to.';
  return agenda === 1 ? '1 case to decide.' : `${agenda} cases to decide.`;
}

const howSoon = (which: string, next: Meeting): Html =>
  html`${which} is ${inWords(next.workingDays)}: ${link(`/meetings/${next.id}`, `${next.title}, ${formatDay(next.day)}`)}.`;

function listOf(person: Person, caption: string, rows: readonly Meeting[], empty: string): Html {
  return table(
    caption,
    [{ title: 'Meeting' }, { title: 'Day' }, { title: 'When' }, { title: 'Agenda' }, { title: 'Cases' }],
    rows.map((each) => [
      meetingLink(each),
      shortDay(each.day),
      sentence(inWords(each.workingDays)),
      agendaOf(each),
      casesOf(each, person),
    ]),
    empty,
  );
}

function pastOnes(rows: readonly Meeting[], person: Person): Html {
  return table(
    'The last one first',
    [{ title: 'Meeting' }, { title: 'Day' }, { title: 'Cases' }],
    rows.map((each) => [meetingLink(each), shortDay(each.day), casesOf(each, person)]),
    'No meeting has been held yet.',
  );
}

const meetingLink = ({ id, title, day }: Meeting): Html => link(`/meetings/${id}`, title, `on ${formatDay(day)}`);

/** How soon a day is that so many working days lie before; null: it is over. */
export function inWords(workingDays: number | null): string {
  if (workingDays === null) return 'over';
  if (workingDays === 0) return 'today';
  if (workingDays === 1) return 'on the next working day';
  return workingDays <= 20 ? `in ${workingDays} working days` : `in about ${Math.round(workingDays / 5)} weeks`;
}

/** When the agenda closes, or that it has. */
export function agendaOf({
  deadline,
  day,
  workingDaysToDeadline,
}: Pick<Meeting, 'deadline' | 'day' | 'workingDaysToDeadline'>): string {
  const last = lastDayOfAgenda(deadline, day);
  if (workingDaysToDeadline === null) return `Closed since ${shortDay(last)}`;
  const when = workingDaysToDeadline === 0 ? 'today' : `${shortDay(last)}, ${inWords(workingDaysToDeadline)}`;
  return `Closes at the end of ${when}`;
}

/** How many cases there are; for whoever neither is of the panel nor sees every case, how many of them are theirs to see. */
function casesOf({ panel, agenda, decided }: Meeting, { parties }: Person): string {
  const knowsAll = isOfPanel(parties, panel) || seesEveryCase(parties);
  const many = [...(agenda === 0 ? [] : [`${agenda} to decide`]), ...(decided === 0 ? [] : [`${decided} decided`])].join(', ');
  return `${many === '' ? 'None' : many}${knowsAll ? '' : ' that you may see'}`;
}
