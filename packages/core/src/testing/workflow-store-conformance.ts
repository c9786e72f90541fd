import { deepEqual, equal } from 'node:assert/strict';
import type { WorkflowStore } from '../ports/workflow-store.js';
import { type ConformanceCase, casesOf, failsWith, freshId } from './conformance-case.js';
import { sampleDefinition } from './samples.js';

/** What {@link workflowStoreConformance} needs of the host. */
export interface WorkflowStoreConformanceOptions {
  readonly open: () => WorkflowStore | Promise<WorkflowStore>;
  /** Frees what `open` made. */
  readonly close?: () => Promise<void>;
}

/** What every {@link WorkflowStore} must do. The store may hold other workflows too. */
export const workflowStoreConformance = ({
  open,
  close = async () => undefined,
}: WorkflowStoreConformanceOptions): readonly ConformanceCase[] => {
  const test = casesOf(open, () => close());

  return [
    test('saves version 1 and gives it back', async (store) => {
      const definition = sampleDefinition(freshId('wf'));
      const saved = { id: definition.id, version: 1, definition };
      deepEqual(await store.create(definition), saved);
      deepEqual(await store.get(definition.id), saved);
      deepEqual(await store.get(definition.id, 1), saved);
    }),
    test('knows nothing of what was never saved', async (store) => {
      const id = freshId('wf');
      equal(await store.get(id), undefined);
      deepEqual(await store.versions(id), []);
      equal(await store.delete(id), false);
      await failsWith('not_found', () => store.replace(sampleDefinition(id), 1));
      await store.create(sampleDefinition(id));
      equal(await store.get(id, 2), undefined);
      equal(await store.get(id, 0), undefined);
    }),
    test('refuses to create what exists', async (store) => {
      const definition = sampleDefinition(freshId('wf'));
      const made = await Promise.allSettled([store.create(definition), store.create(definition)]);
      equal(made.filter((one) => one.status === 'fulfilled').length, 1);
      await failsWith('already_exists', () => store.create(sampleDefinition(definition.id, 'Other')));
      deepEqual((await store.get(definition.id))?.definition, definition);
    }),
    test('numbers versions and never changes an old one', async (store) => {
      const id = freshId('wf');
      const [one, two, three] = [
        sampleDefinition(id, 'One'),
        sampleDefinition(id, 'Two'),
        sampleDefinition(id, 'Three'),
      ];
      await store.create(one);
      deepEqual(await store.replace(two, 1), { id, version: 2, definition: two });
      deepEqual(await store.replace(three, 2), { id, version: 3, definition: three });
      deepEqual(await store.versions(id), [1, 2, 3]);
      deepEqual((await store.get(id, 1))?.definition, one);
      deepEqual(await store.get(id), { id, version: 3, definition: three });
    }),
    test('replaces only the newest version, one caller at a time', async (store) => {
      const id = freshId('wf');
      await store.create(sampleDefinition(id));
      const names = Array.from({ length: 5 }, (_, n) => `Name ${n}`);
      const replaced = await Promise.allSettled(
        names.map((name) => store.replace(sampleDefinition(id, name), 1)),
      );
      equal(replaced.filter((one) => one.status === 'fulfilled').length, 1);
      await failsWith('version_conflict', () => store.replace(sampleDefinition(id), 1));
      await failsWith('version_conflict', () => store.replace(sampleDefinition(id), 3));
      deepEqual(await store.versions(id), [1, 2]);
    }),
    test('shares no object with its caller', async (store) => {
      const definition = sampleDefinition(freshId('wf'));
      const before = structuredClone(definition);
      Object.assign(await store.create(definition), { version: 9 });
      Object.assign(definition, { name: 'Changed' });
      Object.assign((await store.get(definition.id))?.definition ?? {}, { name: 'Changed too' });
      deepEqual((await store.get(definition.id))?.definition, before);
    }),
    test('lists newest versions by id, page by page', async (store) => {
      const prefix = freshId('wf');
      const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => `${prefix}_${letter}`);
      for (const id of [...ids].reverse()) await store.create(sampleDefinition(id));
      await store.replace(sampleDefinition(`${prefix}_b`, 'Newer'), 1);
      const seen: [string, number][] = [];
      // The cursor is opaque, so others' workflows are walked through as well.
      let cursor: string | undefined;
      do {
        const page = await store.list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
        if (page.items.length > 2) throw new Error('a page is longer than its limit');
        for (const item of page.items) if (item.id.startsWith(prefix)) seen.push([item.id, item.version]);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      deepEqual(
        seen,
        ids.map((id) => [id, id.endsWith('_b') ? 2 : 1]),
      );
    }),
    test('deletes all versions', async (store) => {
      const id = freshId('wf');
      await store.create(sampleDefinition(id));
      await store.replace(sampleDefinition(id, 'Two'), 1);
      equal(await store.delete(id), true);
      equal(await store.get(id), undefined);
      deepEqual(await store.versions(id), []);
      equal((await store.create(sampleDefinition(id))).version, 1);
    }),
  ];
};
