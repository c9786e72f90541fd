import { applyEdits, type Definition, validateDefinition } from '@fk-workflow/core/workflow';
import { elapsed } from '../lib/best-of-rounds.js';
import { type Row, row } from '../lib/row.js';
import { relayActions } from './actions.js';
import { relayDefinition } from './relay-definition.js';

const count = 1000;
const rounds = 15;

/** Checking a definition of a thousand steps with two references each: one never seen before, and one of which a step was edited. */
export const validation = async (): Promise<readonly Row[]> => {
  let cold = Number.POSITIVE_INFINITY;
  let edited = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    // Texts of their own in every round, so that no round finds what an earlier one has parsed.
    const raw = relayDefinition(count, `r${round}_`);
    cold = Math.min(cold, await elapsed(() => check(raw)));
    const before = check(relayDefinition(count, `r${round}_`));
    const set = { '/input/document': 'another' };
    const { definition } = applyEdits(before, [{ op: 'update', id: `r${round}_${count / 2}`, set }]);
    edited = Math.min(edited, await elapsed(() => check(definition)));
  }
  return [
    row('validate 1,000 steps with 2,000 references, cold', 'ms', cold, { atMost: 100 }),
    row('validate 1,000 steps with 2,000 references, after one edit', 'ms', edited, { atMost: 5 }),
  ];
};

const check = (value: unknown): Definition => {
  const { definition, problems } = validateDefinition(value, {
    actions: relayActions,
    limits: { steps: count },
  });
  if (!definition || problems.length > 0) throw new Error(`It is wrong: ${problems[0]?.message}`);
  return definition;
};
