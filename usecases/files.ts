// Files of an application and of its case (R41, R101): they are taken in, kept in quarantine until they are found clean, given out, and taken away.
import { applicantOf } from '../domain/applicant';
import type { Instant } from '../domain/calendar';
import {
  fileStateTitles,
  isWritten,
  kindsToAdd,
  largestFile,
  mostFiles,
  nameOfFile,
  nothingInIt,
  whyNotAdd,
  whyNotReplace,
  whyNotTakeAway,
  knownType,
  type FileKind,
  type FilesOf,
} from '../domain/files';
import {
  addFile,
  announceContent,
  findFiles,
  readQuarantine,
  takeFileAway,
  type FileRow,
  type Quarantine,
} from '../records/files';
import { readPerson } from '../records/people';
import type { Person } from '../records/types';
import { ScannerAway, type Bytes } from '../files/files';
import { mayNot } from './onBehalf';
import { alreadySubmitted, isRefused, keptByCap, wrongValues, type Refused } from './refused';
import type { Services } from './services';

/** The files of an application or a case that a person sees, and the kinds that they may add now. */
export interface Files {
  readonly files: readonly FileRow[];
  readonly mayAdd: readonly FileKind[];
}

/** @throws DatabaseAway */
export async function listFiles(services: Services, person: Person, reference: string): Promise<Files | Refused> {
  const found = await filesHere(services, person, reference);
  return isRefused(found) ? found : { files: found.files, mayAdd: kindsToAdd(person, found.of) };
}

/** What comes with a file: its name where it was, and its content, which is read only by who may add it. */
export interface Upload {
  readonly name: string;
  readonly content: Bytes;
}

export interface NewFile {
  readonly kind: FileKind;
  /** The id of the file whose place it takes; null for none. */
  readonly replaces: string | null;
}

/**
 * Takes a file in (R41, R101): its content goes encrypted into the store, its type is told by what is in it, and it is looked at. Where nobody can look, it
 * stays in quarantine and is looked at later. The same content of the same kind is the same file. It may take minutes to come in: whether it may be added is
 * asked before, and once more of whoever adds it as they are then.
 * @throws DatabaseAway, FilesAway; whatever the content throws
 */
export async function takeFileIn(
  services: Services,
  person: Person,
  reference: string,
  given: NewFile,
  upload: Upload,
): Promise<{ readonly file: FileRow; readonly isNew: boolean } | Refused> {
  const { database, files, now } = services;
  const before = await placeFor(services, person, reference, given);
  if (isRefused(before)) return before;
  const id = await announceContent(database, person, hoursLater(now(), 1));
  let isKept = false;
  try {
    const seen = await keepAndLook(services, reference, id, upload.content);
    if (isRefused(seen)) return seen;
    const still = await readPerson(database, person.person);
    if (!still) return notThere;
    const place = await placeFor(services, still, reference, given);
    if (isRefused(place)) return place;
    const file = { id, reference, ...given, name: nameOfFile(upload.name, seen.type), step: place.step, ...seen };
    const added = await addFile(database, still, file, now());
    if (added === 'full') return full;
    if (added === 'sent') return alreadySubmitted;
    if (added === 'held') return keptByCap;
    isKept = added.isNew;
    return added;
  } finally {
    // What cannot be deleted now is on the list of what is deleted later.
    if (!isKept) await files.remove(id).catch(() => undefined);
  }
}

/** @returns the step of the case to which a file would belong, null while the pack is written; or why the person may not add it now */
async function placeFor(
  services: Services,
  person: Person,
  reference: string,
  { kind, replaces }: NewFile,
): Promise<{ readonly step: number | null } | Refused> {
  const found = await filesHere(services, person, reference);
  if (isRefused(found)) return found;
  const refusal = whyNotAdd(person, kind, found.of);
  if (refusal) return refusal;
  const other = found.files.find(({ id }) => id === replaces) ?? null;
  const problem = replaces === null ? null : whyNotReplace(kind, other, found.files, found.of);
  if (problem) return wrongValues(problem);
  return { step: isWritten(found.of) ? null : (found.of.state?.step ?? null) };
}

/** @returns a file's content for whoever may see it, once it is found clean (R101). @throws DatabaseAway; the content FilesAway, ContentLost */
export async function readFile(
  services: Services,
  person: Person,
  reference: string,
  id: string,
): Promise<{ readonly file: FileRow; readonly content: Bytes } | Refused> {
  const found = await filesHere(services, person, reference);
  if (isRefused(found)) return found;
  const file = found.files.find((each) => each.id === id);
  if (!file) return noSuchFile;
  if (file.state !== 'clean') return { refused: 'in-quarantine', rule: 'R101', message: `${fileStateTitles[file.state]}.` };
  return { file, content: services.files.read(id) };
}

/** Takes a file away for good, unless a pack that was sent has it (A22). @throws DatabaseAway */
export async function removeFile(
  services: Services,
  person: Person,
  reference: string,
  id: string,
): Promise<{ readonly id: string } | Refused> {
  const found = await filesHere(services, person, reference);
  if (isRefused(found)) return found;
  const file = found.files.find((each) => each.id === id);
  if (!file) return noSuchFile;
  const refusal = whyNotTakeAway(person, file, found.of);
  if (refusal) return refusal;
  const gone = await takeFileAway(services.database, person, reference, file, services.now());
  return gone === 'held' ? keptByCap : gone ? { id } : noSuchFile;
}

/** @returns how many files nobody has looked at yet, for CAP to see what stays (R101). @throws DatabaseAway */
export async function filesInQuarantine({ database }: Services, person: Person): Promise<Quarantine | Refused> {
  return mayNot(person, 'see-overdue') ?? (await readQuarantine(database, person));
}

interface FilesHere {
  readonly files: readonly FileRow[];
  readonly of: FilesOf;
}

async function filesHere({ database }: Services, person: Person, reference: string): Promise<FilesHere | Refused> {
  const found = await findFiles(database, person, reference);
  const opener = found?.opener ?? (found?.state && applicantOf(found.state));
  return found && opener ? { files: found.files, of: { opener, state: found.state } } : notThere;
}

type Seen = Pick<FileRow, 'type' | 'size' | 'digest' | 'state'>;

async function keepAndLook({ files, log }: Services, reference: string, id: string, content: Bytes): Promise<Seen | Refused> {
  const kept = await files.keep(id, content, largestFile);
  if (kept === 'too-large') return tooLarge;
  if (kept.size === 0) return wrongValues(nothingInIt);
  const type = knownType(await files.typeOf(files.read(id)));
  if (typeof type !== 'string') return wrongValues(type);
  try {
    const state = await files.look(files.read(id));
    const seen = { ...kept, type, state };
    return state === 'clean' ? seen : wrongValues({ field: 'file', rule: 'R101', message: refusedBecause[state] });
  } catch (error) {
    if (!(error instanceof ScannerAway)) throw error;
    log.warn({ reference, fault: error.message }, 'Nobody could look at a file: it stays in quarantine');
    return { ...kept, type, state: 'quarantined' };
  }
}

const refusedBecause = {
  infected: 'Something harmful was found in it, and it was not kept: have the computer that it comes from looked at.',
  unreadable: 'It could not be looked into, for instance because of a password, and was not kept: send it without one.',
};

const hoursLater = (at: Instant, hours: number) => new Date(Date.parse(at) + hours * 60 * 60 * 1000).toISOString();

const notThere: Refused = {
  refused: 'not-found',
  message: 'There is no such application or case for you: look it up in your list.',
};
const noSuchFile: Refused = { refused: 'not-found', message: 'There is no such file for you: look it up in the list of files.' };
const tooLarge: Refused = {
  refused: 'too-large',
  rule: 'R101',
  message: 'A file has at most 25 MB: make it smaller, or send it in parts.',
};
const full: Refused = {
  refused: 'not-editable',
  rule: 'R101',
  message: `An application has at most ${mostFiles} files: take one away, or let this one take its place.`,
};
