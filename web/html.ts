// Writes HTML so that what people typed can never become markup: what is put into a template is
// escaped, unless it is HTML already.

/** Markup made by `html`, and by nothing else. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly (Html | string)[] | null;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * A tagged template: `html`<p>${reasons}</p>``. Values are safe as text and in quoted attributes; null is nothing.
 * @returns the markup
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  let markup = parts[0] ?? '';
  for (let index = 0; index < values.length; index += 1) markup += written(values[index] ?? null) + (parts[index + 1] ?? '');
  return { markup };
}

function written(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(written).join('');
}

/** Most texts have nothing to escape: to look is cheaper than to replace. */
function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? '') : text;
}
