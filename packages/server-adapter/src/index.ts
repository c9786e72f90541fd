export { createHandler, type Handler, type RequestInfo } from './handler.js';
export type { TrustedProxies } from './http/client-address.js';
export type { ReadBody } from './http/read-body.js';
export { createLogger, type LoggerOptions } from './logger.js';
export type { HandlerOptions, Identity } from './options.js';
