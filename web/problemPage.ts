// What is shown where a page cannot be: what is the matter, and what to do.
import { problemKinds, type HttpProblem } from '../api/problems';
import { html } from './html';
import type { Shown } from './page';
import { link, list, paragraph } from './parts';

export function problemPage(problem: HttpProblem): Shown {
  const {
    kind,
    message,
    more: { errors = [] },
  } = problem;
  if (kind === 'not-found') {
    return {
      title: 'Page not found',
      main: html`${paragraph('If you typed the address, check that it is right. If you followed a link in an e-mail, what it leads to may not be for you to see any more.')}
      ${paragraph(link('/', 'Go to what waits for you'))}`,
    };
  }
  return {
    title: problemKinds[kind].title,
    main: html`${errors.length === 0 ? paragraph(message) : list(errors.map((error) => error.message))}
    ${paragraph(link('/', 'Go to what waits for you'))}`,
  };
}
