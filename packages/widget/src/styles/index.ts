import { base } from './base.js';
import { canvasStyles } from './canvas.js';
import { cardStyles } from './cards.js';
import { chatStyles } from './chat.js';
import { runStyles } from './run.js';
import { tokens } from './tokens.js';

/** All styles of the element, adopted as constructed sheets: no `<style>` tag, so a strict CSP is content. */
export const styles = [tokens, base, chatStyles, canvasStyles, cardStyles, runStyles];
