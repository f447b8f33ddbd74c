// Every page of the service, by what it is about.
import type { Page } from './page';
import { aboutPages } from './pages/about';
import { accessPages } from './pages/access';
import {
  application,
  checkAnswers,
  courseOfApplication,
  deleteApplication,
  question,
  resubmitPack,
  studentOfApplication,
  submitted,
} from './pages/application';
import { applications, begin, beginProgramme } from './pages/applications';
import { casePage } from './pages/case';
import { cases } from './pages/cases';
import { colleagues } from './pages/colleagues';
import { commandPages } from './pages/command';
import { exportPages } from './pages/exports';
import { file, files, removeFile } from './pages/files';
import { home } from './pages/home';
import { numbersPage } from './pages/numbers';
import { opsPage } from './pages/ops';
import { organisationPages } from './pages/organisations';
import { peoplePages } from './pages/people';
import { retentionPages } from './pages/retention';
import { importStudents } from './pages/roll';
import { signIns } from './pages/signIns';
import { addStudent, editStudent, student, students } from './pages/students';
import { youPage } from './pages/you';

export const allPages: readonly Page[] = [
  home,
  cases,
  casePage,
  ...commandPages,
  applications,
  begin,
  beginProgramme,
  application,
  studentOfApplication,
  courseOfApplication,
  question,
  checkAnswers,
  submitted,
  deleteApplication,
  resubmitPack,
  students,
  student,
  addStudent,
  editStudent,
  importStudents,
  colleagues,
  files,
  file,
  removeFile,
  signIns,

  ...[...organisationPages, ...peoplePages, numbersPage, ...exportPages, ...retentionPages, ...accessPages, opsPage],
  ...[youPage, ...aboutPages],
];
