import { WorkflowError } from '../errors.js';

/** Milliseconds without a sign of life after which a process is taken for dead. */
const defaultLeaseMs = 5000;
/** Any process stands still for some milliseconds now and then. */
const shortestLeaseMs = 100;

/** The lease time of a store, in milliseconds. Throws `configuration`. */
export const requireLease = (leaseMs: number = defaultLeaseMs): number => {
  if (Number.isFinite(leaseMs) && leaseMs >= shortestLeaseMs) return leaseMs;
  throw new WorkflowError('configuration', `leaseMs is ${leaseMs}: give ${shortestLeaseMs} or more.`);
};
