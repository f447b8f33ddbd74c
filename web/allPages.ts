// Every page of the service, by what it is about.
import type { Page } from './page';
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
import { commandPages } from './pages/command';
import { colleagues } from './pages/colleagues';
import { file, files, removeFile } from './pages/files';
import { home } from './pages/home';
import { meetingPage, minutesPage } from './pages/meeting';
import { meetingCommandPages } from './pages/meetingCommands';
import { meetings } from './pages/meetings';
import { absencesPage, panels, quorumPage, seatPage } from './pages/panels';
import { packPage, packsPage } from './pages/packs';
import { tablePage } from './pages/table';

import { signIns, signOutPerson } from './pages/signIns';
import { importStudents } from './pages/roll';
import { addStudent, editStudent, student, students } from './pages/students';

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
  signOutPerson,
  ...ofMeetings,
];
