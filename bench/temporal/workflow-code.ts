import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Row, row } from '../lib/row.js';
import { workflowByHand } from './by-hand/side.js';
import { byHand } from './sides.js';

const shipped = new URL('./temporal-workflow.cjs', import.meta.resolve('@fk-workflow/core/temporal/worker'));

/** How large the code is that a worker loads into the sandbox of workflows. */
export const workflowCode = async (): Promise<readonly Row[]> => {
  const { size } = await stat(fileURLToPath(shipped));
  const [theirs = ''] = (await workflowByHand()).split('//# sourceMappingURL=');
  return [
    row(
      'bundled workflow code',
      'KB',
      size / 1000,
      { atMost: 300 },
      {
        [byHand]: Buffer.byteLength(theirs) / 1000,
      },
    ),
  ];
};
