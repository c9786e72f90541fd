import { isRecord, type Json, type JsonSchema } from '../../json.js';
import type { Trigger, TriggerKind } from '../definition.js';
import { dereference } from '../schema/sub-schemas.js';
import { knownAction } from './check-action.js';
import { checkCondition, checkTexts } from './check-text.js';
import { checkValue } from './check-value.js';
import { type Checking, member, report, type Spot } from './checking.js';
import type { VisibleScope } from './scope.js';

/** Served unless the host says otherwise: no server asks by itself whether there is something to do. */
export const servedByDefault: ReadonlySet<TriggerKind> = new Set(['manual', 'schedule', 'webhook', 'event']);

/** Checks what starts a run. Its templates see what came alone. */
export const checkTrigger = (trigger: Trigger, checking: Checking): void => {
  const scope: VisibleScope = {
    names: new Map([['trigger', whatComes(trigger)]]),
    steps: new Map(),
    vars: new Map(),
  };
  if (!checking.triggers.has(trigger.kind)) reportInactive(trigger, checking);
  if (trigger.kind === 'poll') knownAction(trigger.action, { path: '/trigger/action' }, checking);
  if (trigger.kind === 'event' && trigger.when !== undefined) {
    checkCondition(trigger.when, { path: '/trigger/when' }, scope, checking);
  }
  checkInput(trigger, scope, checking);
};

const reportInactive = ({ kind }: Trigger, checking: Checking): void => {
  const message =
    kind === 'webhook'
      ? 'This server takes no webhook calls: give it a webhook secret, or start the runs by hand.'
      : `This server does not start runs by a trigger of kind "${kind}": start them by hand.`;
  report(checking, { path: '/trigger' }, 'trigger_inactive', message, {
    severity: 'warning',
    fix: [{ op: 'setTrigger', trigger: { kind: 'manual' } }],
  });
};

const checkInput = (trigger: Trigger, scope: VisibleScope, checking: Checking): void => {
  const spot: Spot = { path: '/trigger/input' };
  const { inputs } = checking.definition;
  // What a poll's action takes is not the run's input.
  if (!inputs || trigger.kind === 'poll') {
    checkTexts(trigger.input ?? {}, spot, scope, checking);
    return;
  }
  const { required, ...open } = inputs;
  const schema: JsonSchema = { type: 'object', properties: {}, ...open };
  checkValue(trigger.input ?? {}, { schema, root: schema }, spot, scope, checking);
  if (trigger.kind !== 'manual') reportMissing(trigger, required, schema, checking);
};

/** No error: somebody may still start it by hand, with all it needs. */
const reportMissing = (trigger: Trigger, required: unknown, schema: JsonSchema, checking: Checking): void => {
  const given: Json = trigger.input ?? {};
  const fields = isRecord(schema.properties) ? schema.properties : {};
  for (const name of Array.isArray(required) ? required : []) {
    if (typeof name !== 'string' || Object.hasOwn(given, name) || hasDefault(fields[name], schema)) continue;
    const message = `"${name}" is required, and nobody is there to give it when the ${trigger.kind} starts a run: no run will start. Give it here, or a default in "inputs".`;
    const at = member({ path: '/trigger/input' }, name);
    report(checking, at, 'missing_input', message, { severity: 'warning' });
  }
};

const hasDefault = (field: unknown, root: JsonSchema): boolean =>
  (isRecord(field) && field.default !== undefined) || dereference(field, root)?.default !== undefined;

const text = { type: 'string' };

/** The schema of what the templates of a trigger read as `trigger`; undefined when it is not known. */
const whatComes = ({ kind }: Trigger): JsonSchema | undefined => {
  switch (kind) {
    case 'schedule':
      return {
        type: 'object',
        properties: { scheduledAt: { ...text, format: 'date-time' } },
        required: ['scheduledAt'],
      };
    case 'webhook':
      return {
        type: 'object',
        properties: { body: {}, headers: { type: 'object', additionalProperties: text } },
        required: ['body', 'headers'],
      };
    case 'event':
      return { type: 'object', properties: { payload: {} }, required: ['payload'] };
    default:
      return undefined;
  }
};
