import fc from 'fast-check';
import type { Definition, OnError, Step } from '../../../src/workflow/definition.js';

/** A step without an id; `numbered` gives ids, unique in the definition. */
type Shape = (id: () => string) => Step;

const listOf = (steps: fc.Arbitrary<Shape>, max: number): fc.Arbitrary<Shape[]> =>
  fc.array(steps, { minLength: 1, maxLength: max });

const build = (shapes: readonly Shape[], id: () => string): Step[] => shapes.map((shape) => shape(id));

/** Conditions on what the first step answers, on variables, and on both. */
const conditions = [
  '${{ steps.first.output.ok }}',
  '${{ !steps.first.output.ok }}',
  '${{ steps.first.output.level == "high" }}',
  '${{ steps.first.output.count > 3 }}',
  '${{ has(vars.n) && vars.n > 4 }}',
  '${{ has(vars.ok) && vars.ok }}',
  '${{ steps.first.output.ok && steps.first.output.level != "low" }}',
];

/** Conditions on what a sub-workflow is given. */
const conditionsInside = [
  '${{ inputs.ok }}',
  '${{ inputs.look.ok }}',
  '${{ inputs.look.count > 3 }}',
  '${{ inputs.times == 2 }}',
];

const leaf: fc.Arbitrary<Shape> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({
        action: fc.constantFrom('look', 'put', 'pay'),
        onError: fc.constantFrom<OnError>('fail', 'fail', 'continue'),
      })
      .map(
        ({ action, onError }): Shape =>
          (id) => ({ id: id(), kind: 'action', action, onError, input: { so_far: '${{ steps }}' } }),
      ),
  },
  fc.constant<Shape>((id) => ({ id: id(), kind: 'wait', duration: 'PT1H' })),
  fc.boolean().map(
    (limited): Shape =>
      (id) => ({ id: id(), kind: 'wait', signal: 'reply', ...(limited ? { timeout: 'PT2H' } : {}) }),
  ),
  fc.boolean().map(
    (limited): Shape =>
      (id) => ({
        id: id(),
        kind: 'approval',
        title: 'Go on?',
        onReject: 'continue',
        ...(limited ? { timeout: 'PT3H' } : {}),
      }),
  ),
  fc.integer({ min: 0, max: 9 }).map(
    (n): Shape =>
      (id) => ({ id: id(), kind: 'set', values: { n, ok: '${{ steps.first.output.ok }}' } }),
  ),
);

const stop: fc.Arbitrary<Shape> = fc
  .constantFrom('succeeded' as const, 'failed' as const)
  .map((outcome) => (id) => ({ id: id(), kind: 'stop', outcome }));

const stepWith = (leaf: fc.Arbitrary<Shape>, condition: fc.Arbitrary<string>): fc.Arbitrary<Shape> =>
  fc.letrec<{ step: Shape }>((tie) => ({
    step: fc.oneof(
      { depthSize: 'small', maxDepth: 2 },
      { weight: 4, arbitrary: leaf },
      {
        weight: 2,
        arbitrary: fc.tuple(condition, listOf(tie('step'), 2), listOf(fc.oneof(tie('step'), stop), 2)).map(
          ([when, yes, no]): Shape =>
            (id) => ({
              id: id(),
              kind: 'branch',
              cases: [{ when, steps: build(yes, id) }],
              otherwise: build(no, id),
            }),
        ),
      },
      {
        weight: 1,
        arbitrary: fc.array(listOf(tie('step'), 2), { minLength: 2, maxLength: 2 }).map(
          (branches): Shape =>
            (id) => ({
              id: id(),
              kind: 'parallel',
              branches: branches.map((steps) => ({ steps: build(steps, id) })),
            }),
        ),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(listOf(tie('step'), 2), fc.integer({ min: 1, max: 2 }), fc.boolean()).map(
          ([steps, concurrency, late]): Shape =>
            (id) => ({
              id: id(),
              kind: 'forEach',
              items: '${{ steps.first.output.items }}',
              concurrency,
              steps: late
                ? [
                    {
                      id: id(),
                      kind: 'branch',
                      cases: [{ when: '${{ item.late }}', steps: build(steps, id) }],
                    },
                  ]
                : build(steps, id),
            }),
        ),
      },
      {
        weight: 1,
        arbitrary: listOf(tie('step'), 2).map(
          (steps): Shape =>
            (id) => {
              const look = id();
              return {
                id: id(),
                kind: 'repeat',
                max: 3,
                until: `\${{ steps.${look}.output.ok }}`,
                steps: [{ id: look, kind: 'action', action: 'look' }, ...build(steps, id)],
              };
            },
        ),
      },
    ),
  })).step;

/** Runs a workflow, then does one thing or another as its output says. */
const call = (workflow: string): fc.Arbitrary<Shape> =>
  fc
    .record(
      {
        onError: fc.constantFrom<OnError>('fail', 'continue'),
        timeout: fc.constant('PT90M'),
        retry: fc.constant({ maxAttempts: 2, initialInterval: 'PT10M' }),
        extra: fc.constant(7),
      },
      { requiredKeys: ['onError'] },
    )
    .map(
      ({ extra, ...more }): Shape =>
        (id) => {
          const run = id();
          const input = {
            ok: '${{ steps.first.output.ok }}',
            look: '${{ steps.first.output }}',
            ...(extra === undefined ? {} : { extra }),
          };
          return {
            id: id(),
            kind: 'parallel',
            branches: [
              {
                steps: [
                  { id: run, kind: 'workflow', workflow, version: 3, input, ...more },
                  {
                    id: id(),
                    kind: 'branch',
                    cases: [
                      {
                        when: `\${{ steps.${run}.output != null && steps.${run}.output.ok }}`,
                        steps: [{ id: id(), kind: 'action', action: 'put' }],
                      },
                      {
                        when: `\${{ steps.${run}.output != null && steps.${run}.output.look.level == "high" }}`,
                        steps: [{ id: id(), kind: 'wait', duration: 'PT30M' }],
                      },
                    ],
                  },
                ],
              },
            ],
          };
        },
    );

const definitionOf = (step: fc.Arbitrary<Shape>, most: number, more: Partial<Definition>) =>
  listOf(step, most).map((shapes): Definition => {
    let count = 0;
    const id = (): string => {
      count += 1;
      return `s${count}`;
    };
    const first: Step = { id: 'first', kind: 'action', action: 'look' };
    return { id: 'random', name: 'Random', steps: [first, ...build(shapes, id)], ...more };
  });

/** Random definitions of every kind that runs, whose ways depend on what `look` answers. */
export const randomDefinition: fc.Arbitrary<Definition> = definitionOf(
  stepWith(leaf, fc.constantFrom(...conditions)),
  4,
  {},
);

/** What a sub-workflow of these takes and gives. `extra` is refused. */
const called: Partial<Definition> = {
  inputs: {
    type: 'object',
    properties: { ok: { type: 'boolean' }, look: { type: 'object' }, times: { type: 'number', default: 2 } },
    required: ['ok'],
    additionalProperties: false,
  },
  output: { ok: '${{ steps.first.output.ok }}', look: '${{ steps.first.output }}' },
};

const inside = fc.constantFrom(...conditions, ...conditionsInside);

/** Random definitions that run others, which run others: `inner` and `outer`, both at version 3. */
export const randomFamily: fc.Arbitrary<{ definition: Definition; inner: Definition; outer: Definition }> =
  fc.record({
    definition: definitionOf(
      stepWith(fc.oneof(leaf, call('inner'), call('outer')), fc.constantFrom(...conditions)),
      3,
      {},
    ),
    inner: definitionOf(stepWith(leaf, inside), 2, { ...called, id: 'inner' }),
    outer: definitionOf(stepWith(fc.oneof(leaf, call('inner')), inside), 2, { ...called, id: 'outer' }),
  });
