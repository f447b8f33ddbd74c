// Every page of the service, by what it is about.
import type { Page } from './page';
import { casePage } from './pages/case';
import { cases } from './pages/cases';
import { commandPages } from './pages/command';
import { home } from './pages/home';
import { meetingPage, minutesPage } from './pages/meeting';
import { meetingCommandPages } from './pages/meetingCommands';
import { meetings } from './pages/meetings';
import { absencesPage, panels, quorumPage, seatPage } from './pages/panels';
import { packPage, packsPage } from './pages/packs';
import { tablePage } from './pages/table';

const ofMeetings = [
  meetings,
  meetingPage,
  minutesPage,
  tablePage,
  ...meetingCommandPages,
  panels,
  seatPage,
  quorumPage,
  absencesPage,
  packPage,
  packsPage,
];

export const allPages: readonly Page[] = [home, cases, casePage, ...commandPages, ...ofMeetings];
