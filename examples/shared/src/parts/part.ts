/** A part the demo chose: what it gives, a line that says so, and how to free it. */
export interface Part<Ports> {
  readonly ports: Ports;
  /** For a person at the start, e.g. `sessions: Redis`. No secret. */
  readonly line: string;
  close(): Promise<void>;
}

/** For a part that holds nothing. */
export const nothingToClose = async (): Promise<void> => undefined;
