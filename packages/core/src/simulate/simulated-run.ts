import { compileTemplates } from '../expressions/compile.js';
import { interpret, type RunOutcome } from '../interpreter/interpret.js';
import type { ActionAnswer, Runtime, SubRunCall } from '../interpreter/runtime.js';
import type { Json } from '../json.js';
import type { Definition, WorkflowStep } from '../workflow/definition.js';
import type { Definitions } from './definitions.js';
import { createKnowledge, type Given, type Knowledge } from './knowledge.js';
import { stepIdOf, subRunPrefix } from './run-path.js';
import { answerOf, type LastEvent, subRunOf } from './sub-run.js';
import type { Log } from './trace.js';
import { createWorld, type World, type WorldParts } from './world.js';

/** A run of a walk: the one that is simulated, or one that it started. */
export interface SimulatedRun {
  readonly runId: string;
  readonly version: number;
  /** What its paths start with in the rest of the walk; empty for the run that is simulated. */
  readonly prefix: string;
  readonly log: Log;
  /** Its paths are those of the walk. */
  readonly world: World;
  interpret(runtime: Runtime): Promise<RunOutcome>;
  /** The run of a sub-workflow, or why it cannot start; undefined when the world answers in its place. */
  startSubRun(call: SubRunCall): StartedSubRun | ActionAnswer | undefined;
}

/** A run that a run starts. */
export interface StartedSubRun {
  readonly run: SimulatedRun;
  /** What its end means to the step that started it. */
  end(event: LastEvent): ActionAnswer;
}

/** What a run is of. */
export interface RunAbout extends Pick<SimulatedRun, 'runId' | 'version' | 'prefix' | 'log'> {
  readonly definition: Definition;
  readonly input: Json;
  readonly trigger: Json;
  readonly given: Given;
  /** Runs above it. */
  readonly depth: number;
  /** Whether a run above takes its failure, so that the ways on which it fails count. */
  readonly failureIsTaken: boolean;
}

/** What the runs of a walk share. */
export interface RunParts extends Omit<WorldParts, 'sources' | 'knowledge' | 'failureIsTaken'> {
  readonly definitions: Definitions;
}

/** Makes a {@link SimulatedRun}. */
export const createSimulatedRun = (about: RunAbout, parts: RunParts): SimulatedRun => runOf(about, parts).run;

/** A run, with what is known in it. */
const runOf = (
  about: RunAbout,
  parts: RunParts,
): { readonly run: SimulatedRun; readonly isMadeUp: (end: LastEvent) => boolean } => {
  const { runId, version, prefix, log, definition, given, failureIsTaken } = about;
  const { actions, answers, definitions, origins, trace } = parts;
  const sources = definitions.sourcesOf(definition);
  const knowledge = createKnowledge(sources, given, origins);

  const start = (call: SubRunCall, called: Definition, input: Json): StartedSubRun => {
    const { path, attempt, workflow, version: pinned } = call;
    const stepId = stepIdOf(path);
    const step = sources.steps.get(stepId);
    const calling = step?.kind === 'workflow' ? step : undefined;
    const innerPrefix = subRunPrefix(prefix + path, attempt);
    let log: Log | undefined;
    const { run, isMadeUp } = runOf(
      {
        runId: call.runId,
        version: pinned,
        prefix: innerPrefix,
        log: (event, at) => {
          // Not before its first event: it may be given up before it starts.
          log ??= trace.subRun({ path: innerPrefix.slice(0, -1), workflow, version: pinned });
          log(event, at);
        },
        definition: called,
        input,
        trigger: null,
        given: { ...given, trigger: true, unknownInput: unknownFields(calling, knowledge) },
        depth: about.depth + 1,
        failureIsTaken: failureIsTaken || (calling?.onError ?? 'fail') !== 'fail',
      },
      parts,
    );
    return {
      run,
      end(event) {
        if (isMadeUp(event)) knowledge.madeUp(stepId, 'computed');
        return answerOf(event, call.runId);
      },
    };
  };

  const run: SimulatedRun = {
    runId,
    version,
    prefix,
    log,
    world: createWorld({ ...parts, sources, knowledge, failureIsTaken }),
    interpret: (runtime) =>
      interpret({ definition, input: about.input, trigger: about.trigger, actions }, runtime),
    startSubRun(call) {
      const { workflows } = definitions;
      if (!workflows || answers.of(prefix + call.path)) return undefined;
      const found = subRunOf(call, about.depth + 1, workflows);
      return 'ok' in found ? found : start(call, found.definition, found.input);
    },
  };
  return {
    run,
    isMadeUp: (end) =>
      end.type === 'run.failed'
        ? knowledge.isMadeUp(stepIdOf(end.error.path ?? ''))
        : knowledge.isMadeOfUnknown(sources.output),
  };
};

/** The fields of a sub-run's input that go back to something made up. */
const unknownFields = (step: WorkflowStep | undefined, knowledge: Knowledge): ReadonlySet<string> =>
  new Set(
    Object.entries(step?.input ?? {})
      .filter(([, value]) => knowledge.isMadeOfUnknown(compileTemplates(value).references))
      .map(([name]) => name),
  );
