// What waits for whoever is signed in, what is due first in front, after the next meeting of whoever has one; for CAP also what is overdue with others.
import { londonDay } from '../../domain/calendar';
import { shortDay } from '../dates';
import { can } from '../../domain/permissions';
import { isSecondPerson } from '../../domain/personRequests';
import { partyInWords, roleOf } from '../../domain/words';
import { openAccountRequests } from './accountRequests';
import { alarmsBanner } from './nights';
import { yourNextMeeting } from './meetings';
import { namesOf } from './parties';
import { nothingOpen } from './you';
import { html, type Html } from '../html';
import { page, type Asked } from '../page';
import { badge, caseLink, inset, link, nextPage, sentence, table } from '../parts';
import type { Answers } from '../answers';

export const home = page({
  path: '/',
  name: 'home',
  who: 'signed-in',
  menu: { title: 'To do', order: 10 },
  show: async (asked) => {
    const named = asked.query['of'] === 'named';
    const of = named ? { of: 'named' } : {};
    const hasRole = asked.person.parties.length > 0;
    // Together, so that the page waits for the slowest alone.
    const [mine, others, accounts, { open }, requests, meeting] = await Promise.all([
      asked.door('worklist', { query: { limit: '50', ...of, ...cursorOf(asked, 'cursor') } }),
      !named && can(asked.person, 'see-overdue').allowed
        ? asked.door('worklist', { query: { of: 'others', limit: '25' } })
        : null,
      !named && asked.may('acceptAccountRequest') ? accountsAsked(asked) : null,
      !named && asked.may('alarms') ? asked.door('alarms') : { open: 0 },
      !named && asked.may('settlePersonRequest') ? asked.door('personRequests') : null,
      named || !hasRole ? null : yourNextMeeting(asked),
    ]);
    if (!hasRole) return { title: 'What waits for you', main: nothingOpen() };
    return {
      title: 'What waits for you',
      wide: true,
      main: html`${alarmsBanner(open)} ${meeting === null ? null : html`<div data-live="meeting">${meeting}</div>`}
        ${mayBeNamed(asked) ? whose(named) : null}
        <div data-live="mine">
          ${tasks(
            named ? 'In cases that name you, what is due first in front' : 'Waiting for you, what is due first in front',
            mine.tasks,
            named ? 'Nothing waits in a case that names you.' : 'Nothing waits for you.',
          )}
          ${nextPage(mine.next && `/?${named ? 'of=named&' : ''}cursor=${encodeURIComponent(mine.next)}`)}
        </div>
        ${accounts} ${requests && toGive(asked, requests)}
        ${
          others === null
            ? ''
            : html`<div data-live="others">
                ${tasks('Overdue with others', others.tasks, 'Nothing is overdue with others.', true)}
                ${others.next === null ? null : inset('There is more: this list shows what is overdue longest.')}
              </div>`
        }`,
    };
  },
});

/** How many grants and ways to sign in wait for this person as the second (A21). */
function toGive({ person }: Asked, { requests }: Answers['personRequests']): Html | string {
  const count = requests.filter((request) => isSecondPerson(person, request)).length;
  if (count === 0) return '';
  const wait = count === 1 ? 'One grant or way to sign in waits' : `${String(count)} grants or ways to sign in wait`;
  return inset(html`${wait} for a second person: ${link('/people', 'give or turn down under People')}.`);
}

/** A case names somebody of its school as case-worker (R43), and somebody of CAP as monitoring officer (R96). */
export const mayBeNamed = ({ person }: Asked): boolean =>
  person.parties.some((party) => party === 'cap' || roleOf(party) === 'school');

/** All that waits for the person's party, or what is theirs by name. */
function whose(named: boolean): Html {
  return html`<p class="govuk-body">
    ${named ? html`<a class="govuk-link" href="/">All that waits for you</a>` : html`<a class="govuk-link" href="/?of=named">Only cases that name you</a>`}
  </p>`;
}

export function cursorOf({ query }: Asked, name: string): Record<string, string> {
  const cursor = query[name];
  return cursor === undefined ? {} : { cursor };
}

type Tasks = Answers['worklist']['tasks'];

/** @param ofOthers it says from whom each is waited for */
function tasks(caption: string, rows: Tasks, empty: string, ofOthers = false): Html {
  const columns = [
    { title: 'What' },
    ...(ofOthers ? [{ title: 'From' }] : []),
    { title: 'Case' },
    ...['Student', 'Programme', 'School'].map((title) => ({ title, plain: true }) as const),
    { title: 'Due' },
  ];
  return table(
    caption,
    columns,
    rows.map((task) => [
      sentence(task.wait.title),
      ...(ofOthers ? [sentence(partyInWords(task.wait.party, task))] : []),
      caseLink(task.reference),
      task.student,
      task.programme.title,
      task.schoolName,
      html`${shortDay(londonDay(task.wait.due))} ${task.overdue ? badge('Overdue', 'late') : ''}`,
    ]),
    empty,
  );
}

/** What organisations ask about accounts, where something of it is open. */
async function accountsAsked(asked: Asked): Promise<Html> {
  const [{ requests }, names] = await Promise.all([asked.door('accountRequests'), namesOf(asked)]);
  return openAccountRequests(requests, names);
}
