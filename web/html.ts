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
  return { markup: parts.map((part, index) => part + written(values[index] ?? null)).join('') };
}

function written(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (character) => entities[character] ?? '');
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(written).join('');
}
