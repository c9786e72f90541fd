import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Runs a script in a process of its own, with `global.gc`; answers what it sends by {@link answerParent}. */
export const inChild = async <T>(script: string, args: readonly string[]): Promise<T> => {
  const child = fork(script, args, {
    execArgv: ['--expose-gc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const answers: T[] = [];
  child.on('message', (answer: T) => answers.push(answer));
  const [code] = await once(child, 'exit');
  const [answer] = answers;
  if (code !== 0 || answer === undefined) throw new Error(`It failed: ${args.join(' ')}`);
  return answer;
};

/** Sends what this process has measured to the one that started it. */
export const answerParent = (answer: unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!process.send) throw new Error('This runs as a child process: use npm run bench.');
    process.send(answer, undefined, {}, (error) => (error ? reject(error) : resolve()));
  });
