import { isRecord, type Json, type JsonObject } from '../../json.js';
import { type ActionSpec, impliedInput } from '../action-spec.js';
import { pointer } from '../json-pointer.js';
import type { Problem } from '../problem.js';
import type { LabelSource } from './branch-label.js';
import type { GraphNode } from './read-node-list.js';
import { nodeName, refuse } from './refuse.js';

/**
 * The input of the step that a node becomes. A missing required value is taken from the nearest step before that gives
 * one of that name; what the action does not take is left out with a warning. Null counts as not given.
 * Throws `not_convertible` naming node and field when a required value cannot be had.
 */
export const actionInput = (
  node: GraphNode,
  spec: ActionSpec,
  before: readonly LabelSource[],
  warn: (problem: Problem) => void,
): JsonObject => {
  const { properties, required, additionalProperties } = spec.inputSchema;
  const fields = isRecord(properties) ? properties : {};
  const open = !isRecord(properties) || additionalProperties === true || isRecord(additionalProperties);
  const input: [string, Json][] = [];
  for (const [name, value] of Object.entries({ ...impliedInput(spec, node.activity), ...node.params })) {
    if (value === null) continue;
    if (open || Object.hasOwn(fields, name)) input.push([name, value]);
    else {
      warn({
        code: 'unknown_input',
        severity: 'warning',
        path: pointer(`/nodes/${node.index}/params`, name),
        message: `${nodeName(node.id)} sets "${name}", which ${spec.id} does not take. It was left out.`,
      });
    }
  }
  const given = new Set(input.map(([name]) => name));
  for (const name of Array.isArray(required) ? required : []) {
    if (typeof name !== 'string' || given.has(name)) continue;
    const source = before.findLast(({ spec: { outputSchema } }) =>
      hasProperty(outputSchema.properties, name),
    );
    if (!source || !/^[A-Za-z_]\w*$/.test(name)) {
      return refuse(`${nodeName(node.id)} (${spec.id}) needs a value for "${name}". Add it to its params.`);
    }
    input.push([name, `\${{ steps.${source.stepId}.output.${name} }}`]);
  }
  return Object.fromEntries(input);
};

const hasProperty = (properties: unknown, name: string): boolean =>
  isRecord(properties) && Object.hasOwn(properties, name);
