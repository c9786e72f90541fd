import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders the host every second while something counts down. */
export class TickController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Starts or stops the ticking. */
  set active(active: boolean) {
    if (active === (this.#timer !== undefined)) return;
    if (active) this.#timer = setInterval(() => this.#host.requestUpdate(), 1000);
    else this.hostDisconnected();
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
