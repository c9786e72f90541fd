import type { Definition } from '@fk-workflow/core/protocol';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/client/index.js';
import { json, problem, scripted } from './support.js';

const definition: Definition = { id: 'w', name: 'New', steps: [] };
const saved = (version: number, name = 'New') => ({ id: 'w', version, definition: { ...definition, name } });
const save = (fetch: typeof globalThis.fetch) =>
  createClient({ endpoint: '', fetch }).saveWorkflow(definition);

describe('saving a workflow', () => {
  it('creates it', async () => {
    const { fetch, seen } = scripted(json(saved(1), 201));
    expect(await save(fetch)).toEqual(saved(1));
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/api/workflows', body: definition });
  });

  it('replaces the newest version of one that exists', async () => {
    const { fetch, seen } = scripted(problem(409, 'It exists.'), json(saved(3, 'Old')), json(saved(4)));
    expect(await save(fetch)).toEqual(saved(4));
    expect(seen[2]).toMatchObject({ method: 'PUT', url: '/api/workflows/w', body: definition });
    expect(seen[2]?.headers.get('if-match')).toBe('"3"');
  });

  it('makes no new version of the same content', async () => {
    const { fetch, seen } = scripted(problem(409, 'It exists.'), json(saved(3)));
    expect(await save(fetch)).toEqual(saved(3));
    expect(seen).toHaveLength(2);
  });

  it('reads again when somebody else saved in between', async () => {
    const { fetch, seen } = scripted(
      problem(409, 'It exists.'),
      json(saved(3, 'Old')),
      problem(412, 'Not the newest.'),
      json(saved(4, 'Theirs')),
      json(saved(5)),
    );
    expect(await save(fetch)).toEqual(saved(5));
    expect(seen[4]?.headers.get('if-match')).toBe('"4"');
  });

  it('addresses an approval by its path, percent-encoded', async () => {
    const { fetch, seen } = scripted(json({ accepted: true }, 202));
    await createClient({ endpoint: '', fetch }).signal('run_1', 'each[3]/ok', { decision: 'approved' });
    expect(seen[0]).toMatchObject({
      url: '/api/runs/run_1/signals/each%5B3%5D%2Fok',
      body: { decision: 'approved' },
    });
  });
});
