import { isRecord } from '../json.js';
import { refuse } from './apply-edits-steps.js';
import type { Definition } from './definition.js';
import type { Edit, EditResult } from './edit.js';

type EditOf<Op extends Edit['op']> = Extract<Edit, { readonly op: Op }>;

/** The order in which a new field takes its place. */
const order = ['id', 'name', 'description', 'trigger', 'inputs', 'config', 'steps', 'output'] as const;

type Field = (typeof order)[number];

/** A copy with a field set (undefined removes it). A field that was there keeps its place, a new one goes where it belongs. */
const withField = <F extends Field>(
  definition: Definition,
  field: F,
  value: Definition[F] | undefined,
): Definition => {
  if (Object.hasOwn(definition, field) && value !== undefined) return { ...definition, [field]: value };
  const later: readonly string[] = order.slice(order.indexOf(field) + 1);
  const entries = Object.entries(definition).filter(([key]) => key !== field);
  const at = entries.findIndex(([key]) => later.includes(key));
  const added: [string, unknown][] = value === undefined ? [] : [[field, value]];
  // Edge: the callers below never remove `id`, `name` or `steps`, so a definition stays one.
  return Object.fromEntries(entries.toSpliced(at === -1 ? entries.length : at, 0, ...added)) as Definition;
};

const checkRecord = (value: unknown, name: string): void => {
  if (value !== null && !isRecord(value)) refuse(`${name} is an object, or null to remove it.`);
};

/** Sets the trigger; null removes it. */
export const setTrigger = (definition: Definition, { trigger }: EditOf<'setTrigger'>): EditResult => {
  checkRecord(trigger, 'trigger');
  return {
    definition: withField(definition, 'trigger', trigger ?? undefined),
    inverse: [{ op: 'setTrigger', trigger: definition.trigger ?? null }],
  };
};

/** Sets the JSON Schema of the input; null removes it. */
export const setInputs = (definition: Definition, { inputs }: EditOf<'setInputs'>): EditResult => {
  checkRecord(inputs, 'inputs');
  return {
    definition: withField(definition, 'inputs', inputs ?? undefined),
    inverse: [{ op: 'setInputs', inputs: definition.inputs ?? null }],
  };
};

/** Sets the settings of a run; null removes them. */
export const setConfig = (definition: Definition, { config }: EditOf<'setConfig'>): EditResult => {
  checkRecord(config, 'config');
  return {
    definition: withField(definition, 'config', config ?? undefined),
    inverse: [{ op: 'setConfig', config: definition.config ?? null }],
  };
};

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';

/** Sets name, description and output, and removes the latter two. Refuses other fields by name. */
export const setMeta = (definition: Definition, { set, unset = [] }: EditOf<'setMeta'>): EditResult => {
  if (!isRecord(set) || !Array.isArray(unset)) refuse('set is an object, unset a list of field names.');
  const stranger = Object.keys(set).find((key) => !['name', 'description', 'output'].includes(key));
  if (stranger !== undefined) refuse(`setMeta cannot set "${stranger}": only name, description and output.`);
  if (!isText(set.name)) refuse('name is text.');
  if (set.description !== null && !isText(set.description))
    refuse('description is text, or null to remove it.');
  let changed = definition;
  for (const field of unset) {
    if (field !== 'description' && field !== 'output') refuse('Only description and output can be unset.');
    changed = withField(changed, field, undefined);
  }
  if (set.name !== undefined) changed = withField(changed, 'name', set.name);
  if (set.description !== undefined)
    changed = withField(changed, 'description', set.description ?? undefined);
  if (set.output !== undefined) changed = withField(changed, 'output', set.output);
  const { name, description, output } = definition;
  return {
    definition: changed,
    inverse: [
      {
        op: 'setMeta',
        set: {
          name,
          ...(description === undefined ? {} : { description }),
          ...(output === undefined ? {} : { output }),
        },
        unset: [
          ...(description === undefined ? (['description'] as const) : []),
          ...(output === undefined ? (['output'] as const) : []),
        ],
      },
    ],
  };
};
