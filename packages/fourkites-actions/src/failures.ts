import { actionFailure, type WorkflowError } from '@fk-workflow/core';

/** No such shipment; a retry does not help. */
export const shipmentNotFound = (shipmentId: string): WorkflowError =>
  actionFailure(
    'shipment_not_found',
    `There is no shipment ${shipmentId}. Check its number, or look for it with find_shipments.`,
    { retryable: false },
  );

/** No such stop of a shipment; a retry does not help. */
export const stopNotFound = (shipmentId: string, sequence: number): WorkflowError =>
  actionFailure(
    'stop_not_found',
    `The shipment ${shipmentId} has no stop ${sequence}. get_shipment lists its stops.`,
    { retryable: false },
  );

/** No such document; a retry does not help. */
export const documentNotFound = (source: string): WorkflowError =>
  actionFailure('document_not_found', `There is no document "${source}". Check its path or attachment id.`, {
    retryable: false,
  });

/** No such mail in the inbox; a retry does not help. */
export const emailNotFound = (messageId: string): WorkflowError =>
  actionFailure(
    'email_not_found',
    `There is no mail ${messageId} in the inbox. Take ids from check_email_inbox.`,
    { retryable: false },
  );
