import type { JsonSchema } from '../json.js';
import { parseExpression } from './cel.js';
import { checkNode } from './check-node.js';
import { inTemplate } from './fail.js';
import { kindSchemas } from './kind-schemas.js';
import { unionOf } from './schema-walk.js';
import { splitTemplate } from './split-template.js';

/** What each scope name holds, as a JSON Schema: `inputs`, `vars`, `steps` (an object with a property per visible step), … */
export type SchemaScope = { readonly [name: string]: JsonSchema };

/** Something wrong with an expression, found without running it. */
export interface Finding {
  /**
   * `unknown_reference`: no such scope name, step or variable. `unknown_field`: no such field. `type_mismatch`: an operation that
   * always fails, or a comparison that is never true. `maybe_absent`: an operation that fails when a value is absent.
   */
  readonly code: 'unknown_reference' | 'unknown_field' | 'type_mismatch' | 'maybe_absent';
  readonly message: string;
  /** Offsets in the whole string. */
  readonly start: number;
  readonly end: number;
  /** Text that, put in place of `start` to `end`, is probably meant. */
  readonly suggestion?: string;
}

/** What a string of a definition yields. */
export interface ExpressionType {
  /** Undefined when nothing is known. A value that may be absent has `null` among its alternatives. */
  readonly schema: JsonSchema | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Checks a string of a definition against the schemas of its scope. One template has the type of its expression; text around or
 * between templates makes it a string; a string without templates is a constant. Throws `expression_failed` on a syntax error.
 *
 * @example
 * expressionType('${{ inputs.weigth > 5 }}', { inputs: schema }).findings[0]?.suggestion; // "weight"
 */
export const expressionType = (text: string, scope: SchemaScope): ExpressionType => {
  const parts = splitTemplate(text);
  const findings: Finding[] = [];
  const schemas = parts.map((part) => {
    if (part.type === 'text') return { type: 'string', const: part.text };
    const node = inTemplate(part.source, () => parseExpression(part.source));
    const { schema, optional } = checkNode(node, scope, (finding) =>
      findings.push({ ...finding, start: finding.start + part.offset, end: finding.end + part.offset }),
    );
    return schema && optional ? unionOf([schema, kindSchemas.null]) : schema;
  });
  return { schema: schemas.length === 1 ? schemas[0] : kindSchemas.string, findings };
};
