import fc from 'fast-check';
import type { OnError, Step } from '../../../src/workflow/definition.js';

/** A step without an id; `numbered` gives ids, unique in the definition. */
type Shape = (id: () => string) => Step;

const listOf = (steps: fc.Arbitrary<Shape>, max: number): fc.Arbitrary<Shape[]> =>
  fc.array(steps, { minLength: 1, maxLength: max });

/** What an action does, as the scripted runtimes do it. */
const behaviours = ['works', 'works', 'fails_once', 'fails'] as const;

const leaf: fc.Arbitrary<Shape> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({
        action: fc.constantFrom('look', 'put', 'mail', 'pay'),
        does: fc.constantFrom(...behaviours),
        onError: fc.constantFrom<OnError>('fail', 'continue'),
      })
      .map(
        ({ action, does, onError }): Shape =>
          (id) => {
            const input = { does, vars: '${{ vars }}', so_far: '${{ steps }}' };
            return { id: id(), kind: 'action', action, onError, input };
          },
      ),
  },
  fc.constant<Shape>((id) => ({ id: id(), kind: 'wait', duration: 'PT1H' })),
  fc.constant<Shape>((id) => ({ id: id(), kind: 'wait', signal: 'reply' })),
  fc.constant<Shape>((id) => ({ id: id(), kind: 'approval', title: 'Go on?', onReject: 'continue' })),
  fc.integer({ min: 0, max: 9 }).map(
    (n): Shape =>
      (id) => ({ id: id(), kind: 'set', values: { n } }),
  ),
);

const stop: fc.Arbitrary<Shape> = fc
  .constantFrom('succeeded' as const, 'failed' as const)
  .map((outcome) => (id) => ({ id: id(), kind: 'stop', outcome }));

const { step } = fc.letrec<{ step: Shape }>((tie) => ({
  step: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    { weight: 6, arbitrary: leaf },
    {
      weight: 1,
      arbitrary: fc.tuple(listOf(tie('step'), 2), listOf(fc.oneof(tie('step'), stop), 2)).map(
        ([yes, no]): Shape =>
          (id) => ({
            id: id(),
            kind: 'branch',
            cases: [{ when: '${{ has(vars.n) && vars.n > 4 }}', steps: yes.map((one) => one(id)) }],
            otherwise: no.map((one) => one(id)),
          }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.array(listOf(tie('step'), 2), { minLength: 2, maxLength: 3 }).map(
        (branches): Shape =>
          (id) => ({
            id: id(),
            kind: 'parallel',
            branches: branches.map((steps) => ({ steps: steps.map((one) => one(id)) })),
          }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(listOf(tie('step'), 2), fc.integer({ min: 1, max: 2 })).map(
        ([steps, concurrency]): Shape =>
          (id) => ({
            id: id(),
            kind: 'forEach',
            items: [1, 2],
            concurrency,
            steps: steps.map((one) => one(id)),
          }),
      ),
    },
    {
      weight: 1,
      arbitrary: listOf(tie('step'), 2).map(
        (steps): Shape =>
          (id) => ({
            id: id(),
            kind: 'repeat',
            max: 2,
            until: '${{ has(vars.n) }}',
            steps: steps.map((one) => one(id)),
          }),
      ),
    },
  ),
}));

const numbered = (shapes: readonly Shape[]): Step[] => {
  let count = 0;
  const id = (): string => {
    count += 1;
    return `s${count}`;
  };
  return shapes.map((shape) => shape(id));
};

/** Random steps of every kind that runs. */
export const randomSteps: fc.Arbitrary<Step[]> = listOf(step, 4).map(numbered);
