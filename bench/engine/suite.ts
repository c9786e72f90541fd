/** The bundle's entry: measures one part, named by the first argument, and answers its rows to the process that started it. */
import { answerParent } from '../lib/child.js';
import type { Row } from '../lib/row.js';
import { durableSteps } from './durable-steps.js';
import { longLoop } from './long-loop.js';
import { noOpSteps } from './no-op-steps.js';
import type { Part } from './parts.js';
import { recoverAll, recovery } from './recovery.js';
import { resume } from './resume.js';
import { validation } from './validation.js';

const measurements: Readonly<Record<Part, () => Promise<readonly Row[]>>> = {
  'no-op-steps': noOpSteps,
  'durable-steps': durableSteps,
  resume,
  validation,
  recovery,
  'long-loop': longLoop,
};

const isPart = (name: string): name is Part => Object.hasOwn(measurements, name);

const [name = '', path = ''] = process.argv.slice(2);
if (name === 'recover-all') await answerParent(await recoverAll(path));
else if (isPart(name)) await answerParent(await measurements[name]());
else throw new Error(`There is no part "${name}".`);
process.exit();
