/** The demo as its person uses it: type, see the cards, run, decide, see every step end; in light, dark and narrow. */

import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sentMail } from './support/api.js';
import { launchBrowser } from './support/browser.js';
import { type Demo, dataFolder, startDemo } from './support/demo.js';

let demo: Demo;
let folder: Awaited<ReturnType<typeof dataFolder>>;
let browser: Browser;

beforeAll(async () => {
  folder = await dataFolder();
  demo = await startDemo({ dataDir: folder.path, env: { DEMO_TIME_SCALE: '36000' } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await demo.kill();
  await folder.remove();
});

/** A picture of every stage, when somebody wants to look: SCREENSHOTS=folder npx vitest run --project e2e e2e/page.test.ts */
const picture = async (page: Page, name: string): Promise<void> => {
  const into = process.env.SCREENSHOTS;
  if (!into) return;
  await mkdir(into, { recursive: true });
  await page.screenshot({ path: join(into, `${name}.png`) });
};

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds on the page, shadow roots included. */
const accessibilityProblems = async (page: Page): Promise<unknown> => {
  await page.addScriptTag({ path: axePath }).catch(() => undefined);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe?: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    if (!axe) return 'axe was not loaded';
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]);
  });
};

const sentence = 'I need to send an email, wait 48 hours, check for response, and escalate if no reply';

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 420],
] as const)('%s, %i px wide: from a sentence to the end of a run', async (colorScheme, width) => {
  // bypassCSP: axe is injected; the page's own policy is what the next test is about.
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 860 },
    bypassCSP: true,
    // Contrast in the middle of a fade is not what a person reads.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const narrow = width < 720;
  const name = `${colorScheme}${narrow ? '-narrow' : ''}`;
  const tab = async (title: RegExp): Promise<void> => {
    if (narrow) await page.getByRole('tab', { name: title }).click();
  };
  const mailsBefore = (await sentMail(demo.url)).length;

  await page.goto(demo.url);
  await page.getByRole('textbox').fill(sentence);
  await page.getByRole('textbox').press('Enter');
  await page
    .getByText(/does this workflow look good/i)
    .first()
    .waitFor();
  await picture(page, `${name}-1-chat`);
  await tab(/workflow/i);
  for (const title of [
    'Send an email',
    'Wait 48 hours',
    'Check for response',
    'No reply?',
    'Send escalation email',
  ]) {
    await page.locator('.canvas, #panel-work').getByText(title, { exact: true }).first().waitFor();
  }
  expect(await accessibilityProblems(page)).toEqual([]);
  await picture(page, `${name}-2-drawn`);

  await page.getByRole('button', { name: /^run$/i }).click();
  const dialog = page.getByRole('dialog');
  for (const [field, value] of Object.entries({
    recipient_email: 'nobody@silent.example',
    facility: 'Chicago DC',
    escalation_recipient: 'ops@example.com',
    escalation_level: '1',
  })) {
    await dialog.locator(`[name="${field}"]`).fill(value);
  }
  await picture(page, `${name}-3-inputs`);
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: /run|start/i }).click();

  await page.locator('[data-state="waiting"]').first().waitFor();
  await picture(page, `${name}-4-waiting`);
  await page.locator('[data-node="step:wait"][data-state="succeeded"]').waitFor({ timeout: 20_000 });
  await page
    .getByText(/succeeded|finished|done/i)
    .first()
    .waitFor();
  await expect
    .poll(() => page.locator('[data-node^="step:"][data-state="succeeded"]').count(), { timeout: 20_000 })
    .toBe(5);
  await picture(page, `${name}-5-ended`);
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await sentMail(demo.url)).toHaveLength(mailsBefore + 2);

  // A reload loses neither the chat nor the drawing.
  await page.reload();
  await page.getByText(sentence).first().waitFor({ state: 'attached' });
  await page.locator('[data-node="step:wait"]').waitFor({ state: 'attached' });
  await context.close();
});

test('an approval is asked for and decided, and the page breaks no rule of its policy', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(demo.url);
  await page
    .getByRole('textbox')
    .fill('Ask the manager to approve, then email dock@chicago.example at facility Chicago DC');
  await page.getByRole('textbox').press('Enter');
  await page.locator('[data-node^="step:"]').nth(1).waitFor();
  await page.getByRole('button', { name: /^run$/i }).click();
  await page.getByRole('button', { name: /approve/i }).waitFor();
  await picture(page, 'approval');
  await page.getByRole('button', { name: /approve/i }).click();
  await expect
    .poll(() => page.locator('[data-node^="step:"][data-state="succeeded"]').count(), { timeout: 20_000 })
    .toBe(2);
  expect(complaints).toEqual([]);
  await context.close();
});
