import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardJson } from '../../src/http/json-guard.js';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
const rejects = (value: unknown, maxDepth = 64): boolean => {
  try {
    guardJson(value, maxDepth);
    return false;
  } catch {
    return true;
  }
};

describe('guardJson', () => {
  it('takes 64 levels and refuses 65, and a hundred thousand', () => {
    expect(rejects(nested(64))).toBe(false);
    expect(rejects(nested(65))).toBe(true);
    expect(rejects(nested(100_000))).toBe(true);
  });

  it('names the place of a forbidden key', () => {
    const body: unknown = JSON.parse('{"steps":[{"a/b":{"__proto__":{"x":1}}}]}');
    expect(() => guardJson(body, 64)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        details: { errors: [expect.objectContaining({ field: '/steps/0/a~1b/__proto__' })] },
      }),
    );
  });

  it('takes forbidden words as values, and any other JSON', () => {
    expect(rejects({ name: 'constructor', list: ['__proto__'] })).toBe(false);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => {
        const bad = /"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(value));
        expect(rejects(value)).toBe(bad);
      }),
    );
  });

  it('finds a forbidden key wherever it is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('__proto__', 'constructor', 'prototype'),
        fc.array(fc.oneof(fc.nat(3), fc.constantFrom('a', 'b')), { maxLength: 20 }),
        (key, path) => {
          const text = path.reduceRight<string>(
            (inner, part) =>
              typeof part === 'number' ? `[${'0,'.repeat(part)}${inner}]` : `{"${part}":${inner},"z":1}`,
            `{"${key}":null}`,
          );
          expect(rejects(JSON.parse(text))).toBe(true);
        },
      ),
    );
  });
});
