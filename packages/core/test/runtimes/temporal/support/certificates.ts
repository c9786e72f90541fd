import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate and its private key, as PEM. */
export interface KeyPair {
  readonly crt: Buffer;
  readonly key: Buffer;
}

/** A certificate authority made for a test. */
export interface Authority {
  readonly ca: Buffer;
  /** Certifies a server at `localhost`, or a client. */
  issue(name: string): Promise<KeyPair>;
  remove(): Promise<void>;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes an {@link Authority} with OpenSSL; its certificates are valid for two days. */
export const createAuthority = async (): Promise<Authority> => {
  const folder = await mkdtemp(join(tmpdir(), 'fk-workflow-certificates-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-days',
    '2',
    '-subj',
    '/CN=ca',
  );
  await writeFile(join(folder, 'extensions'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  return {
    ca: await readFile(join(folder, 'ca.crt')),
    async issue(name) {
      const [key, csr, crt] = [`${name}.key`, `${name}.csr`, `${name}.crt`] as const;
      await openssl('req', ...newKey, '-keyout', key, '-out', csr, '-subj', `/CN=${name}`);
      const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
      await openssl('x509', '-req', '-in', csr, ...signed, '-extfile', 'extensions', '-out', crt);
      return { crt: await readFile(join(folder, crt)), key: await readFile(join(folder, key)) };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
