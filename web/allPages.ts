// Every page of the service, by what it is about.
import type { Page } from './page';
import { aboutPages } from './pages/about';
import { accessPages } from './pages/access';
import { casePage } from './pages/case';
import { cases } from './pages/cases';
import { commandPages } from './pages/command';
import { exportPages } from './pages/exports';
import { home } from './pages/home';
import { numbersPage } from './pages/numbers';
import { opsPage } from './pages/ops';
import { organisationPages } from './pages/organisations';
import { peoplePages } from './pages/people';
import { retentionPages } from './pages/retention';
import { youPage } from './pages/you';

export const allPages: readonly Page[] = [
  ...[home, cases, casePage, ...commandPages],
  ...[...organisationPages, ...peoplePages, numbersPage, ...exportPages, ...retentionPages, ...accessPages, opsPage],
  ...[youPage, ...aboutPages],
];
