import type { Handler } from '@fk-workflow/server-adapter';
import { expressAdapter } from '@fk-workflow/server-adapter/express';
import { toNodeListener } from '@fk-workflow/server-adapter/node';
import express, { type Express } from 'express';

/** An Express app with the workflow builder mounted. Your own routes and body parsers may stand before or after it. */
export const buildApp = (handler: Handler): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.use(expressAdapter(handler));
  // What is left is answered as the builder answers: a problem document, not a page.
  app.use(toNodeListener(handler));
  return app;
};
