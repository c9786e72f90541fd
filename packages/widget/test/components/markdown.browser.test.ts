import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/chat/render-markdown.js';

const rendered = (source: string): HTMLElement => {
  const box = document.createElement('div');
  box.append(renderMarkdown(source));
  document.body.replaceChildren(box);
  return box;
};

describe('Markdown from a model or a mail', () => {
  test.each([
    '<img src=x onerror="window.hacked = true">',
    '<script>window.hacked = true</script>',
    '<svg onload="window.hacked = true"><style>*{display:none}</style></svg>',
    '<iframe srcdoc="<script>parent.hacked = true</script>"></iframe>',
    '<a href="javascript:window.hacked = true" onclick="window.hacked = true">x</a>',
    '<form action="https://evil.example"><button>Sign in</button></form>',
    '<math><mtext></form><form><mglyph><style></math><img src onerror=window.hacked=true>',
  ])('shows HTML as text: %s', async (source) => {
    const box = rendered(`Before ${source} after`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect('hacked' in window).toBe(false);
    expect(
      box.querySelector('img, script, svg, iframe, form, style, button, math, [onclick], [onerror]'),
    ).toBeNull();
    expect(box.textContent).toContain('after');
  });

  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\nscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:x)',
    '[x](//evil.example)',
    '[x](/logout)',
  ])('makes no link of %s', (source) => {
    expect(rendered(source).querySelector('a[href]')).toBeNull();
  });

  test.each(['https://example.com/a?b=c', 'mailto:ops@example.com'])(
    'opens %s in a tab of its own',
    (href) => {
      const link = rendered(`[x](${href})`).querySelector('a');
      expect(link?.getAttribute('href')).toBe(href);
      expect(link?.target).toBe('_blank');
      expect(link?.rel).toBe('noopener noreferrer');
    },
  );

  test('loads no picture, only its description stays', () => {
    const box = rendered('![The map](https://evil.example/pixel.png?who=me)');
    expect(box.querySelector('img')).toBeNull();
    expect(box.textContent?.trim()).toBe('The map');
    expect(performance.getEntriesByType('resource').some(({ name }) => name.includes('evil.example'))).toBe(
      false,
    );
  });

  test('keeps lists, tables, code and emphasis', () => {
    const box = rendered('**a** _b_\n\n- c\n\n| d | e |\n|---|---|\n| f | g |\n\n```js\nh < 1\n```');
    expect([...box.querySelectorAll('strong, em, li, th, td')].map(({ textContent }) => textContent)).toEqual(
      [...['a', 'b', 'c', 'd', 'e', 'f', 'g']],
    );
    expect(box.querySelector('pre code')?.textContent).toBe('h < 1\n');
  });

  test('takes no headings into the outline of the page', () => {
    const box = rendered('# Big');
    expect(box.querySelector('h1')).toBeNull();
    expect(box.querySelector('strong')?.textContent).toBe('Big');
  });
});
