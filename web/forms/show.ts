// How a form is drawn: each field as the component that fits it, with its hint, what was typed, and what is wrong with it.
import type { Problem } from '../../domain/problem';
import { html, type Html } from '../html';
import { component, type Params } from '../parts/component';
import { keyCap, keyed } from '../parts/key';
import { one, type FormField, type Option, type Posted } from './fields';

/** What is in the fields, and what is wrong with them. */
export interface Typed {
  readonly posted: Posted;
  readonly problems: readonly Problem[];
}

export const untouched: Typed = { posted: {}, problems: [] };

/** All fields one under the other; what depends on a choice stands under that choice. */
export function showFields(fields: readonly FormField[], typed: Typed = untouched): Html[] {
  return fields.filter((field) => !hangsOn(field, fields)).map((field) => showField(field, typed, fields));
}

/** Whether a field is drawn inside the choice that it depends on. */
function hangsOn({ when }: FormField, fields: readonly FormField[]): boolean {
  const on = when && fields.find(({ name }) => name === when.field);
  return on?.kind === 'choice';
}

/** @param alone the page asks this one thing, so that its label is the heading of the page */
export function showField(field: FormField, typed: Typed = untouched, fields: readonly FormField[] = [], alone = false): Html {
  const { name, kind, title, hint, optional } = field;
  const { posted, problems } = typed;
  const wrong = problems.find((problem) => problem.field === name);
  const said = optional ? `${title} (optional)` : title;
  const label = { text: said, ...(alone ? { isPageHeading: true, classes: 'govuk-label--l' } : {}) };
  const legend = {
    text: said,
    ...(alone ? { isPageHeading: true, classes: 'govuk-fieldset__legend--l' } : { classes: 'govuk-fieldset__legend--s' }),
  };
  const shared: Params = {
    hint: hint === undefined ? undefined : { text: hint },
    errorMessage: wrong && { text: wrong.message },
  };
  const inputs: Params = { ...shared, id: name, name, label, value: one(posted, name) };
  switch (kind) {
    case 'text':
      return component('input', { ...inputs, classes: widthOf(field.width) });
    case 'number':
      return component('input', { ...inputs, classes: 'govuk-input--width-5', inputmode: 'decimal' });
    case 'email':
      return component('input', { ...inputs, type: 'email', autocomplete: 'email', spellcheck: false });
    case 'words':
      return component('textarea', { ...inputs, rows: 5 });
    case 'pick': {
      const items = [
        { value: '', text: 'Choose one' },
        ...field.options.map(({ value, title: text }) => ({ value, text, selected: value === one(posted, name) })),
      ];
      return component('select', { ...inputs, items });
    }
    case 'choice':
      return component('radios', {
        ...shared,
        idPrefix: name,
        name,
        fieldset: { legend },
        items: field.options.map((option) => radio(option, chosen(field, posted), under(field, option, fields, typed))),
      });
    case 'yes-no':
      return component('radios', {
        ...shared,
        classes: 'govuk-radios--inline',
        idPrefix: name,
        name,
        fieldset: { legend },
        items: yesOrNo.map((option) => radio(option, one(posted, name), null)),
      });
    case 'choices':
      return component('checkboxes', {
        ...shared,
        idPrefix: name,
        name,
        fieldset: { legend },
        items: field.options.map((option, index) => ({
          ...radio(option, '', null),
          id: `${name}-${index + 1}`,
          checked: ticked(posted, name, option.value),
        })),
      });
    case 'flag':
      return component('checkboxes', {
        ...shared,
        idPrefix: name,
        name,
        items: [{ value: 'yes', text: title, checked: one(posted, name) === 'yes' }],
      });
    case 'weekdays':
      return component('checkboxes', {
        ...shared,
        classes: 'govuk-checkboxes--small cap-week',
        idPrefix: name,
        name,
        fieldset: { legend },
        items: halves.map(({ value, title: text }) => ({
          value,
          text,
          id: `${name}-${value}`,
          checked: ticked(posted, name, value),
        })),
      });
    case 'day':
      return dayInput(field, legend, typed, shared);
    case 'instant':
      return html`${dayInput(field, legend, typed, shared)}
      ${component('input', {
        id: `${name}-time`,
        name: `${name}-time`,
        label: { text: `Time, such as 9:30 or 14:00` },
        classes: 'govuk-input--width-5',
        value: one(posted, `${name}-time`),
      })}`;
  }
}

/** What was chosen; where there is one choice alone and it is needed, that one. */
function chosen({ name, optional, options }: FormField & { readonly options: readonly Option[] }, posted: Posted): string {
  const [only, ...others] = options;
  return one(posted, name) || (only !== undefined && others.length === 0 && !optional ? only.value : '');
}

const yesOrNo: readonly Option[] = [
  { value: 'yes', title: 'Yes' },
  { value: 'no', title: 'No' },
];

const halves: readonly Option[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].flatMap((day) => {
  const code = day.slice(0, 3).toLowerCase();
  return [
    { value: `${code}-am`, title: `${day} morning` },
    { value: `${code}-pm`, title: `${day} afternoon` },
  ];
});

function widthOf(width: 'short' | 'half' | undefined): string | undefined {
  return width && { short: 'govuk-input--width-10', half: 'govuk-!-width-one-half' }[width];
}

function radio({ value, title, hint, key }: Option, chosen: string, inside: Html | null): Params {
  return {
    value,
    ...(key === undefined ? { text: title } : { html: html`${title} ${keyCap(key)}`, attributes: keyed(key) }),
    hint: hint === undefined ? undefined : { text: hint },
    checked: value === chosen,
    conditional: inside === null ? undefined : { html: inside },
  };
}

function ticked(posted: Posted, name: string, value: string): boolean {
  const given = posted[name];
  return typeof given === 'string' ? given === value : (given?.includes(value) ?? false);
}

/** What is asked under one choice. */
function under({ name }: FormField, { value }: Option, fields: readonly FormField[], typed: Typed): Html | null {
  const inner = fields.filter(({ when }) => when?.field === name && when.is.includes(value));
  return inner.length === 0 ? null : html`${inner.map((field) => showField(field, typed, fields))}`;
}

function dayInput({ name }: FormField, legend: Params, { posted }: Typed, shared: Params): Html {
  const part = (of: 'day' | 'month' | 'year', width: number) => ({
    id: `${name}-${of}`,
    name: of,
    classes: `govuk-input--width-${width}${shared['errorMessage'] ? ' govuk-input--error' : ''}`,
    value: one(posted, `${name}-${of}`),
  });
  return component('date-input', {
    ...shared,
    id: `${name}-date`,
    namePrefix: name,
    fieldset: { legend },
    items: [part('day', 2), part('month', 2), part('year', 4)],
  });
}
