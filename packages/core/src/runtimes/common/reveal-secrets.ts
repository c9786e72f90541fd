import { actionFailure } from '../../catalog/action.js';
import type { ActionCall, SecretText } from '../../interpreter/runtime.js';
import { isRecord, type Json } from '../../json.js';
import type { SecretResolver } from '../../ports/secret-resolver.js';
import { createMask, type Mask, noMask } from './mask.js';

/** An input as the handler gets it, and what keeps its secrets from getting out. */
export interface Revealed {
  readonly input: Json;
  readonly mask: Mask;
}

/**
 * Puts the values of secrets into an input. Throws an action's failure: `secret_missing`, for good, or
 * `secret_unavailable`, when the host cannot tell now.
 */
export const revealSecrets = async (
  { input, secrets }: Pick<ActionCall, 'input' | 'secrets'>,
  resolve: SecretResolver,
): Promise<Revealed> => {
  if (secrets.length === 0) return { input, mask: noMask };
  const names = new Set(
    secrets.flatMap(({ parts }) => parts.flatMap((part) => (typeof part === 'string' ? [] : [part.secret]))),
  );
  const values = new Map<string, string>();
  for (const name of names) values.set(name, await secretValue(name, resolve));
  const textOf = ({ parts }: SecretText): string =>
    parts.map((part) => (typeof part === 'string' ? part : (values.get(part.secret) ?? ''))).join('');
  return {
    input: secrets.reduce((result, secret) => replaceAt(result, secret.at, textOf(secret)), input),
    mask: createMask([...values.values()]),
  };
};

const secretValue = async (name: string, resolve: SecretResolver): Promise<string> => {
  let value: string | undefined;
  try {
    value = await resolve(name);
  } catch (cause) {
    throw actionFailure('secret_unavailable', `The secret "${name}" cannot be read now.`, { cause });
  }
  if (value !== undefined) return value;
  const message = `The host has no secret "${name}": set it, then retry the run from this step.`;
  throw actionFailure('secret_missing', message, { retryable: false });
};

const replaceAt = (value: Json, [key, ...rest]: readonly string[], text: string): Json => {
  if (key === undefined) return text;
  if (Array.isArray(value)) {
    return value.map((item, index) => (String(index) === key ? replaceAt(item, rest, text) : item));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? replaceAt(item, rest, text) : item]),
  );
};
