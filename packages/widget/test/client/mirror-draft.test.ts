import type { DraftState } from '@fk-workflow/core/protocol';
import fc from 'fast-check';
import { createPatch, applyPatch as reference } from 'rfc6902';
import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../src/client/apply-patch.js';
import { emptyDraft, mirrorDraft } from '../../src/client/index.js';

const draft: DraftState = { definition: { id: 'w', name: 'W', steps: [] }, revision: 1, problems: [] };

describe('the mirrored draft', () => {
  it('starts from a snapshot and follows deltas without changing the old value', () => {
    const first = mirrorDraft(emptyDraft, { type: 'STATE_SNAPSHOT', snapshot: draft });
    expect(first).toEqual(draft);
    const second = mirrorDraft(draft, {
      type: 'STATE_DELTA',
      delta: [
        { op: 'test', path: '/revision', value: 1 },
        { op: 'replace', path: '/revision', value: 2 },
        { op: 'add', path: '/definition/steps/-', value: { id: 'a', kind: 'wait', duration: 'PT1H' } },
      ],
    });
    expect(second).toMatchObject({ revision: 2, definition: { steps: [{ id: 'a' }] } });
    expect(draft.definition?.steps).toEqual([]);
  });

  it.each([
    ['a failing test', [{ op: 'test', path: '/revision', value: 7 }]],
    ['a missing path', [{ op: 'remove', path: '/definition/nothing' }]],
    ['a result that is no draft', [{ op: 'replace', path: '/revision', value: 'two' }]],
  ] as const)('is stale after %s', (_, delta) => {
    expect(mirrorDraft(draft, { type: 'STATE_DELTA', delta })).toBe('stale');
  });

  it('ignores the other events', () => {
    expect(mirrorDraft(draft, { type: 'TEXT_MESSAGE_END', messageId: 'm' })).toBe(draft);
  });
});

describe('a patch', () => {
  it('gives what rfc6902 gives, for any two documents', () => {
    const value = fc.jsonValue({ maxDepth: 4 }).map((json) => JSON.parse(JSON.stringify(json)));
    const safe = (json: unknown) => !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(json));
    fc.assert(
      fc.property(value.filter(safe), value.filter(safe), (from, to) => {
        const patch = createPatch({ value: from }, { value: to });
        expect(applyPatch({ value: from }, patch)).toEqual({ ok: true, value: { value: to } });
        const document = { value: structuredClone(from) };
        expect(reference(document, patch).every((error) => error === null)).toBe(true);
      }),
    );
  });

  it('moves and copies', () => {
    const patch = [
      { op: 'move', from: '/a/0', path: '/b' },
      { op: 'copy', from: '/b', path: '/a/-' },
    ] as const;
    expect(applyPatch({ a: [1, 2] }, patch)).toEqual({ ok: true, value: { a: [2, 1], b: 1 } });
  });

  it.each(['/__proto__/polluted', '/a/constructor/prototype/polluted', '/prototype'])(
    'refuses %s',
    (path) => {
      expect(applyPatch({ a: {} }, [{ op: 'add', path, value: true }])).toEqual({ ok: false });
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    },
  );

  it.each(['/a/01', '/a/2', '/a/-1', 'a', '/toString'])('does not find %s', (path) => {
    expect(applyPatch({ a: [1] }, [{ op: 'replace', path, value: 0 }])).toEqual({ ok: false });
  });
});
