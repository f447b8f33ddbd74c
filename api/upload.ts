// Reads a form with one file in it. The file is handed on while it comes in, so that it is never held whole, and only once its fields were looked at.
import type { Request, Response } from 'express';
import multer, { MulterError, type Options, type StorageEngine } from 'multer';
import { largestFile } from '../domain/files';
import type { Upload } from '../usecases/files';
import { HttpProblem } from './problems';
import { refuseUnkeepable } from './text';

/** What a form may have beside the content of its file. */
const formBytes = 64 * 1024;

/**
 * @param take is called once, with the fields that come before the file, and reads the file
 * @returns what `take` returns
 * @throws HttpProblem for 400, 413, 415 and 422; whatever `take` throws
 */
export async function readUpload<T>(
  req: Request,
  res: Response,
  take: (fields: object, upload: Upload) => Promise<T>,
): Promise<T> {
  if (!req.is('multipart/form-data')) throw new HttpProblem('wrong-type', 'Send a form with a file: multipart/form-data.');
  if (Number(req.headers['content-length'] ?? 0) > largestFile + formBytes) throw tooLarge();
  const taken: T[] = [];
  const { isAlone, another } = whetherAlone(req);
  const storage: StorageEngine = {
    _handleFile: (_req, { originalname, stream }, done) => {
      const fields = { ...(req.body as object) };
      Promise.resolve()
        .then(() => {
          refuseUnkeepable({ ...fields, file: originalname });
          // Whoever stops reading before the end leaves the rest to be drained below.
          return take(fields, { name: originalname, content: alone(stream.iterator({ destroyOnReturn: false }), isAlone) });
        })
        .then((value) => {
          taken.push(value);
          stream.resume();
          done();
        })
        .catch((error: unknown) => {
          stream.resume();
          done(error);
        });
    },
    _removeFile: (_req, _file, done) => {
      done(null);
    },
  };
  // One byte more than may be is let through, so that it is the use-case that says what is too large.
  const limits = { files: 2, fields: 10, parts: 12, fieldSize: 1_000, fileSize: largestFile + 1 };
  let files = 0;
  const fileFilter: Options['fileFilter'] = (_req, { fieldname }, done) => {
    files += 1;
    if (fieldname !== 'file') return done(noFile());
    if (files === 1) return done(null, true);
    another();
    done(notAlone());
  };
  const form = multer({ storage, limits, fileFilter, defParamCharset: 'utf8' }).any();
  await new Promise<void>((resolve, reject) => {
    form(req, res, (error: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(asProblem(error));
    });
  });
  if (taken.length === 0) throw noFile();
  return taken[0] as T;
}

/** Whether a form has one file alone is known once it was read to its end, or another one begins. */
function whetherAlone(req: Request): { readonly isAlone: Promise<boolean>; readonly another: () => void } {
  let say: (alone: boolean) => void = () => undefined;
  const isAlone = new Promise<boolean>((resolve) => (say = resolve));
  for (const event of ['end', 'close', 'error']) req.once(event, () => say(true));
  return { isAlone, another: () => say(false) };
}

/** @returns the content, whose end comes once it is known that no other file follows. @throws HttpProblem where one does */
async function* alone(content: AsyncIterable<unknown>, isAlone: Promise<boolean>): AsyncGenerator<Uint8Array> {
  yield* content as AsyncIterable<Uint8Array>;
  if (!(await isAlone)) throw notAlone();
}

function asProblem(error: unknown): Error {
  if (error instanceof MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE') return tooLarge();
    if (error.code === 'LIMIT_UNEXPECTED_FILE' || error.code === 'LIMIT_FILE_COUNT') return noFile();
    return new HttpProblem('malformed', 'The form has more in it than this door takes, or is not readable.');
  }
  if (!(error instanceof Error)) return new Error('The form could not be read', { cause: error });
  // What the parser of forms says comes without a class or a code of its own.
  return /^(Unexpected end of form|Malformed |Multipart: |Request (aborted|closed|error))/.test(error.message)
    ? new HttpProblem('malformed', 'The form broke off or is not readable: send it again.', { cause: error })
    : error;
}

const tooLarge = () => new HttpProblem('too-large', 'A file has at most 25 MB: make it smaller, or send it in parts.');

function noFile(): HttpProblem {
  const message = 'Send one file, as the last field of the form, under the name file.';
  return new HttpProblem('wrong-values', undefined, { errors: [{ field: 'file', rule: 'form', message }] });
}

function notAlone(): HttpProblem {
  const message = 'The file: choose one alone, and add the next one after it.';
  return new HttpProblem('wrong-values', undefined, { errors: [{ field: 'file', rule: 'form', message }] });
}
