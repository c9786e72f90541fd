import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A package and what shows the age of its build. */
export interface Buildable {
  readonly folder: string;
  /** Folders of packages whose sources the build holds. */
  readonly sources: readonly string[];
  /** Files of the build, below `folder`. */
  readonly built: readonly string[];
}

/** Whether a source is newer than the oldest file of the build, or a file of it is missing. */
export const isStale = ({ folder, sources, built }: Buildable): boolean => {
  const oldest = Math.min(...built.map((file) => changedAt(join(folder, file)) ?? Number.NEGATIVE_INFINITY));
  return sources.some((source) =>
    ['src', 'package.json', 'tsup.config.ts'].some((path) => newestIn(join(source, path)) > oldest),
  );
};

const changedAt = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

/** Folders count too: a removed file changes its folder. */
const newestIn = (path: string): number => {
  const below = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
  return Math.max(...['', ...below].map((name) => changedAt(join(path, name)) ?? 0));
};
