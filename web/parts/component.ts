// The components of GOV.UK Frontend, drawn by the library's own templates: what they are given is typed here, what they give is markup.
import { dirname, join } from 'node:path';
import { Environment, FileSystemLoader, runtime, Template } from 'nunjucks';
import type { Html } from '../html';

const templates = join(dirname(require.resolve('govuk-frontend/package.json')), 'dist');
const environment = new Environment(new FileSystemLoader(templates), { autoescape: true, throwOnUndefined: false });
// The library's own takes a time that grows with the square of a text's white space: it was three quarters of a form.
environment.addFilter('trim', (text: unknown) => {
  const trimmed = String(text).trim();
  // What is text stays text, to be escaped; what is markup stays markup.
  return text instanceof runtime.SafeString ? new runtime.SafeString(trimmed) : trimmed;
});
const compiled = new Map<string, Template>();
/** What was drawn lately, by all that it was given: menus, lists to choose from and buttons are the same on page after page. */
const drawn = new Map<string, string>();
const mostDrawn = 500;
/** Characters; what is longer holds what is of one page alone. */
const longestKey = 4_000;

/** What a template is given. Html goes into its members named `html` as it is; whatever is text, it escapes itself. */
export type Params = Readonly<Record<string, unknown>>;

/**
 * Draws a component.
 * @param name as the library's folder is called: `date-input`
 */
export function component(name: string, params: Params): Html {
  const given = plain(params);
  const key = `${name} ${JSON.stringify(given)}`;
  const known = drawn.get(key);
  if (known !== undefined) return { markup: known };
  const markup = templateOf(name).render({ params: given }).trim();
  if (key.length <= longestKey) {
    if (drawn.size >= mostDrawn) drawn.clear();
    drawn.set(key, markup);
  }
  return { markup };
}

function templateOf(name: string): Template {
  const known = compiled.get(name);
  if (known) return known;
  const macro = `govuk${name.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase())}`;
  const text = `{% from "govuk/components/${name}/macro.njk" import ${macro} %}{{ ${macro}(params) }}`;
  const template = new Template(text, environment, name, true);
  compiled.set(name, template);
  return template;
}

/** Markup as the library wants it, and nothing where nothing is: its templates tell `null` and what is not there apart. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('markup' in value) return value.markup;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined && inner !== null)
      .map(([name, inner]) => [name, plain(inner)]),
  );
}
