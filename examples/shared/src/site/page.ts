/** What the page says of the demo. */
export interface PageFacts {
  /** Plain text. */
  readonly name: string;
  readonly timeScale: number;
  /** Whether calls need a key, for which the page then asks. */
  readonly needsKey: boolean;
}

/** Nothing but this origin's own scripts, styles and API; no frame, no form, no inline code. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The host page: a header that says what this is, and the one tag. A link sends no key, so with keys there is none. */
export const hostPage = (facts: PageFacts): Response =>
  new Response(html(facts), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy,
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-cache',
    },
  });

const html = ({ name, timeScale, needsKey }: PageFacts): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Workflow builder – ${escapeHtml(name)}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/demo/page.css">
    <script type="module" src="/widget/fk-workflow-builder.js"></script>${
      needsKey ? '\n    <script type="module" src="/demo/ask-key.js"></script>' : ''
    }
  </head>
  <body>
    <header>
      <h1>Workflow builder</h1>
      <p>${escapeHtml(name)} · simulator: no mail leaves, no shipment is real · ${escapeHtml(pace(timeScale))}</p>
      ${needsKey ? '' : '<nav><a href="/simulator/mail">Mail sent</a></nav>'}
    </header>
    <main><fk-workflow-builder endpoint="" theme="auto"></fk-workflow-builder></main>
  </body>
</html>
`;

/** "time runs 3600 times faster: an hour takes 1 s" */
const pace = (timeScale: number): string =>
  timeScale === 1
    ? 'time runs as it does'
    : `time runs ${timeScale} times faster: an hour takes ${Number((3600 / timeScale).toPrecision(2))} s`;

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
