import { WorkflowError } from '../../../errors.js';
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
  let check: Promise<boolean> | undefined;

  const missing = async (): Promise<readonly string[]> => {
    const { customAttributes } = await connection.call(() =>
      connection.client.connection.operatorService.listSearchAttributes({ namespace }),
    );
    return Object.keys(types).filter((name) => customAttributes?.[name] === undefined);
  };

  const add = async (names: readonly string[]): Promise<void> => {
    const searchAttributes = Object.fromEntries(
      Object.entries(types).filter(([name]) => names.includes(name)),
    );
    await connection.call(() =>
      connection.client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes }),
    );
  };

  const haveAll = async (): Promise<boolean> => {
    try {
      const names = await missing();
      if (names.length === 0) return true;
      // Another process may be faster: what counts is what is there then.
      await add(names).catch((err: unknown) =>
        logger.debug({ namespace, names, err }, 'Search attributes were not added.'),
      );
      if ((await missing()).length === 0) return true;
      logger.warn({ namespace, names }, 'Search attributes cannot be registered: runs go without them.');
      return false;
    } catch (err) {
      // Asked again with the next run.
      if (WorkflowError.is(err)) throw err;
      logger.warn({ namespace, err }, 'Search attributes cannot be looked up: runs go without them.');
      return false;
    }
  };

  return () => {
    check ??= haveAll().catch((error: unknown) => {
      check = undefined;
      throw error;
    });
    return check;
  };
};
