import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExternalStorage, type Payload, StorageDriverClaim } from '@temporalio/common';

/** A storage for large payloads, in a temporary folder. */
export interface FolderStorage {
  readonly externalStorage: ExternalStorage;
  /** How many payloads it holds. */
  size(): Promise<number>;
  /** Fails to store so many times. */
  break(times: number): void;
  remove(): Promise<void>;
}

/** Makes a {@link FolderStorage}: what a host would write for S3 or the like. */
export const folderStorage = async (): Promise<FolderStorage> => {
  const folder = await mkdtemp(join(tmpdir(), 'fk-workflow-payloads-'));
  let broken = 0;
  const store = async (payload: Payload): Promise<StorageDriverClaim> => {
    if (broken > 0) {
      broken -= 1;
      throw new Error('The bucket hunter2 is away.');
    }
    const name = randomUUID();
    await writeFile(join(folder, name), JSON.stringify(textsOf(payload)));
    return new StorageDriverClaim({ name });
  };
  const retrieve = async ({ claimData }: StorageDriverClaim): Promise<Payload> =>
    payloadOf(JSON.parse(await readFile(join(folder, claimData.name ?? ''), 'utf8')));
  const externalStorage = new ExternalStorage({
    drivers: [
      {
        name: 'folder',
        type: 'test.folder',
        store: (_, payloads) => Promise.all(payloads.map(store)),
        retrieve: (_, claims) => Promise.all(claims.map(retrieve)),
      },
    ],
  });
  return {
    externalStorage,
    size: async () => (await readdir(folder)).length,
    break(times) {
      broken = times;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

interface Texts {
  readonly metadata: { readonly [name: string]: string };
  readonly data: string;
}

const textsOf = ({ metadata, data }: Payload): Texts => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
});

const payloadOf = ({ metadata, data }: Texts): Payload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata).map(([name, text]) => [name, Buffer.from(text, 'base64')]),
  ),
  data: Buffer.from(data, 'base64'),
});
