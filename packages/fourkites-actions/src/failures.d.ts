import { type WorkflowError } from '@fk-workflow/core';
/** No such shipment; a retry does not help. */
export declare const shipmentNotFound: (shipmentId: string) => WorkflowError;
/** No such stop of a shipment; a retry does not help. */
export declare const stopNotFound: (shipmentId: string, sequence: number) => WorkflowError;
/** No such document; a retry does not help. */
export declare const documentNotFound: (source: string) => WorkflowError;
/** No such mail in the inbox; a retry does not help. */
export declare const emailNotFound: (messageId: string) => WorkflowError;
