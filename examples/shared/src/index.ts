/** What the example hosts have in common: configuration, composition, the page, start and stop. */
export { composeDemo, type Demo } from './compose-demo.js';
export { type Config, type Environment, readConfig } from './config.js';
export { type ListeningApp, runDemo, type StartApp } from './run-demo.js';
