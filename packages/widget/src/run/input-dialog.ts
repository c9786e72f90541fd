import type { JsonObject } from '@fk-workflow/core/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { InputForm } from '../controllers/run-controller.js';
import { icon } from '../ui/icons.js';
import { type InputField, textOf } from './input-fields.js';
import { readFields } from './read-fields.js';

/** What the dialog shows and what it can ask for. */
export interface InputDialog {
  readonly form: InputForm | undefined;
  /** What was filled in last. */
  readonly lastInput: JsonObject;
  readonly onSubmit: (input: JsonObject) => void;
  readonly onWrong: (wrong: ReadonlyMap<string, string>) => void;
  readonly onClose: () => void;
}

/** Asks for the input of a run in a form made from its schema. */
export const inputDialog = (dialog: InputDialog): TemplateResult | typeof nothing => {
  const { form, lastInput, onClose } = dialog;
  if (!form) return nothing;
  const known = { ...form.draft.definition.trigger?.input, ...lastInput };
  const general = form.wrong.get('');
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const filled = readFields(form.fields, textsOf(form.fields, event.currentTarget));
    if (filled.ok) dialog.onSubmit(filled.input);
    else dialog.onWrong(filled.wrong);
  };
  return html`
    <dialog aria-labelledby="input-title" @close=${onClose}>
      <form novalidate @submit=${onSubmit}>
        <header>
          <h2 id="input-title">Run “${form.draft.definition.name}”</h2>
          <p>What this run needs to know.</p>
        </header>
        <div class="fields">
          ${
            general === undefined
              ? nothing
              : html`<p class="form-error" role="alert">${icon('alert')}<span>${general}</span></p>`
          }
          ${form.fields.map((field, index) =>
            fieldRow(field, `input-${index}`, initialOf(field, known), form.wrong.get(field.name)),
          )}
        </div>
        <footer>
          <button type="button" @click=${onClose}>Not now</button>
          <button class="primary" ?disabled=${form.busy}>
            ${icon('play')}${form.busy ? 'Starting…' : 'Start run'}
          </button>
        </footer>
      </form>
    </dialog>
  `;
};

const initialOf = (field: InputField, known: JsonObject): string =>
  Object.hasOwn(known, field.name) ? textOf(field.kind, known[field.name]) : field.initial;

const textsOf = (fields: readonly InputField[], form: HTMLFormElement): ReadonlyMap<string, string> => {
  const texts = new Map<string, string>();
  for (const { name } of fields) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLInputElement && control.type === 'checkbox') {
      texts.set(name, String(control.checked));
    } else if (
      control instanceof HTMLInputElement ||
      control instanceof HTMLSelectElement ||
      control instanceof HTMLTextAreaElement
    ) {
      texts.set(name, control.value);
    }
  }
  return texts;
};

const fieldRow = (
  field: InputField,
  id: string,
  initial: string,
  wrong: string | undefined,
): TemplateResult => html`
  <div class="field">
    ${
      field.kind === 'boolean'
        ? html`<label class="check">${control(field, id, initial, wrong)}${field.label}</label>`
        : html`<label for=${id}>
              <span>${field.label}${field.required ? ' *' : html` <span class="optional">optional</span>`}</span>
            </label>
            ${control(field, id, initial, wrong)}`
    }
    ${helpOf(field) ? html`<p class="help" id="${id}-help">${helpOf(field)}</p>` : nothing}
    ${wrong === undefined ? nothing : html`<p class="wrong" id="${id}-wrong">${icon('alert')}<span>${wrong}</span></p>`}
  </div>
`;

const helpOf = ({ kind, help, choices }: InputField): string => {
  const lines = choices ? `One per line: ${choices.join(', ')}.` : 'One per line.';
  return [help, kind === 'list' ? lines : undefined].filter((text) => text !== undefined).join(' ');
};

const inputTypes: Partial<Record<InputField['kind'], string>> = {
  ...{ email: 'email', url: 'url', date: 'date', 'date-time': 'datetime-local' },
};

const control = (
  field: InputField,
  id: string,
  initial: string,
  wrong: string | undefined,
): TemplateResult => {
  const invalid = wrong === undefined ? 'false' : 'true';
  const described =
    [helpOf(field) ? `${id}-help` : '', wrong === undefined ? '' : `${id}-wrong`].join(' ').trim() || nothing;
  const required = field.required ? 'true' : 'false';
  switch (field.kind) {
    case 'boolean':
      return html`<input
        id=${id}
        name=${field.name}
        type="checkbox"
        .checked=${initial === 'true'}
        aria-invalid=${invalid}
        aria-describedby=${described}
      />`;
    case 'choice':
      return html`<select
        id=${id}
        name=${field.name}
        aria-required=${required}
        aria-invalid=${invalid}
        aria-describedby=${described}
      >
        <option value="" ?selected=${initial === ''}>Choose…</option>
        ${field.choices?.map((choice) => {
          const value = JSON.stringify(choice);
          return html`<option value=${value} ?selected=${value === initial}>
            ${typeof choice === 'string' ? choice : value}
          </option>`;
        })}
      </select>`;
    case 'list':
    case 'json':
      return html`<textarea
        id=${id}
        name=${field.name}
        rows="3"
        spellcheck="false"
        .value=${initial}
        aria-required=${required}
        aria-invalid=${invalid}
        aria-describedby=${described}
      ></textarea>`;
    default:
      return html`<input
        id=${id}
        name=${field.name}
        type=${inputTypes[field.kind] ?? 'text'}
        inputmode=${field.kind === 'number' || field.kind === 'integer' ? 'decimal' : nothing}
        .value=${initial}
        aria-required=${required}
        aria-invalid=${invalid}
        aria-describedby=${described}
      />`;
  }
};
