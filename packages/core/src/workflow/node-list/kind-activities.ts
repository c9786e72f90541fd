import type { JsonObject } from '../../json.js';
import type { ApprovalStep, SetStep, Step, StopStep, WaitStep } from '../definition.js';
import { normalizeDuration } from '../duration.js';
import type { GraphNode } from './read-node-list.js';
import { nodeName, refuse } from './refuse.js';

/** Activities that are a kind of step here. Loops and sub-workflows have none: a list of nodes cannot hold them. */
const kinds = new Map<string, 'wait' | 'branch' | 'approval' | 'set' | 'stop'>([
  ['wait_for_duration', 'wait'],
  ['wait_timer', 'wait'],
  ['wait', 'wait'],
  ['conditional_router', 'branch'],
  ['branch', 'branch'],
  ['approval', 'approval'],
  ['set_variables', 'set'],
  ['set', 'set'],
  ['stop', 'stop'],
]);

/** The kind of step an activity is; undefined when it is an action. */
export const kindOfActivity = (
  activity: string,
): 'wait' | 'branch' | 'approval' | 'set' | 'stop' | undefined => kinds.get(activity);

/** The activity a kind of step goes by in a node list. */
export const activityOfKind = {
  wait: 'wait_timer',
  branch: 'conditional_router',
  approval: 'approval',
  set: 'set_variables',
  stop: 'stop',
  workflow: 'workflow',
} as const;

const title = ({ label }: GraphNode) => (label === undefined ? {} : { title: label });

/** The wait a node means: `{duration, unit}` as the first version wrote it, `{duration: "PT48H"}`, `{until}` or `{signal}`. */
export const waitStep = (id: string, node: GraphNode): WaitStep => {
  const { duration, unit, until, signal, timeout } = node.params;
  const base = { id, kind: 'wait', ...title(node) } as const;
  if (typeof until === 'string') return { ...base, until };
  if (typeof signal === 'string') {
    return { ...base, signal, ...(typeof timeout === 'string' ? { timeout } : {}) };
  }
  if (typeof duration !== 'string' && typeof duration !== 'number') {
    return refuse(
      `${nodeName(node.id)} (${node.activity}) needs a value for "duration". Add it to its params.`,
    );
  }
  const text = typeof unit === 'string' ? `${duration} ${unit}` : String(duration);
  const normal = normalizeDuration(text) ?? normalizeDuration(String(duration));
  if (normal === undefined) {
    const hint = 'Write e.g. {"duration": 48, "unit": "hours"} with seconds, minutes, hours or days.';
    return refuse(`${nodeName(node.id)} waits "${text.slice(0, 60)}", which is no duration. ${hint}`);
  }
  return { ...base, duration: normal };
};

/** Any other kind but a branch; its params are the step's own fields, which validation checks. */
export const plainStep = (kind: 'approval' | 'set' | 'stop', id: string, node: GraphNode): Step => {
  const { params } = node;
  if (kind === 'set') return { id, kind, ...title(node), values: params } satisfies SetStep;
  if (kind === 'stop') {
    const outcome = params.outcome === 'failed' ? 'failed' : 'succeeded';
    return { id, kind, ...title(node), ...texts(params, 'reason'), outcome } satisfies StopStep;
  }
  const approval: ApprovalStep = {
    id,
    kind,
    title: node.label ?? (typeof params.title === 'string' ? params.title : 'Approval'),
    ...texts(params, 'message', 'timeout'),
    ...(params.onTimeout === 'approved' ? { onTimeout: 'approved' } : {}),
    ...(params.onReject === 'continue' ? { onReject: 'continue' } : {}),
  };
  const approvers = Array.isArray(params.approvers)
    ? params.approvers.filter((name) => typeof name === 'string')
    : [];
  return approvers.length === 0 ? approval : { ...approval, approvers };
};

const texts = <K extends string>(
  params: JsonObject,
  ...names: readonly K[]
): { readonly [N in K]?: string } => {
  const found: { [N in K]?: string } = {};
  for (const name of names) {
    const value = params[name];
    if (typeof value === 'string') found[name] = value;
  }
  return found;
};
