// What doors answer, by their names, as far as pages ask them: a page cannot misspell a door, nor expect what it does not give.
import type { z } from 'zod';
import type { recorded } from '../api/doors/commands';
import type { listOfCourses } from '../api/doors/directory';
import type { FileToSend } from '../api/door';
import type { file, listOfFiles } from '../api/doors/files';
import type { listOfPlaces, listOfProgrammes, listOfProviders, listOfSchools, listOfSignposts } from '../api/doors/programmes';
import type { listOfPeople } from '../api/doors/people';
import type { ended, listOfSessions } from '../api/doors/sessions';
import type { pageOfCases, pageOfTasks } from '../api/doors/cases';
import type { CaseView } from '../api/views/case';
import type { PersonCommandKind } from '../domain/commands';

type Of<S extends z.ZodType> = z.output<S>;

export interface Answers extends Record<PersonCommandKind, Of<typeof recorded>> {
  readonly case: CaseView;
  readonly cases: Of<typeof pageOfCases>;
  readonly searchCases: Of<typeof pageOfCases>;
  readonly files: Of<typeof listOfFiles>;
  readonly addFile: Of<typeof file>;
  readonly file: FileToSend;
  readonly removeFile: { readonly id: string };
  readonly worklist: Of<typeof pageOfTasks>;
  readonly people: Of<typeof listOfPeople>;
  readonly sessions: Of<typeof listOfSessions>;
  readonly endSession: Of<typeof ended>;
  readonly endOtherSessions: Of<typeof ended>;
  readonly endSessionsOfPerson: Of<typeof ended>;
  readonly programmes: Of<typeof listOfProgrammes>;
  readonly schools: Of<typeof listOfSchools>;
  readonly providers: Of<typeof listOfProviders>;
  readonly courses: Of<typeof listOfCourses>;
  readonly signposts: Of<typeof listOfSignposts>;
  readonly places: Of<typeof listOfPlaces>;
  readonly colleagues: {
    readonly programmes: Of<typeof listOfProgrammes>;
    readonly schools: Of<typeof listOfSchools>;
    readonly providers: Of<typeof listOfProviders>;
    readonly courses: Of<typeof listOfCourses>;
    readonly signposts: Of<typeof listOfSignposts>;
    readonly places: Of<typeof listOfPlaces>;
    readonly colleagues: readonly { readonly party: string; readonly person: string; readonly name: string }[];
  };
}

export type DoorName = keyof Answers;
