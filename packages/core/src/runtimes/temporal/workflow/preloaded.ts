/**
 * What a worker evaluates once, before its globals are frozen, and all its runs share: the interpreter, which is pure and
 * most of the code.
 */
export { interpret } from '../../../interpreter/interpret.js';

// The sandbox takes a stack trace of every promise: a third of what a run costs its thread. What for, Temporal's "call stack" of a run,
// would show this code, not the definition; what a run waits for, it says itself.
Error.stackTraceLimit = 0;
