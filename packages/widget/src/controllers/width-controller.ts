import type { LitElement, ReactiveController } from 'lit';

/** Tells whether the element is too narrow for two panels side by side. */
export class WidthController implements ReactiveController {
  narrow = false;

  readonly #host: LitElement;
  readonly #observer: ResizeObserver;

  constructor(host: LitElement, narrowBelowPx: number) {
    this.#host = host;
    this.#observer = new ResizeObserver(([entry]) => {
      const narrow = entry !== undefined && entry.contentRect.width < narrowBelowPx;
      if (narrow === this.narrow) return;
      this.narrow = narrow;
      host.requestUpdate();
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }
}
