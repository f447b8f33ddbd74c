// What waits for whoever is signed in, what is due first in front; for CAP also what is overdue with others.
import { londonDay } from '../../domain/calendar';
import { shortDay } from '../dates';
import { can } from '../../domain/permissions';
import { openAccountRequests } from './accountRequests';
import { namesOf } from './parties';
import { html, type Html } from '../html';
import { page, type Asked } from '../page';
import { badge, caseLink, inset, nextPage, sentence, table } from '../parts';
import type { Answers } from '../answers';

export const home = page({
  path: '/',
  name: 'home',
  who: 'signed-in',
  menu: { title: 'To do', order: 10 },
  show: async (asked) => {
    const mine = await asked.door('worklist', { query: { limit: '50', ...cursorOf(asked, 'cursor') } });
    const others = can(asked.person, 'see-overdue').allowed
      ? await asked.door('worklist', { query: { of: 'others', limit: '25' } })
      : null;
    const accounts = asked.may('acceptAccountRequest')
      ? openAccountRequests((await asked.door('accountRequests')).requests, await namesOf(asked))
      : '';
    return {
      title: 'What waits for you',
      wide: true,
      main: html`<div data-live="mine">
          ${tasks('Waiting for you, what is due first in front', mine.tasks, 'Nothing waits for you.')}
          ${nextPage(mine.next && `/?cursor=${encodeURIComponent(mine.next)}`)}
        </div>
        ${accounts}
        ${
          others === null
            ? ''
            : html`<div data-live="others">
                ${tasks('Overdue with others', others.tasks, 'Nothing is overdue with others.')}
                ${others.next === null ? null : inset('There is more: this list shows what is overdue longest.')}
              </div>`
        }`,
    };
  },
});

export function cursorOf({ query }: Asked, name: string): Record<string, string> {
  const cursor = query[name];
  return cursor === undefined ? {} : { cursor };
}

type Tasks = Answers['worklist']['tasks'];

function tasks(caption: string, rows: Tasks, empty: string): Html {
  const columns = [
    { title: 'What' },
    { title: 'Case' },
    { title: 'Student' },
    { title: 'Programme' },
    { title: 'School' },
    { title: 'Due' },
  ];
  return table(
    caption,
    columns,
    rows.map((task) => [
      sentence(task.wait.title),
      caseLink(task.reference),
      task.student,
      task.programme.title,
      task.schoolName,
      html`${shortDay(londonDay(task.wait.due))} ${task.overdue ? badge('Overdue', 'late') : ''}`,
    ]),
    empty,
  );
}
