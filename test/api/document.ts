// Holds every answer of the service against its own OpenAPI document.
import Ajv2020 from 'ajv/dist/2020';
import { isInstant, isIsoDate } from '../../domain/calendar';

/** A schema, as far as tests read one. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

export interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: 'path' | 'query' | 'header'; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

/** What of an answer is held against the document. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly body: unknown;
}

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** @returns a check that throws when an answer is not as the document says */
export function checkAnswers(document: OpenApi): (method: string, url: string, response: Answered) => void {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv
    .addFormat('date', isIsoDate)
    .addFormat('date-time', isInstant)
    .addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  ajv.addSchema(document, 'document');
  const membersOfProblems = document.components.schemas['Problem']?.properties ?? {};
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
    if (type === 'application/problem+json') {
      const unsaid = Object.keys(response.body as object).filter((name) => !Object.hasOwn(membersOfProblems, name));
      if (unsaid.length > 0)
        throw new Error(`${method} ${path} answered a problem with ${unsaid.join(', ')}, of which the document says nothing`);
    }
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
