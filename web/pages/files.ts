// The files of an application and of its case: what there is, what may be added, each to be saved (R41, R101).
import type { Answers } from '../answers';
import { HttpProblem } from '../../api/problems';
import { fileKindTitles, type FileKind } from '../../domain/files';
import { isErased } from '../../domain/state';
import type { FormField } from '../forms/fields';
import { readOrRefuse } from '../forms/readOrRefuse';
import { showFields } from '../forms/show';
import { shortTime } from '../dates';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { badge, inset, link, paragraph, table, warning } from '../parts';
import { component } from '../parts/component';

/** @returns where the files of an application or a case are */
export const filesPath = (reference: string): string => `/files/${reference}`;

type File = Answers['files']['files'][number];

const referenceOf = ({ params }: Asked): string => params['reference'] ?? '';

function fieldsOf(mayAdd: readonly FileKind[], files: readonly File[]): FormField[] {
  const replaceable = files.filter(({ step, replaced }) => step !== null && replaced === null);
  const kind: FormField = {
    ...{ kind: 'choice', name: 'kind', title: 'What is it?' },
    options: mayAdd.map((value) => ({ value, title: fileKindTitles[value] })),
  };
  if (replaceable.length === 0) return [kind];
  const options = replaceable.map(({ id, name }) => ({ value: id, title: name }));
  return [kind, { kind: 'pick', name: 'replaces', title: 'Does it take the place of another?', optional: true, options }];
}

const files = page({
  path: '/files/{reference}',
  name: 'files',
  who: 'signed-in',
  takesFile: true,
  show: async (asked) => {
    const reference = referenceOf(asked);
    const { files: all, mayAdd } = await asked.door('files', { params: { reference } });
    const wrong = asked.again?.problems.find(({ field }) => field === 'file');
    return {
      title: 'Documents',
      caption: reference,
      about: reference,
      back: await wayBack(asked),
      main: html`<div data-live="files">
          ${all.length === 0 && (await isErasedCase(asked)) ? paragraph('The documents of this case are erased with what was written of it.') : listed(reference, all)}
        </div>
        ${
          mayAdd.length === 0
            ? paragraph('Nothing can be added here at the moment.')
            : asked.form({ button: 'Add the document', files: true }, [
                html`<h2 class="govuk-heading-m">Add a document</h2>`,
                ...showFields(fieldsOf(mayAdd, all), asked.again ?? undefined),
                component('file-upload', {
                  ...{ id: 'file', name: 'file', label: { text: 'The file' } },
                  hint: {
                    text: 'One file at a time: PDF, Word (.docx), OpenDocument (.odt), JPEG, PNG or HEIC, of 25 MB at most',
                  },
                  errorMessage: wrong && { text: wrong.message },
                }),
              ])
        }`,
    };
  },
  take: async (asked, { posted, upload }) => {
    const reference = referenceOf(asked);
    const { files: all, mayAdd } = await asked.door('files', { params: { reference } });
    const body = readOrRefuse(fieldsOf(mayAdd, all), posted);
    const { id } = await asked.door('addFile', { params: { reference }, body, upload });
    return { to: filesPath(reference), said: all.some((each) => each.id === id) ? 'there-already' : 'added' };
  },
});

/** To the application while it is written, else to its case. */
async function wayBack(asked: Asked) {
  const reference = referenceOf(asked);
  const isWritten = asked.may('applications') && (await isDraft(asked, reference));
  return isWritten
    ? { href: `/applications/${reference}`, text: `Application ${reference}` }
    : { href: `/cases/${reference}`, text: `Case ${reference}` };
}

/** Whether there is nothing because it is erased (A14), of a case: a draft has no door among the cases. */
async function isErasedCase(asked: Asked): Promise<boolean> {
  try {
    return isErased(await asked.door('case', { params: { reference: referenceOf(asked) } }));
  } catch (error) {
    if (error instanceof HttpProblem && error.status === 404) return false;
    throw error;
  }
}

async function isDraft({ door }: Asked, reference: string): Promise<boolean> {
  const { applications } = await door('applications');
  return applications.some((each) => each.reference === reference);
}

const tones = { quarantined: 'waits', clean: 'good', infected: 'late', unreadable: 'late' } as const;
const states = { quarantined: 'Being checked', clean: 'Clean', infected: 'Harmful', unreadable: 'Not readable' } as const;

function listed(reference: string, all: readonly File[]): Html {
  const standing = all.filter(({ replaced }) => replaced === null);
  const troubled = standing.filter(({ state }) => state !== 'clean');
  const rows = standing.map((file): (Html | string)[] => [
    file.href === null ? file.name : link(`${filesPath(reference)}/${file.id}`, file.name),
    file.title,
    sizeOf(file.size),
    shortTime(file.added),
    badge(states[file.state], tones[file.state]),
    file.step === null ? link(`${filesPath(reference)}/${file.id}/remove`, 'Take away', file.name) : 'Stays with the case',
  ]);
  const columns = ['Document', 'Kind', 'Size', 'Added', 'State', 'Actions'].map((title) => ({ title }));
  return html`${table('Documents', columns, rows, 'There is no document yet.')}
  ${troubled.map(({ name, stateTitle }) => inset(`${name}: ${stateTitle}.`))}`;
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${String(Math.max(1, Math.round(bytes / 1000)))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const ofFile = ({ params }: Asked) => ({ reference: params['reference'] ?? '', file: params['file'] ?? '' });

const file = page({
  path: '/files/{reference}/{file}',
  name: 'file',
  who: 'signed-in',
  show: async (asked) => ({ parts: await asked.door('file', { params: ofFile(asked) }) }),
});

const removeFile = page({
  path: '/files/{reference}/{file}/remove',
  name: 'removeFile',
  who: 'signed-in',
  show: async (asked) => {
    const { reference, file: id } = ofFile(asked);
    const { files: all } = await asked.door('files', { params: { reference } });
    const found = all.find((each) => each.id === id);
    return {
      title: 'Take the document away?',
      caption: reference,
      about: reference,
      back: { href: filesPath(reference), text: 'Documents' },
      main: html`${paragraph(found?.name ?? 'It is gone already.')}
      ${warning('Nothing of it stays, and it cannot be brought back.')}
      ${asked.form({ button: 'Take it away', looks: 'warning' }, [])}`,
    };
  },
  take: async (asked) => {
    const { reference, file: id } = ofFile(asked);
    await asked.door('removeFile', { params: { reference, file: id } });
    return { to: filesPath(reference), said: 'deleted' };
  },
});

export const filePages: readonly Page[] = [files, file, removeFile];
