import type { Definition, Step } from '../workflow/definition.js';
import type { WorkflowLookup } from '../workflow/workflow-lookup.js';
import { type Sources, sourcesOf } from './knowledge.js';

/** The definition that is simulated and those that its steps run. */
export interface Definitions {
  readonly root: Definition;
  /** Undefined: sub-workflows are not walked. */
  readonly workflows: Pick<WorkflowLookup, 'get'> | undefined;
  /** Made once a definition. */
  sourcesOf(definition: Definition): Sources;
  /** The step of an id, or of ids from the step whose sub-run it is in: `note`, `sub/note`. */
  stepAt(idPath: string): Step | undefined;
}

/** Makes {@link Definitions}. */
export const createDefinitions = (root: Definition, workflows: Definitions['workflows']): Definitions => {
  const sources = new Map<Definition, Sources>();

  const sourcesOnce = (definition: Definition): Sources => {
    const known = sources.get(definition) ?? sourcesOf(definition);
    sources.set(definition, known);
    return known;
  };

  return {
    root,
    workflows,
    sourcesOf: sourcesOnce,
    stepAt(idPath) {
      let definition: Definition | undefined = root;
      let step: Step | undefined;
      for (const id of idPath.split('/')) {
        step = definition && sourcesOnce(definition).steps.get(id);
        definition = step?.kind === 'workflow' ? workflows?.get(step.workflow, step.version) : undefined;
      }
      return step;
    },
  };
};
