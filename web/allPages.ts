// Every page of the service, by what it is about.
import type { Page } from './page';
import { casePage } from './pages/case';
import { cases } from './pages/cases';
import { commandPages } from './pages/command';
import { home } from './pages/home';
import { attendancePage, morningPage, registerOfDay, registers } from './pages/registers';

export const allPages: readonly Page[] = [
  ...[home, cases, casePage, ...commandPages],
  ...[registers, morningPage, registerOfDay, attendancePage],
];
