import { WorkflowError } from '../../../errors.js';
import type { Logger } from '../../../ports/logger.js';
import { type ShownAttributes, searchAttributes } from '../common/contract.js';
import type { TemporalConnection } from './connect-temporal.js';
import { grpcStatus, grpcStatusOf } from './grpc-status.js';

/** Of `temporal.api.enums.v1.IndexedValueType`. */
const types = {
  [searchAttributes.workflow]: 2,
  [searchAttributes.version]: 3,
  [searchAttributes.status]: 2,
  [searchAttributes.tenant]: 2,
} as const;

type Name = keyof typeof types;
const names = Object.values(searchAttributes);

/**
 * Makes a function that says which of our search attributes the namespace has, and registers them where that is allowed.
 * Where it is not, one line of the log says so, and runs are started without them. Throws `store_unavailable`, `configuration`.
 */
export const createAttributeCheck = (
  connection: TemporalConnection,
  logger: Logger,
): (() => Promise<ShownAttributes>) => {
  const { namespace } = connection;
  let check: Promise<ShownAttributes> | undefined;

  const missing = async (): Promise<readonly Name[]> => {
    const { customAttributes } = await connection.call(() =>
      connection.client.connection.operatorService.listSearchAttributes({ namespace }),
    );
    return names.filter((name) => customAttributes?.[name] === undefined);
  };

  /** One by one: a namespace that has room for no more may take some of them. */
  const add = async (name: Name): Promise<void> => {
    try {
      await connection.call(() =>
        connection.client.connection.operatorService.addSearchAttributes({
          namespace,
          searchAttributes: { [name]: types[name] },
        }),
      );
    } catch (err) {
      // Another process may be faster: what counts is what is there then.
      logger.debug({ namespace, name, err }, 'A search attribute was not added.');
    }
  };

  const look = async (): Promise<ShownAttributes> => {
    try {
      const unregistered = await missing();
      for (const name of unregistered) await add(name);
      const absent = unregistered.length === 0 ? [] : await missing();
      if (absent.length > 0) {
        logger.warn(
          { namespace, names: absent },
          'Search attributes cannot be registered: runs go without them.',
        );
      }
      return shownWithout(absent);
    } catch (err) {
      // Asked again with the next run, unless it is this question that is not allowed.
      if (WorkflowError.is(err) && grpcStatusOf(err) !== grpcStatus.permissionDenied) throw err;
      logger.warn({ namespace, err }, 'Search attributes cannot be looked up: runs go without them.');
      return shownWithout(names);
    }
  };

  return () => {
    check ??= look().catch((error: unknown) => {
      check = undefined;
      throw error;
    });
    return check;
  };
};

const shownWithout = (absent: readonly Name[]): ShownAttributes => ({
  showsStatus: absent.every((name) => name === searchAttributes.tenant),
  showsTenant: !absent.includes(searchAttributes.tenant),
});
