/** The bundle's entry: measures one part, named by the first argument, and answers its rows to the process that started it. */
import { answerParent } from '../lib/child.js';
import type { Row } from '../lib/row.js';
import { events } from './events.js';
import { longDefinition } from './long-definition.js';
import type { Part } from './parts.js';
import { throughput } from './throughput.js';
import { wallTime } from './wall-time.js';
import { becomeReady, workerReady } from './worker-ready.js';
import { workflowCode } from './workflow-code.js';

const measurements: Readonly<Record<Part, () => Promise<readonly Row[]>>> = {
  events,
  'wall-time': wallTime,
  throughput,
  'workflow-code': workflowCode,
  'worker-ready': workerReady,
  'long-definition': longDefinition,
};

const isPart = (name: string): name is Part => Object.hasOwn(measurements, name);

const [name = ''] = process.argv.slice(2);
if (name === 'become-ready') await answerParent(await becomeReady());
else if (isPart(name)) await answerParent(await measurements[name]());
else throw new Error(`There is no part "${name}".`);
process.exit();
