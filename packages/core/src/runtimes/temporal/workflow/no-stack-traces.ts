/**
 * Evaluated once a worker, before its globals are frozen. The sandbox takes a stack trace of every promise: a third of what a
 * run costs its thread. Temporal's "call stack" of a run, which they are for, would show this code, not the definition; what a
 * run waits for, it says itself.
 */
Error.stackTraceLimit = 0;
