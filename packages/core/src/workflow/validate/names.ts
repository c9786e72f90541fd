/** Reads a definition's names: ids of definitions and steps, loop variables, variables. */
import { matching, type Reader, refuse, text } from './readers.js';

/** CEL literals: no name may hide them. */
const literals: ReadonlySet<string> = new Set(['in', 'true', 'false', 'null']);

/** What an expression reads from, besides loop variables. */
export const scopeNames = ['inputs', 'trigger', 'vars', 'steps', 'run', 'secrets'] as const;

/** Reserved by CEL's grammar. */
const celReserved =
  'as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  );

const loopReserved: ReadonlySet<string> = new Set([...literals, ...celReserved, ...scopeNames, 'index']);

const identifier = /^[a-z][a-z0-9_]{0,63}$/;
const identifierRule = 'a name of 1 to 64 lower-case letters, digits and _ that starts with a letter';

/** True for text that can be a step's id. */
export const isStepId = (id: string): boolean => identifier.test(id) && !literals.has(id);

const named =
  (reserved: ReadonlySet<string>, read: Reader): Reader =>
  (value, place, reading) => {
    if (typeof value === 'string' && reserved.has(value)) {
      return refuse(
        reading,
        place,
        'reserved_name',
        `"${value}" is reserved by expressions: choose another name.`,
      );
    }
    return read(value, place, reading);
  };

/** A step's id (whether it is unique is seen where steps are read). */
export const stepId = named(literals, matching(identifier, 'invalid_id', identifierRule));

/** A loop's variable. */
export const loopVariable = named(loopReserved, matching(identifier, 'invalid_id', identifierRule));

/** True for text that `vars.` can be followed by. */
export const isVariable = (name: string): boolean => /^[A-Za-z_]\w{0,63}$/.test(name) && !literals.has(name);

/** True for text that can be a definition's id. Ids of runs start with `run_`. */
export const isDefinitionId = (id: string): boolean => /^(?!run_)[A-Za-z0-9_-]{1,100}$/.test(id);

/** A definition's id. */
export const definitionId = matching(
  /^(?!run_)[A-Za-z0-9_-]{1,100}$/,
  'invalid_id',
  'an id of 1 to 100 letters, digits, _ and - that does not start with "run_"',
);

const actionText = text(200, 1);

/** An action's id; an alias is given back as the id it means. Whether there is such an action is a question of meaning. */
export const actionId: Reader = (value, place, reading) => {
  const id = actionText(value, place, reading);
  return typeof id === 'string' ? (reading.actions.get(id)?.id ?? id) : undefined;
};
