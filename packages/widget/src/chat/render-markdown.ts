import DOMPurify from 'dompurify';
import { Marked } from 'marked';

/** Loaded on the first message only: this file is a chunk of its own, with marked and DOMPurify in it. */

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    // What looks like HTML is shown as the text it is.
    html: ({ text }) => escapeHtml(text),
    // A picture would tell its server that somebody reads this; its description stays.
    image: ({ text }) => escapeHtml(text),
    // The headings of a message must not mix with those of the page.
    heading({ tokens }) {
      return `<p><strong>${this.parser.parseInline(tokens)}</strong></p>`;
    },
  },
});

const allowed = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'hr', 'a'],
    ...['ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  ALLOWED_ATTR: ['href', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
} as const;

/**
 * Markdown from a model or a mail as safe DOM: no HTML of its own, no pictures, no styles, links only to the web and
 * to mail, opened in a new tab that knows nothing of this one.
 */
export const renderMarkdown = (source: string): DocumentFragment => {
  const html = marked.parse(source, { async: false });
  const fragment = DOMPurify.sanitize(html, {
    ...allowed,
    ALLOWED_TAGS: [...allowed.ALLOWED_TAGS],
    ALLOWED_ATTR: [...allowed.ALLOWED_ATTR],
  });
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  return fragment;
};
