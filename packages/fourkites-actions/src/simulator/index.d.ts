/** `@fk-workflow/fourkites-actions/simulator`: every far side of the actions in this process. Modelled on public samples, not certified. */
export { createSimulator, type Simulator, type SimulatorOptions } from './create-simulator.js';
export { ruleParser } from './parser/rule-parser.js';
export type { SentMail } from './records.js';
