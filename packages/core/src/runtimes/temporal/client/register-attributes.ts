import type { Logger } from '../../../ports/logger.js';
import { searchAttributes } from '../common/contract.js';
import type { TemporalConnection } from './connect-temporal.js';

/** Of `temporal.api.enums.v1.IndexedValueType`. */
const types = {
  [searchAttributes.workflow]: 2,
  [searchAttributes.version]: 3,
  [searchAttributes.status]: 2,
} as const;

/**
 * Makes a function that says whether the namespace has our search attributes, and registers them where that is allowed.
 * Where it is not, one line of the log says so, and runs are started without them.
 */
export const createAttributeCheck = (
  connection: TemporalConnection,
  logger: Logger,
): (() => Promise<boolean>) => {
  const { namespace } = connection;
  let known: boolean | undefined;

  const missing = async (): Promise<readonly string[]> => {
    const { customAttributes } = await connection.call(() =>
      connection.client.connection.operatorService.listSearchAttributes({ namespace }),
    );
    return Object.keys(types).filter((name) => customAttributes?.[name] === undefined);
  };

  const register = async (names: readonly string[]): Promise<boolean> => {
    const wanted = Object.fromEntries(Object.entries(types).filter(([name]) => names.includes(name)));
    try {
      await connection.call(() =>
        connection.client.connection.operatorService.addSearchAttributes({
          namespace,
          searchAttributes: wanted,
        }),
      );
      return (await missing()).length === 0;
    } catch (err) {
      logger.warn({ namespace, names, err }, 'Search attributes cannot be registered: runs go without them.');
      return false;
    }
  };

  return async () => {
    if (known !== undefined) return known;
    const names = await missing();
    known = names.length === 0 || (await register(names));
    return known;
  };
};
