import { aptInstall, brewInstall } from './install.js';
import type { Service } from './service.js';
import { findBinary } from './shell.js';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const folders = [
  '/Applications/Chromium.app/Contents/MacOS',
  '/Applications/Google Chrome.app/Contents/MacOS',
];
const find = (): Promise<string | undefined> => findBinary([...names, 'Chromium', 'Google Chrome'], folders);

/** A Chromium for the browser tests; nothing is started here. */
export const chromium: Service = {
  name: 'Chromium',
  variable: 'CHROMIUM_PATH',
  async start() {
    const found = await find();
    if (found) return { address: found, how: 'binary on the machine' };
    if ((await aptInstall(['chromium'])) || (await brewInstall(['--cask', 'chromium']))) {
      const installed = await find();
      if (installed) return { address: installed, how: 'installed' };
    }
    throw new Error('Install chromium or set CHROMIUM_PATH.');
  },
};
