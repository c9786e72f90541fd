import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Hosts that packages are installed from. They belong to a machine's configuration, never into what is published. */
const registryHost =
  /\b(?:registry\.npmjs\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|[a-z0-9.-]*(?:artifactory|nexus(?![a-z])|verdaccio|codeartifact)[a-z0-9.-]*\.[a-z]{2,})\b/i;

/**
 * Finds names of package registries in what is published or locked below `root`: sources, build and manifest of each
 * package, the lock file and `.npmrc`. Such a name would install from somebody else's registry, or leak its name.
 */
export const registryHostProblems = async (root: string): Promise<readonly string[]> => {
  const packages = await readdir(join(root, 'packages'));
  const files = await Promise.all([
    ...packages.flatMap((name) =>
      ['src', 'dist'].map((folder) => filesIn(root, join('packages', name, folder))),
    ),
    packages.flatMap((name) => [`packages/${name}/package.json`, `packages/${name}/README.md`]),
    ['package-lock.json', '.npmrc'],
  ]);
  const problems = await Promise.all(files.flat().map((file) => problemsIn(root, file)));
  return problems.flat();
};

const problemsIn = async (root: string, file: string): Promise<string[]> => {
  const text = await readFile(join(root, file), 'utf8').catch(unlessMissing(''));
  return text.split('\n').flatMap((line, index) => {
    const host = registryHost.exec(line)?.[0];
    return host === undefined ? [] : [`${file}:${index + 1} names the registry ${host}: take it out.`];
  });
};

const filesIn = async (root: string, folder: string): Promise<string[]> => {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
    unlessMissing([]),
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
};

const unlessMissing =
  <Value>(instead: Value) =>
  (error: unknown): Value => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return instead;
    throw error;
  };
