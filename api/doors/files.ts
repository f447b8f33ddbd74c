// Files of an application and of its case: a list, one door to add, one to read, one to take away (R41, R101).
import { z } from 'zod';
import { fileKinds, fileKindTitles, fileStates, fileStateTitles } from '../../domain/files';
import type { FileRow } from '../../records/files';
import { can } from '../../domain/permissions';
import { filesInQuarantine, listFiles, readFile, removeFile, takeFileIn } from '../../usecases/files';
import { door, type Door, type FileToSend } from '../door';
import { given } from '../problems';
import { fileId, instant, ofReference, reference } from '../schemas';
import type { Services } from '../services';

const kind = z.enum(fileKinds);
const ofFile = z.strictObject({ reference, file: fileId });

export const file = z
  .strictObject({
    id: fileId,
    kind,
    title: z.string(),
    name: z.string(),
    type: z.string().meta({ description: 'By its content' }),
    size: z.int().meta({ description: 'In bytes' }),
    digest: z.string().meta({ description: 'SHA-256 of its content, in hex' }),
    state: z.enum(fileStates),
    stateTitle: z.string().meta({ description: 'The same in words' }),
    added: instant,
    addedBy: z.string(),
    looked: instant.nullable().meta({ description: 'When it was looked at for what is harmful; null while it is quarantined' }),
    step: z
      .int()
      .nullable()
      .meta({ description: 'The step of the case since which it belongs to it; null while it was never sent' }),
    replaces: fileId.nullable().meta({ description: 'Whose place it takes once the pack is sent' }),
    replaced: z.int().nullable().meta({ description: 'The step at which another took its place; null while it stands' }),
    href: z.string().nullable().meta({ description: 'Where it is read; null unless it was found clean' }),
  })
  .meta({ id: 'File' });

export const listOfFiles = z.strictObject({
  files: z.array(file),
  mayAdd: z.array(kind).meta({ description: 'The kinds that you may add now' }),
});

const form = z.strictObject({
  kind,
  replaces: fileId.optional().meta({ description: 'The file whose place it takes' }),
});

const content = z
  .custom<FileToSend>()
  .meta({ override: { type: 'string', format: 'binary', description: 'Its content, to be saved under its name' } });

export function fileDoors(services: Services): Door[] {
  return [quarantine(services), list(services), add(services), read(services), takeAway(services)];
}

function list(services: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/files/{reference}',
    name: 'files',
    summary: 'The files of an application or a case',
    about: 'Of a draft, for whose it is alone; what was sent, for whoever may see the case.',
    tag: 'Files',
    who: 'signed-in',
    params: ofReference,
    gives: {
      description: 'In the order in which they were added',
      body: listOfFiles,
    },
    noted: true,
    handle: async ({ person, params }) => {
      const { files, mayAdd } = given(await listFiles(services, person, params.reference));
      return { body: { files: files.map((each) => show(params.reference, each)), mayAdd } };
    },
  });
}

function add(services: Services): Door {
  return door({
    method: 'post',
    path: '/api/v1/files/{reference}',
    name: 'addFile',
    summary: 'Add a file: PDF, Word (.docx), OpenDocument (.odt), JPEG, PNG or HEIC, of 25 MB at most',
    about:
      `One file in a form, after its fields. What it is, is told by its content. It can be read once it is found clean; until then, and for as long as
nobody can look, it stays in quarantine. The same content of the same kind again is the same file.`.replace(/\n/g, ' '),
    tag: 'Files',
    who: 'signed-in',
    params: ofReference,
    body: form,
    takes: 'file',
    gives: { status: 201, description: 'The file', body: file, also: { 200: 'It was there already' } },
    problems: ['not-yours', 'not-now', 'already-submitted', 'not-editable', 'files-away'],
    noted: true,
    handle: async ({ person, params, body, upload }) => {
      if (!upload) throw new Error('A door that takes a file was handed none');
      const asked = { kind: body.kind, replaces: body.replaces ?? null };
      const taken = given(await takeFileIn(services, person, params.reference, asked, upload));
      return { status: taken.isNew ? 201 : 200, body: show(params.reference, taken.file) };
    },
  });
}

function read(services: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/files/{reference}/{file}',
    name: 'file',
    summary: 'A file, to be saved',
    about: 'Each read stands in the access log.',
    tag: 'Files',
    who: 'signed-in',
    params: ofFile,
    gives: { description: 'Its content', as: 'file', body: content },
    problems: ['in-quarantine', 'files-away'],
    noted: true,
    handle: async ({ person, params }) => {
      const found = given(await readFile(services, person, params.reference, params.file));
      const { name, type, size } = found.file;
      return { body: { name, type, size, content: found.content } };
    },
  });
}

function takeAway(services: Services): Door {
  return door({
    method: 'delete',
    path: '/api/v1/files/{reference}/{file}',
    name: 'removeFile',
    summary: 'Take a file away',
    about:
      'Nothing of it stays. What was part of a pack that was sent stays: while the pack is returned, add the file that takes its place.',
    tag: 'Files',
    who: 'signed-in',
    params: ofFile,
    gives: { description: 'It is gone', body: z.strictObject({ id: fileId }) },
    problems: ['not-yours', 'not-now', 'not-editable'],
    noted: true,
    handle: async ({ person, params }) => ({
      body: given(await removeFile(services, person, params.reference, params.file)),
    }),
  });
}

function quarantine(services: Services): Door {
  return door({
    method: 'get',
    path: '/api/v1/files',
    name: 'quarantine',
    summary: 'How many files nobody has looked at yet',
    about: 'For CAP. They are tried every five minutes: one that waits longer says that clamd does not answer.',
    tag: 'Files',
    who: (person) => can(person, 'see-overdue'),
    gives: {
      description: 'Those of drafts among them',
      body: z.strictObject({
        quarantined: z.int(),
        since: instant.nullable().meta({ description: 'When the oldest of them was added' }),
      }),
    },
    handle: async ({ person }) => {
      const { files, since } = given(await filesInQuarantine(services, person));
      return { body: { quarantined: files, since } };
    },
  });
}

function show(of: string, { id, kind: code, state, ...row }: FileRow) {
  return {
    ...{ id, kind: code, title: fileKindTitles[code], state, stateTitle: fileStateTitles[state] },
    ...row,
    href: state === 'clean' ? `/api/v1/files/${of}/${id}` : null,
  };
}
