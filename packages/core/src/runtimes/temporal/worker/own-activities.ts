import { subRunInput } from '../../../interpreter/sub-run.js';
import type { OwnActivities } from '../common/contract.js';

/** What the workflow leaves to a worker besides actions. */
export const ownActivities: OwnActivities = {
  async checkSubRunInput(definition, given) {
    const { value: input, problems } = subRunInput(definition, given);
    const problem = problems.find(({ severity }) => severity === 'error');
    return { input, ...(problem ? { problem: problem.message } : {}) };
  },
};
