import { type Browser, chromium } from 'playwright-core';

/** Starts the Chromium of `CHROMIUM_PATH` without a window. */
export const launchBrowser = async (): Promise<Browser> => {
  const executablePath = process.env.CHROMIUM_PATH;
  if (!executablePath) throw new Error('Set CHROMIUM_PATH, or run the tests with npm test.');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
};
