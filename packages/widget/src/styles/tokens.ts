import { css } from 'lit';

/**
 * The three levels of theming. A page sets `--fkw-*`; the private `--_*` names hold what is in force:
 * 1. seeds (accent, surface, text, font, radius), 2. roles made from them (line, muted, soft, success …),
 * 3. parts of one component (card, message, button).
 */
export const tokens = css`
  :host {
    color-scheme: light dark;

    --_accent: var(--fkw-accent, light-dark(#3d56c9, #9db0ff));
    --_on-accent: var(--fkw-on-accent, light-dark(#ffffff, #10173a));
    --_surface: var(--fkw-surface, light-dark(#ffffff, #17191f));
    --_text: var(--fkw-text, light-dark(#1b1e27, #eceef4));
    --_font: var(--fkw-font, Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    --_font-mono: var(--fkw-font-mono, ui-monospace, SFMono-Regular, Menlo, Consolas, monospace);
    --_radius: var(--fkw-radius, 10px);
    --_font-size: var(--fkw-font-size, 0.875rem);

    --_muted: var(--fkw-muted, color-mix(in srgb, var(--_text) 68%, var(--_surface)));
    --_line: var(--fkw-line, color-mix(in srgb, var(--_text) 13%, var(--_surface)));
    --_line-strong: var(--fkw-line-strong, color-mix(in srgb, var(--_text) 30%, var(--_surface)));
    --_sunken: var(--fkw-sunken, light-dark(#f5f6f9, #101217));
    --_soft: var(--fkw-soft, color-mix(in srgb, var(--_text) 5%, var(--_surface)));
    --_accent-soft: var(--fkw-accent-soft, color-mix(in srgb, var(--_accent) 10%, var(--_surface)));
    --_accent-text: var(--fkw-accent-text, color-mix(in srgb, var(--_accent) 86%, var(--_text)));
    --_success: var(--fkw-success, light-dark(#17693f, #6fd6a0));
    --_success-soft: var(
      --fkw-success-soft,
      color-mix(in srgb, oklch(from var(--_success) 0.72 0.15 h) 14%, var(--_surface))
    );
    --_warning: var(--fkw-warning, light-dark(#7d4d06, #efbb62));
    --_warning-soft: var(
      --fkw-warning-soft,
      color-mix(in srgb, oklch(from var(--_warning) 0.78 0.16 h) 16%, var(--_surface))
    );
    --_danger: var(--fkw-danger, light-dark(#ad2a24, #ff9a90));
    --_danger-soft: var(
      --fkw-danger-soft,
      color-mix(in srgb, oklch(from var(--_danger) 0.65 0.2 h) 11%, var(--_surface))
    );
    --_focus: var(--fkw-focus, var(--_accent));
    --_shadow: var(
      --fkw-shadow,
      0 1px 2px light-dark(rgb(20 24 40 / 6%), rgb(0 0 0 / 40%)),
      0 4px 14px light-dark(rgb(20 24 40 / 5%), rgb(0 0 0 / 28%))
    );

    --_chat-background: var(--fkw-chat-background, var(--_surface));
    --_chat-width: var(--fkw-chat-width, clamp(20rem, 34%, 27rem));
    --_message-background: var(--fkw-message-background, var(--_accent-soft));
    --_message-text: var(--fkw-message-text, var(--_text));
    --_canvas-background: var(--fkw-canvas-background, var(--_sunken));
    --_canvas-dot: var(--fkw-canvas-dot, color-mix(in srgb, var(--_text) 9%, var(--_canvas-background)));
    --_connector: var(--fkw-connector, var(--_line-strong));
    --_card-background: var(--fkw-card-background, var(--_surface));
    --_card-line: var(--fkw-card-line, var(--_line));
    --_card-radius: var(--fkw-card-radius, calc(var(--_radius) + 2px));
    --_card-width: var(--fkw-card-width, 18rem);
    --_button-radius: var(--fkw-button-radius, calc(var(--_radius) - 2px));
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }
`;
