import { afterEach, describe, expect, test, vi } from 'vitest';
import { FakeServer, problem } from '../support/fake-server.js';
import { expectAccessible, looks, type Mounted, mount } from '../support/mount.js';
import { draft } from '../support/sample.js';

afterEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
});

const asked = async (look: Parameters<typeof mount>[1] = {}): Promise<Mounted> => {
  const server = new FakeServer();
  server.sessions.set('session-1', { session_id: 'session-1', messages: [], draft });
  const page = await mount(server, look);
  await vi.waitFor(() => expect(page.element.draft).not.toBeNull());
  if (look?.width !== undefined && look.width < 720) {
    page.get('#tab-work').click();
    await page.element.updateComplete;
  }
  page.get('.work button.primary').focus();
  page.click('Run');
  await vi.waitFor(() => expect(page.find('dialog[open]')).not.toBeNull());
  return page;
};

const fill = (page: Mounted, values: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(values)) {
    const field = page.get(`dialog [name="${name}"]`);
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = value === 'true';
    else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
    else if (field instanceof HTMLSelectElement) field.value = value;
  }
};

const wrongOf = (page: Mounted, name: string): string | undefined => {
  const field = page.get(`dialog [name="${name}"]`);
  const ids = field.getAttribute('aria-describedby')?.split(' ') ?? [];
  const id = ids.find((candidate) => candidate.endsWith('-wrong'));
  return id === undefined ? undefined : page.get(`#${id}`).textContent?.trim();
};

describe('the form for the inputs of a run', () => {
  test('has a field of the right type for each, with defaults, the required ones first', async () => {
    const page = await asked();
    const fields = page
      .all('dialog :is(input, select, textarea)')
      .map((field) => [
        field.getAttribute('name'),
        field instanceof HTMLInputElement ? field.type : field.tagName.toLowerCase(),
        field instanceof HTMLInputElement && field.type !== 'checkbox' ? field.value : '',
      ]);
    expect(fields).toEqual([
      ['facility', 'text', ''],
      ['facility_email', 'email', ''],
      ['shipment_ids', 'textarea', ''],
      ['urgent', 'checkbox', ''],
      ['severity', 'select', ''],
      ['hours', 'text', '48'],
      ['since', 'date', ''],
    ]);
    expect(page.get('dialog [name="facility"]').getAttribute('aria-required')).toBe('true');
    expect(page.get('dialog').textContent).toContain('As it is called in the mail.');
    await vi.waitFor(() => expect(page.get('dialog').matches(':focus-within')).toBe(true));
  });

  test('starts the run with values of the right types', async () => {
    const page = await asked();
    fill(page, {
      ...{ facility: 'Chicago', facility_email: 'dc@example.com', shipment_ids: 'S-1\n\n S-2 \n' },
      ...{ urgent: 'true', severity: '"high"', hours: '24', since: '2025-03-03' },
    });
    page.click('Start run');
    await vi.waitFor(() => expect(page.server.runs.get('run_1')).toBeDefined());
    expect(page.server.runs.get('run_1')?.run.input).toEqual({
      ...{ facility: 'Chicago', facility_email: 'dc@example.com', shipment_ids: ['S-1', 'S-2'] },
      ...{ urgent: true, severity: 'high', hours: 24, since: '2025-03-03' },
    });
    await vi.waitFor(() => expect(page.find('dialog')).toBeNull());
  });

  test('says what is missing at each field, all at once, and moves to the first', async () => {
    const page = await asked();
    fill(page, { facility_email: 'not an address', hours: 'two' });
    page.click('Start run');
    await vi.waitFor(() => expect(wrongOf(page, 'facility')).toBe('Fill in “Facility”.'));
    expect(wrongOf(page, 'facility_email')).toBe('Enter an address such as name@example.com.');
    expect(wrongOf(page, 'hours')).toBe('Enter a whole number.');
    expect(wrongOf(page, 'severity')).toBeUndefined();
    await vi.waitFor(() => expect(page.get('dialog [name="facility"]').matches(':focus')).toBe(true));
    expect(page.server.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test("shows the server's problems at their fields and keeps what was typed", async () => {
    const page = await asked();
    const problems = [
      { code: 'format', severity: 'error', path: '/facility_email', message: 'Nobody lives there.' },
      { code: 'min_items', severity: 'error', path: '/shipment_ids/0', message: 'S-1 is not a shipment.' },
    ];
    page.server.overrides.push({
      path: /POST .*\/runs$/,
      answer: () => problem(422, 'The input has 2 problems.', { problems }),
    });
    fill(page, { facility: 'Chicago', facility_email: 'dc@example.com', shipment_ids: 'S-1' });
    page.click('Start run');
    await vi.waitFor(() => expect(wrongOf(page, 'facility_email')).toBe('Nobody lives there.'));
    expect(wrongOf(page, 'shipment_ids')).toBe('S-1 is not a shipment.');
    expect(page.get('dialog [role="alert"]').textContent?.trim()).toBe('The input has 2 problems.');
    const field = page.get('dialog [name="facility"]');
    expect(field instanceof HTMLInputElement && field.value).toBe('Chicago');
  });

  test('opens when the page gave input that does not do, filled with what it gave', async () => {
    const page = await asked();
    page.click('Not now');
    await vi.waitFor(() => expect(page.find('dialog')).toBeNull());
    const problems = [
      { code: 'required', severity: 'error', path: '/facility_email', message: 'Is missing.' },
    ];
    page.server.overrides.push({
      path: /POST .*\/runs$/,
      answer: () => problem(422, 'The input has a problem.', { code: 'invalid_input', problems }),
    });
    await page.element.run({ facility: 'Chicago' });
    await vi.waitFor(() => expect(wrongOf(page, 'facility_email')).toBe('Is missing.'));
    const field = page.get('dialog [name="facility"]');
    expect(field instanceof HTMLInputElement && field.value).toBe('Chicago');
  });

  test('goes away on "Not now", starts nothing, and gives the focus back', async () => {
    const page = await asked();
    page.click('Not now');
    await vi.waitFor(() => expect(page.find('dialog')).toBeNull());
    expect(page.server.runs.size).toBe(0);
    expect(page.get('.work button.primary').matches(':focus')).toBe(true);
  });
});

describe.each(looks)('the form in $theme at $width px', (look) => {
  test('is accessible, also with mistakes', async () => {
    const page = await asked(look);
    await expectAccessible(page);
    page.click('Start run');
    await vi.waitFor(() => expect(page.find('.wrong')).not.toBeNull());
    await expectAccessible(page);
  });
});
