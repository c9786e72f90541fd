import fc from 'fast-check';
import { applyPatch } from 'rfc6902';
import { describe, expect, test } from 'vitest';
import { diffJson } from '../../src/chat/diff-json.js';

describe('diffJson', () => {
  test('gives a patch that makes one value of the other (property, rfc6902 applies it)', () => {
    const value = fc.jsonValue({ maxDepth: 4 }).map((json) => JSON.parse(JSON.stringify(json)));
    const near = value.chain((from) =>
      fc.tuple(fc.constant(from), fc.oneof(value, fc.constant({ ...Object(from), more: [from, from] }))),
    );
    fc.assert(
      fc.property(fc.oneof(near, fc.tuple(fc.array(fc.nat(3)), fc.array(fc.nat(3)))), ([from, to]) => {
        fc.pre(!/__proto__|constructor|prototype/.test(JSON.stringify([from, to])));
        const before = { value: structuredClone(from) };
        const patch = structuredClone([...diffJson({ value: from }, { value: to })]);
        expect(applyPatch(before, patch as never)).toEqual(patch.map(() => null));
        expect(before).toEqual({ value: to });
      }),
    );
  });

  test('touches only what differs', () => {
    const steps = (ids: string[]) => ({ steps: ids.map((id) => ({ id, input: { a: 1 } })) });
    expect(diffJson(steps(['a', 'b', 'c']), steps(['a', 'x', 'b', 'c']))).toEqual([
      { op: 'add', path: '/steps/1', value: { id: 'x', input: { a: 1 } } },
    ]);
    expect(diffJson(steps(['a', 'b', 'c']), steps(['a', 'c']))).toEqual([{ op: 'remove', path: '/steps/1' }]);
    expect(diffJson({ 'a/b': { '~': 1 } }, { 'a/b': { '~': 2 } })).toEqual([
      { op: 'replace', path: '/a~1b/~0', value: 2 },
    ]);
    expect(diffJson({ a: [1] }, { a: [1] })).toEqual([]);
  });
});
