// Every page of the service, by what it is about.
import type { Page } from './page';
import { aboutPages } from './pages/about';
import { accessPages } from './pages/access';
import { administration } from './pages/administration';
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
import {
  addClosure,
  calendar,
  cancelMeeting,
  changeCycle,
  changeHalfTerm,
  enterCycle,
  moveMeeting,
  planMeeting,
  removeClosure,
  removeCycle,
  removeHalfTerm,
} from './pages/calendar';
import { importCalendar } from './pages/calendarTable';
import { casePage } from './pages/case';
import { cases } from './pages/cases';
import { checks, recordCheck } from './pages/checks';
import { colleagues } from './pages/colleagues';
import { commandPages } from './pages/command';
import { addCourse, changeCourse, courses, directoryFile, importCourses, placesPage, removeCourse } from './pages/courses';
import { exportPages } from './pages/exports';
import { file, files, removeFile } from './pages/files';
import { home } from './pages/home';
import { meetingPage, minutesPage } from './pages/meeting';
import { meetingCommandPages } from './pages/meetingCommands';
import { meetings } from './pages/meetings';
import { numbersPage } from './pages/numbers';
import { opsPage } from './pages/ops';
import { organisationPages } from './pages/organisations';
import { packPage, packsPage } from './pages/packs';
import { absencesPage, panels, quorumPage, seatPage } from './pages/panels';
import { peoplePages } from './pages/people';
import { attendancePage, morningPage, registerOfDay, registers } from './pages/registers';
import { retentionPages } from './pages/retention';
import { importStudents } from './pages/roll';
import { signIns } from './pages/signIns';
import { addStudent, editStudent, student, students } from './pages/students';
import { tablePage } from './pages/table';
import { youPage } from './pages/you';

export const allPages: readonly Page[] = [
  ...[home],
  ...[cases],
  ...[casePage],
  ...[...commandPages],
  ...[applications, begin, beginProgramme],
  ...[application, checkAnswers, courseOfApplication, deleteApplication, question, resubmitPack, studentOfApplication, submitted],
  ...[addStudent, editStudent, student, students],
  ...[importStudents],
  ...[colleagues],
  ...[file, files, removeFile],
  ...[meetings],
  ...[meetingPage, minutesPage],
  ...[tablePage],
  ...[packPage, packsPage],
  ...[attendancePage, morningPage, registerOfDay, registers],
  ...[addCourse, changeCourse, courses, directoryFile, importCourses, placesPage, removeCourse],
  ...[checks, recordCheck],
  ...[
    addClosure,
    calendar,
    cancelMeeting,
    changeCycle,
    changeHalfTerm,
    enterCycle,
    moveMeeting,
    planMeeting,
    removeClosure,
    removeCycle,
    removeHalfTerm,
  ],
  ...[importCalendar],
  ...[...organisationPages],
  ...[...peoplePages],
  ...[numbersPage],
  ...[...exportPages],
  ...[...retentionPages],
  ...[...accessPages],
  ...[opsPage],
  ...[signIns],
  ...[youPage],
  ...[...aboutPages],
  ...[...meetingCommandPages],
  ...[absencesPage, panels, quorumPage, seatPage],
  ...[administration],
];
