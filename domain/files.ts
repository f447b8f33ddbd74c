// Files of an application and of its case: which kinds there are, what they may be, who may add, take away and read them (R41, R70, R101, A22).
import type { Problem } from './commands';
import type { EmailToWrite } from './emails';
import type { Actor } from './facts';
import { hostOf } from './host';
import { refuse } from './refusal';
import { isCorrectable } from './stages/packCheck';
import type { CaseState, Refusal } from './state';
import type { Host, Party } from './words';

/** Kinds of files. A report comes during a placement; every other kind is of the pack. */
export const fileKinds = ['risk-assessment', 'commissioning-agreement', 'supporting-document', 'report'] as const;
export type FileKind = (typeof fileKinds)[number];

export const fileKindTitles: Record<FileKind, string> = {
  'risk-assessment': "Risk assessment: CAP's template, or the school's own",
  'commissioning-agreement': 'Commissioning Agreement',
  'supporting-document': 'Supporting document',
  report: 'Report or plan of a placement',
};

interface FileType {
  readonly title: string;
  /** The endings of names that suit it, the usual one first. */
  readonly endings: readonly [string, ...string[]];
}

/** What a file may be, by its content, whatever its name says. Nothing among it runs by itself. */
const types: Readonly<Record<string, FileType>> = {
  'application/pdf': { title: 'PDF', endings: ['pdf'] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { title: 'Word (.docx)', endings: ['docx'] },
  'application/vnd.oasis.opendocument.text': { title: 'OpenDocument (.odt)', endings: ['odt'] },
  'image/jpeg': { title: 'JPEG', endings: ['jpg', 'jpeg'] },
  'image/png': { title: 'PNG', endings: ['png'] },
  'image/heic': { title: 'HEIC', endings: ['heic', 'heif'] },
};

export const fileTypes: readonly string[] = Object.keys(types);

/** In bytes: 25 MB. */
export const largestFile = 25 * 1024 * 1024;
/** How many files an application and its case have at most; what another has replaced does not count. */
export const mostFiles = 20;
const longestName = 200;

/**
 * `quarantined`: not looked at yet. `clean`: it can be read. `infected`: something harmful was found. `unreadable`: it could not be looked into, for
 * instance because of a password. Only `clean` is ever given out; of the last two the content is deleted.
 */
export const fileStates = ['quarantined', 'clean', 'infected', 'unreadable'] as const;
export type FileState = (typeof fileStates)[number];

export const fileStateTitles: Record<FileState, string> = {
  quarantined: 'Not looked at yet: it cannot be opened until it is found clean',
  clean: 'Found clean',
  infected: 'Something harmful was found in it: it is deleted, and another must take its place',
  unreadable: 'It could not be looked into, for instance because of a password: it is deleted, and another must take its place',
};

/** A file as rules know it. */
export interface FileFacts {
  readonly id: string;
  readonly kind: FileKind;
  readonly name: string;
  /** SHA-256 of its content, in hex. */
  readonly digest: string;
  readonly state: FileState;
  readonly addedBy: string;
  /** The step of the case since which it belongs to it; null while it was never sent. */
  readonly step: number | null;
  /** The file whose place it takes once the pack is sent. */
  readonly replaces: string | null;
  /** The step at which another took its place; null while it stands. */
  readonly replaced: number | null;
}

/** An application, or the case that it became, as far as its files depend on it. */
export interface FilesOf {
  /** Whose application it is. */
  readonly opener: Party;
  /** Null while it is a draft. */
  readonly state: CaseState | null;
}

/**
 * @returns the kinds that an actor may add now: of the pack, who applies, while it is a draft, returned (A22), or a panel waits for information; a
 *   report, CAP and the host during a placement
 */
export function kindsToAdd(actor: Actor, of: FilesOf): FileKind[] {
  return fileKinds.filter((kind) => whyNotAdd(actor, kind, of) === null);
}

/** Why an actor may not add a file of a kind; null when they may (R41, A22). */
export function whyNotAdd(actor: Actor, kind: FileKind, of: FilesOf): Refusal | null {
  return kind === 'report' ? whyNoReport(actor, of) : whyNotOfPack(actor, of);
}

function whyNoReport({ parties }: Actor, { state }: FilesOf): Refusal | null {
  if (state?.position.stage !== 'placement') return refuse('not-now', 'R101', 'A report is added during a placement.');
  const host = hostOf(state);
  return parties.includes('cap') || (host !== null && parties.includes(host))
    ? null
    : refuse('not-yours', 'R101', 'A report is added by who has the student, or by CAP.');
}

function whyNotOfPack({ parties }: Actor, of: FilesOf): Refusal | null {
  if (!parties.includes(of.opener)) {
    const message = 'Files of a pack are kept by who applies: the home school, or for Tier 4 the local authority.';
    return refuse('not-yours', 'R41', message);
  }
  return isWritten(of) || isAskedFor(of) ? null : refuse('not-now', 'A22', sentAlready);
}

const sentAlready = 'The pack is sent, and its files with it: they can be changed when CAP returns it.';

/** While it is a draft, or returned to be corrected. */
export function isWritten({ state }: FilesOf): boolean {
  return state === null || isCorrectable(state);
}

/** A panel that deferred waits for information (A22). */
function isAskedFor({ state }: FilesOf): boolean {
  return state?.matters.some(({ kind }) => kind === 'information') ?? false;
}

/**
 * Why an actor may not take a file away; null when they may. What was part of a pack that was sent stays, for others have decided by it: another may
 * take its place. A report is taken away by who added it, or by CAP, while the case is open.
 */
export function whyNotTakeAway(actor: Actor, file: FileFacts, of: FilesOf): Refusal | null {
  if (file.kind === 'report') {
    if (of.state?.position.stage === 'closed') return refuse('not-now', 'R101', 'The case is closed: its files stay.');
    return file.addedBy === actor.person || actor.parties.includes('cap')
      ? null
      : refuse('not-yours', 'R101', 'A report is taken away by who added it, or by CAP.');
  }
  const refusal = whyNotOfPack(actor, of);
  if (refusal || file.step === null) return refusal;
  return refuse('not-now', 'A22', 'This file was part of a pack that was sent, and stays: add the one that takes its place.');
}

/** Why a file cannot take the place of another; null when it can. @param replaced the other; null when there is none of that id */
export function whyNotReplace(
  kind: FileKind,
  replaced: FileFacts | null,
  others: readonly FileFacts[],
  of: FilesOf,
): Problem | null {
  const wrong = (message: string): Problem => ({ field: 'replaces', rule: 'A22', message });
  if (!replaced || replaced.kind !== kind) return wrong('There is no such file of this kind here: leave it out, or name one.');
  if (!isWritten(of)) return wrong('Nothing takes the place of another until CAP returns the pack: leave it out.');
  return standing(others).includes(replaced) ? null : wrong('Another file has taken its place already: name that one.');
}

/** @returns the files whose place no other has taken, or is about to take */
export function standing<F extends FileFacts>(files: readonly F[]): F[] {
  const replaced = files.map(({ replaces }) => replaces);
  return files.filter(({ id, replaced: step }) => step === null && !replaced.includes(id));
}

/** @returns the files that belong to a pack that is sent now */
export function filesOfPack<F extends FileFacts>(files: readonly F[]): F[] {
  return standing(files).filter(({ kind }) => kind !== 'report');
}

/** What stands in the way of sending a pack: files that nobody can ever read. One that is not looked at yet goes with it, and is read once it is found clean. */
export function fileProblems(files: readonly FileFacts[]): Problem[] {
  return filesOfPack(files)
    .filter(({ state }) => state === 'infected' || state === 'unreadable')
    .map(({ name, state }) => ({ field: 'files', rule: 'R101', message: `"${name}": ${fileStateTitles[state]}.` }));
}

/** A file that turned out to be harmful, or that could not be looked into, after it was taken in. */
export interface HarmfulFile {
  readonly kind: FileKind;
  /** Whose application it is. */
  readonly opener: Party;
  readonly host: Host | null;
  /** Whether somebody of CAP added it. */
  readonly byCap: boolean;
  /** Whether it was sent: nobody else knows of a draft. */
  readonly isSent: boolean;
}

/** Who hears of it: who added it and replaces it, and CAP as soon as it was sent (R101). */
export function harmfulFileEmails({ kind, opener, host, byCap, isSent }: HarmfulFile): EmailToWrite[] {
  const adder = kind !== 'report' ? opener : byCap || host === null ? 'cap' : host;
  const readers = new Set<Party>([adder, ...(isSent ? (['cap'] as const) : [])]);
  return [...readers].map((to) => ({ to, notices: [{ template: 'file-harmful' }], awaited: [] }));
}

/** Marks that turn the direction of a text, and what no name of a file holds: they make one name look like another. */
const unfit = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}<>:"|?*]/gu;

/**
 * @param given the name under which it was uploaded, maybe with its folder
 * @returns the name that it is kept and given out under: its own, with an ending that suits its content
 */
export function nameOfFile(given: string, type: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const name = last
    .replace(unfit, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const endings = types[type]?.endings ?? ['bin'];
  const suits = endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`));
  const ending = suits ? name.slice(name.lastIndexOf('.')) : `.${endings[0]}`;
  const stem = suits ? name.slice(0, name.lastIndexOf('.')) : name;
  return `${
    Array.from(stem)
      .slice(0, longestName - ending.length)
      .join('') || 'file'
  }${ending}`;
}

/** What is said of a file without content, whatever its name. */
export const nothingInIt: Problem = {
  ...{ field: 'file', rule: 'R101' },
  message: 'There is nothing in this file (0 bytes): choose it again, or save it anew first.',
};

/**
 * @param type by what is in it, whatever its name says; null when it is none that is known
 * @returns the type, or why content of it is not taken
 */
export function knownType(type: string | null): string | Problem {
  if (type !== null && Object.hasOwn(types, type)) return type;
  const titles = Object.values(types).map(({ title }) => title);
  const message = `By its content this is none of ${titles.join(', ')}, whatever its name says: save it as one of them.`;
  return { field: 'file', rule: 'R101', message };
}
