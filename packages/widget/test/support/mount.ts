import axe from 'axe-core';
import { expect, vi } from 'vitest';
import '../../src/index.js';
import type { FkWorkflowBuilder } from '../../src/fk-workflow-builder.js';
import { FakeServer } from './fake-server.js';

/** A mounted element with ways to look into it and to use it as a person does. */
export interface Mounted {
  readonly element: FkWorkflowBuilder;
  readonly server: FakeServer;
  readonly find: (selector: string) => HTMLElement | null;
  /** The first match; fails the test when there is none. */
  readonly get: (selector: string) => HTMLElement;
  readonly all: (selector: string) => readonly HTMLElement[];
  /** The text of everything shown. */
  readonly text: () => string;
  /** Clicks the button of that name. */
  readonly click: (name: string) => void;
  /** Writes into the composer and presses Enter. */
  readonly say: (message: string) => void;
}

/** Mounts the element before a fake server, `width` pixels wide. */
export const mount = async (
  server: FakeServer = new FakeServer(),
  set: { width?: number; theme?: 'light' | 'dark'; sessionId?: string } = {},
): Promise<Mounted> => {
  const element = document.createElement('fk-workflow-builder');
  element.endpoint = 'https://fake.example/flows';
  element.sessionId = set.sessionId ?? 'session-1';
  element.theme = set.theme ?? 'light';
  element.fetch = server.fetch;
  const frame = document.createElement('div');
  // A bare page behind the element, as axe measures contrast against it.
  document.documentElement.lang = 'en';
  document.title = 'Workflows';
  frame.style.width = `${set.width ?? 1200}px`;
  frame.append(element);
  document.body.replaceChildren(frame);
  await element.updateComplete;
  const root = element.renderRoot;
  const find = (selector: string) => root.querySelector<HTMLElement>(selector);
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const get = (selector: string): HTMLElement => {
    const found = find(selector);
    if (!found) throw new Error(`Nothing matches ${selector}.`);
    return found;
  };
  const mounted: Mounted = {
    ...{ element, server, find, all, get },
    text: () => root.querySelector('.root')?.textContent?.replace(/\s+/g, ' ') ?? '',
    click: (name) => {
      const button = all('button').find(
        (candidate) => (candidate.ariaLabel ?? candidate.textContent ?? '').trim() === name,
      );
      if (!button) throw new Error(`There is no button “${name}”.`);
      button.click();
    },
    say: (message) => {
      const field = get('textarea[name="message"]');
      if (field instanceof HTMLTextAreaElement) field.value = message;
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    },
  };
  await vi.waitFor(() => expect(mounted.text()).not.toContain('Opening the conversation'));
  return mounted;
};

/** Fails with what axe finds, in its own words. */
export const expectAccessible = async ({ element }: Mounted): Promise<void> => {
  // Contrast is measured at rest, not in the middle of an entrance.
  for (const animation of element.shadowRoot?.getAnimations() ?? []) {
    if (animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY) animation.finish();
  }
  const { violations } = await axe.run(element, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
    [],
  );
};

/** The looks in which every component has to be accessible. */
export const looks = [
  { theme: 'light', width: 1200 },
  { theme: 'dark', width: 1200 },
  { theme: 'light', width: 390 },
] as const;
