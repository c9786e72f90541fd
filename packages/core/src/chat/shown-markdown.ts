const safeSchemes: readonly string[] = ['http:', 'https:', 'mailto:'];

/**
 * Text from people and models as Markdown source that is safe to render: no HTML, no image (each becomes a link, so
 * nothing is fetched unasked), and links only to the web and to mail addresses. It reads as it was written.
 */
export const shownMarkdown = (text: string): string =>
  text
    // An entity in a link's address would be decoded after the scheme was looked at.
    .replaceAll(/&(?=#?\w+;)/g, '&amp;')
    // What no letter follows is no tag ("delay < 3"), except where it would open a link's address.
    .replaceAll(/<(?=[a-z/!?])|(?<=\]\(\s*|\]:\s*)</gi, '&lt;')
    .replaceAll(/!(?=\[)/g, '&#33;')
    .replaceAll(/(\]\(\s*|\]:\s*)([a-z][a-z0-9+.\\-]*:)/gi, (whole, before: string, scheme: string) =>
      // Markdown drops a backslash before punctuation.
      safeSchemes.includes(scheme.replaceAll('\\', '').toLowerCase()) ? whole : `${before}#`,
    );
