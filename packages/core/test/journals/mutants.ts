import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { replay } from '../../src/runtimes/embedded/replay.js';

/** A change of what steps mean, as a careless commit would make it. */
export interface Mutant {
  readonly what: string;
  /** Below `src/`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export const mutants: readonly Mutant[] = [
  {
    what: 'steps get two attempts',
    file: 'interpreter/retry.ts',
    from: "effect === 'irreversible' ? 1 : 3",
    to: "effect === 'irreversible' ? 1 : 2",
  },
  {
    what: 'what runs side by side runs in turn',
    file: 'interpreter/together.ts',
    from: 'fibers.size < concurrency',
    to: 'fibers.size < 1',
  },
  {
    what: 'an approval without an answer counts as approved',
    file: 'interpreter/approval.ts',
    from: "step.onTimeout ?? 'rejected'",
    to: "step.onTimeout ?? 'approved'",
  },
  {
    what: 'rounds are counted from 1',
    file: 'interpreter/for-each.ts',
    from: '${path}[${index}]/',
    to: '${path}[${index + 1}]/',
  },
  {
    what: 'a branch takes the last case that holds',
    file: 'interpreter/branch.ts',
    from: 'cases.findIndex(',
    to: 'cases.findLastIndex(',
  },
  {
    what: 'actions are undone oldest first',
    file: 'interpreter/compensate.ts',
    from: 'execution.undoable.toReversed()',
    to: 'execution.undoable.slice()',
  },
];

const source = fileURLToPath(new URL('../../src/', import.meta.url));

/** The replay of the sources with one change in them. Throws when the sources no longer have the place. */
export const mutatedReplay = async ({ file, from, to }: Mutant): Promise<typeof replay> => {
  let applied = false;
  const { outputFiles } = await build({
    entryPoints: [`${source}runtimes/embedded/replay.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'bundle',
    plugins: [
      {
        name: 'mutate',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            if (path !== `${source}${file}`) return undefined;
            const text = await readFile(path, 'utf8');
            applied = text.includes(from);
            return { contents: text.replace(from, to), loader: 'ts' };
          });
        },
      },
    ],
  });
  const code = outputFiles[0]?.text;
  if (!applied || code === undefined)
    throw new Error(`${file} has no "${from}" any more: choose another place.`);
  const loaded: { readonly replay: typeof replay } = await import(
    `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  );
  return loaded.replay;
};
