import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Keeps a list at its end while it grows, unless the person has scrolled up to read. */
export class StickController implements ReactiveController {
  readonly #find: () => Element | null;
  #stuck = true;

  constructor(host: ReactiveControllerHost, find: () => Element | null) {
    this.#find = find;
    host.addController(this);
  }

  hostUpdate(): void {
    const list = this.#find();
    if (list && list.clientHeight > 0) {
      this.#stuck = list.scrollHeight - list.scrollTop - list.clientHeight < 48;
    }
  }

  hostUpdated(): void {
    const list = this.#find();
    if (list && this.#stuck) list.scrollTop = list.scrollHeight;
  }
}
