// Every page of the service, by what it is about.
import type { Page } from './page';
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
import { commandPages } from './pages/command';
import { checks, recordCheck } from './pages/checks';
import { addCourse, changeCourse, courses, directoryFile, importCourses, placesPage, removeCourse } from './pages/courses';
import { home } from './pages/home';
import { attendancePage, morningPage, registerOfDay, registers } from './pages/registers';

export const allPages: readonly Page[] = [
  ...[home, cases, casePage, ...commandPages],
  ...[courses, addCourse, changeCourse, removeCourse, importCourses, directoryFile, placesPage, checks, recordCheck],
  ...[calendar, enterCycle, changeCycle, removeCycle, planMeeting, moveMeeting, cancelMeeting, importCalendar],
  ...[addClosure, removeClosure, changeHalfTerm, removeHalfTerm],
  ...[registers, morningPage, registerOfDay, attendancePage],
];
