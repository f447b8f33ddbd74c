// All that is held of one student (A14), for CAP to answer who asks for it: bounded by what one child can have, so it is read whole.
import type { Half, Mark } from '../domain/attendance';
import type { Instant, IsoDate } from '../domain/calendar';
import type { PackEntry } from '../domain/application';
import type { Actor } from '../domain/facts';
import type { FileKind, FileState } from '../domain/files';
import type { RetentionFacts } from '../domain/retention';
import type { ProgrammeCode } from '../domain/words';
import { readCase } from './cases';
import type { Database } from './database';
import type { Exclusion } from './exclusions';
import { holdsOf, type LegalHold } from './legalHolds';
import type { ProgressNote } from './progress';
import { readStudent, type StudentGiven } from './students';
import type { CaseRecord, StudentRow } from './types';

/** A change of a row, with who made it. */
export interface Change<Said> {
  readonly at: Instant;
  readonly person: string;
  readonly before: Said | null;
  readonly after: Said;
}

export interface SubjectCase {
  readonly record: CaseRecord;
  readonly facts: RetentionFacts;
  /** Every pack as it was sent. */
  readonly packs: readonly { readonly step: number; readonly submitted: Instant; readonly pack: readonly PackEntry[] }[];
  readonly marks: readonly { readonly day: IsoDate; readonly half: Half; readonly mark: Mark; readonly markedBy: string }[];
  /** What its host noted of a week. */
  readonly progress: readonly Omit<ProgressNote, 'version' | 'writtenByName'>[];
  /** Marks and notes that were changed: `mark CAP-… 2024-12-02 am`, `progress CAP-… 2024-12-02`. */
  readonly corrections: readonly ({ readonly what: string } & Change<Readonly<Record<string, string>>>)[];
}

export interface SubjectDraft {
  readonly reference: string;
  readonly programme: ProgrammeCode;
  readonly begun: Instant;
  readonly begunBy: string;
  readonly saved: Instant;
  readonly submitted: boolean;
  readonly answers: Readonly<Record<string, string | boolean>>;
  /** What was uploaded for it and for its case; their content is read file by file. */
  readonly files: readonly SubjectFile[];
}

export interface SubjectFile {
  readonly id: string;
  readonly kind: FileKind;
  readonly name: string;
  readonly added: Instant;
  readonly addedBy: string;
  readonly state: FileState;
}

/** Who read something of the student: a case by its reference, the row of the student by its code. */
export interface SubjectRead {
  readonly reference: string;
  readonly person: string;
  readonly action: string;
  readonly count: number;
  readonly first: Instant;
  readonly last: Instant;
}

export interface Subject {
  readonly student: StudentRow;
  readonly facts: RetentionFacts;
  readonly changes: readonly Change<StudentGiven>[];
  readonly holds: readonly LegalHold[];
  readonly exclusions: readonly Omit<Exclusion, 'recordedByName'>[];
  /** Exclusions that were corrected or removed: `exclusion STU-… 2024-12-02`. */
  readonly exclusionEdits: readonly ({ readonly what: string } & Change<Readonly<Record<string, unknown>> | null>)[];
  readonly cases: readonly SubjectCase[];
  readonly drafts: readonly SubjectDraft[];
  readonly reads: readonly SubjectRead[];
}

/** @returns all that is held of a student; null when the actor sees no such student. For CAP: others are shown less. @throws DatabaseAway */
export async function readSubject(db: Database, actor: Actor, code: string): Promise<Subject | null> {
  const student = await readStudent(db, actor, code);
  if (!student) return null;
  const found = await db.asActor(actor, async (connection) => {
    const cases = await connection.$queryRaw<({ reference: string } & Omit<SubjectCase, 'record'>)[]>`
      SELECT reference, retention_of_case(cases, students) AS facts,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('step', sent.step, 'submitted', instant(sent.submitted), 'pack', pack) ORDER BY sent.step), '[]')
          FROM applications sent WHERE sent.reference = cases.reference) AS packs,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('day', day, 'half', half, 'mark', mark, 'markedBy', marked_by) ORDER BY day, half), '[]')
          FROM attendance_marks marks WHERE marks.reference = cases.reference) AS marks,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('week', week, 'progress', progress, 'progressWords', progress_words, 'behaviour', behaviour,
          'behaviourWords', behaviour_words, 'written', instant(written), 'writtenBy', written_by) ORDER BY week), '[]')
          FROM progress_notes notes WHERE notes.reference = cases.reference) AS progress,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('what', what, 'at', instant(at), 'person', person, 'before', before, 'after', after) ORDER BY id), '[]')
          FROM edits WHERE what LIKE 'mark ' || cases.reference || ' %' OR what LIKE 'progress ' || cases.reference || ' %') AS corrections
      FROM cases JOIN students ON students.code = cases.student WHERE cases.student = ${code} ORDER BY submitted, reference`;
    const [row] = await connection.$queryRaw<{ facts: RetentionFacts }[]>`
      SELECT retention_of_student(students) AS facts FROM students WHERE code = ${code}`;
    if (!row) return null;
    const changes = await connection.$queryRaw<Change<StudentGiven>[]>`
      SELECT instant(at) AS at, person, before, after FROM student_edits WHERE student = ${code} ORDER BY version`;
    const [exclusions] = await connection.$queryRaw<Pick<Subject, 'exclusions' | 'exclusionEdits'>[]>`
      SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('day', day, 'kind', kind, 'sessions', sessions, 'reason', reason, 'version', version,
          'recorded', instant(recorded), 'recordedBy', recorded_by) ORDER BY day), '[]') FROM exclusions WHERE student = ${code}) AS exclusions,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('what', what, 'at', instant(at), 'person', person, 'before', before, 'after', after) ORDER BY id), '[]')
          FROM edits WHERE what LIKE 'exclusion ' || ${code} || ' %') AS "exclusionEdits"`;
    const references = cases.map(({ reference }) => reference);
    const drafts = await connection.$queryRaw<SubjectDraft[]>`
      SELECT reference, programme, instant(begun) AS begun, begun_by AS "begunBy", instant(saved) AS saved, submitted, answers,
        files_for_cap(reference) AS files
      FROM drafts_of_student(${code}) ORDER BY begun, reference`;
    const reads = await connection.$queryRaw<SubjectRead[]>`
      SELECT reference, person, action, count, instant(first) AS first, instant(last) AS last FROM reads_of(${[...references, code]}::text[])`;
    return {
      cases,
      facts: row.facts,
      changes,
      drafts,
      reads,
      ...(exclusions ?? { exclusions: [], exclusionEdits: [] }),
      holds: await holdsOf(connection, code, references),
    };
  });
  if (!found) return null;
  const { cases, ...rest } = found;
  const records = await Promise.all(
    cases.map(async ({ reference, ...each }) => {
      const record = await readCase(db, actor, reference);
      return record ? [{ ...each, record }] : [];
    }),
  );
  return { student, ...rest, cases: records.flat() };
}
