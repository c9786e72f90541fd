import { type Action, type Catalog } from '@fk-workflow/core';
import type { Connectors } from './connectors/connectors.js';
/**
 * The 18 actions, for a catalog that has others besides.
 *
 * @example
 * const catalog = createCatalog([...fourKitesActions(connectors), getRate]);
 */
export declare const fourKitesActions: (connectors: Connectors) => readonly Action[];
/**
 * The catalog of the FourKites actions.
 *
 * @example
 * const catalog = createFourKitesCatalog(createSimulator().connectors);
 */
export declare const createFourKitesCatalog: (connectors: Connectors) => Catalog;
