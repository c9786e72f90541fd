/** A real service that tests talk to. */
export interface Service {
  readonly name: string;
  /** The variable through which tests learn its address (or path); when it is set, that service is used as it is. */
  readonly variable: string;
  /** Finds or installs it, starts it, and says where it is. Throws with a sentence when it cannot be had. */
  start(): Promise<Started>;
}

/** A started service. */
export interface Started {
  /** The value of {@link Service.variable}. */
  readonly address: string;
  /** How it came, for the log: "binary on PATH", "apt", "docker". */
  readonly how: string;
  /** Stops what was started; absent when nothing runs. */
  readonly stop?: () => Promise<void>;
}
