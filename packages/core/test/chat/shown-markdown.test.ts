import { describe, expect, test } from 'vitest';
import { shownMarkdown } from '../../src/chat/shown-markdown.js';

describe('shownMarkdown', () => {
  test.each([
    ['plain **bold** `code` > quote\n- a & b', 'plain **bold** `code` > quote\n- a & b'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)>'],
    ['`delay < 3` and x <= 4', '`delay < 3` and x <= 4'],
    ['</b> <!-- --> <?x <https://example.com>', '&lt;/b> &lt;!-- --> &lt;?x &lt;https://example.com>'],
    ['[x](< javascript:alert(1)>)', '[x](&lt; javascript:alert(1)>)'],
    ['&lt;b&gt; &#106;s', '&amp;lt;b&amp;gt; &amp;#106;s'],
    ['[ok](https://example.com) [mail](mailto:a@b.c)', '[ok](https://example.com) [mail](mailto:a@b.c)'],
    ['[x](JavaScript:alert(1))', '[x](#alert(1))'],
    ['[x](javascript\\:alert(1))', '[x](#alert(1))'],
    ['[x](\n data:text/html,hi)', '[x](\n #text/html,hi)'],
    ['[x](&#106;avascript:alert(1))', '[x](&amp;#106;avascript:alert(1))'],
    ['[x]: vbscript:run', '[x]: #run'],
    ['![pixel](https://evil.example/p.png)', '&#33;[pixel](https://evil.example/p.png)'],
    ['\\![pixel](https://evil.example/p.png)', '\\&#33;[pixel](https://evil.example/p.png)'],
    ['[docs](/guide) [anchor](#top)', '[docs](/guide) [anchor](#top)'],
  ])('shows %j as %j', (text, shown) => {
    expect(shownMarkdown(text)).toBe(shown);
  });
});
