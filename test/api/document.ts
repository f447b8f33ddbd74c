// Holds every answer of the service against its own OpenAPI document.
import Ajv2020 from 'ajv/dist/2020';
import type { Response } from 'supertest';
import { isInstant, isIsoDate } from '../../domain/calendar';

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** @returns a check that throws when an answer is not as the document says */
export function checkAnswers(document: OpenApi): (method: string, url: string, response: Response) => void {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat('date', isIsoDate).addFormat('date-time', isInstant);
  ajv.addSchema(document, 'document');
  const paths = Object.keys(document.paths).map((path) => ({
    path,
    matches: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  }));
  return (method, url, response) => {
    const address = url.split('?')[0] ?? '';
    // What is written out goes before what has a placeholder, as in the service.
    const path = paths.find((each) => each.path === address)?.path ?? paths.find((each) => each.matches.test(address))?.path;
    const operation = path === undefined ? undefined : document.paths[path]?.[method.toLowerCase()];
    if (path === undefined || operation === undefined) return;
    const { status, type } = response;
    if (operation.responses[status]?.content?.[type] === undefined) {
      throw new Error(`${method} ${path} answered ${status} ${type}, which is not in its document: ${response.text}`);
    }
    if (!type.endsWith('json')) return;
    const pointer = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'].map((part) =>
      encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1')),
    );
    const validate = ajv.getSchema(`document#/${pointer.join('/')}`);
    if (!validate) throw new Error(`There is no schema at ${pointer.join('/')}`);
    if (validate(response.body) !== true) {
      throw new Error(
        `${method} ${path} answered ${status} against its document: ${ajv.errorsText(validate.errors)}\n${response.text}`,
      );
    }
  };
}
