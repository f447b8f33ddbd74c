// Every page of the service, by what it is about.
import type { Page } from './page';
import { aboutPages } from './pages/about';
import { accessPages } from './pages/access';
import { accountRequestPages } from './pages/accountRequests';
import { administration } from './pages/administration';
import { applicationFormPages } from './pages/application';
import { applicationPages } from './pages/applications';
import { calendarPages } from './pages/calendar';
import { importCalendar } from './pages/calendarTable';
import { casePage } from './pages/case';
import { cases } from './pages/cases';
import { checkPages } from './pages/checks';
import { colleaguePages } from './pages/colleagues';
import { commandPages } from './pages/command';
import { coursePages } from './pages/courses';
import { exclusionPages } from './pages/exclusions';
import { exportPages } from './pages/exports';
import { filePages } from './pages/files';
import { home } from './pages/home';
import { meetingPages } from './pages/meeting';
import { meetingCommandPages } from './pages/meetingCommands';
import { meetings } from './pages/meetings';
import { nightPages } from './pages/nights';
import { numbersPage } from './pages/numbers';
import { numbersBySchoolPage } from './pages/numbersBySchool';
import { caseWorkingsPage, opsPage } from './pages/ops';
import { organisationPages } from './pages/organisations';
import { packPages } from './pages/packs';
import { panelPages } from './pages/panels';
import { peoplePages } from './pages/people';
import { progressPages } from './pages/progress';
import { registerPages } from './pages/registers';
import { retentionPages } from './pages/retention';
import { importStudents } from './pages/roll';
import { safeguardingLeadPages } from './pages/safeguardingLeads';
import { sitePages } from './pages/sites';
import { signIns } from './pages/signIns';
import { studentPages } from './pages/students';
import { tablePage } from './pages/table';
import { youPage } from './pages/you';

export const allPages: readonly Page[] = [
  home,
  cases,
  casePage,
  ...commandPages,
  ...applicationPages,
  ...applicationFormPages,
  ...studentPages,
  ...exclusionPages,
  importStudents,
  ...colleaguePages,
  ...filePages,
  meetings,
  ...meetingPages,
  ...meetingCommandPages,
  tablePage,
  ...packPages,
  ...panelPages,
  ...registerPages,
  ...progressPages,
  ...coursePages,
  ...checkPages,
  ...calendarPages,
  importCalendar,
  ...organisationPages,
  ...safeguardingLeadPages,
  ...sitePages,
  ...peoplePages,
  ...accountRequestPages,
  numbersPage,
  numbersBySchoolPage,
  ...exportPages,
  ...retentionPages,
  ...accessPages,
  ...nightPages,
  opsPage,
  caseWorkingsPage,
  signIns,
  youPage,
  ...aboutPages,
  administration,
];
