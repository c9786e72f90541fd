/**
 * Gives the value of a secret by name; undefined when there is none. It is handed to handlers alone, and never stored.
 * May throw when it cannot tell now: the attempt is then made again.
 */
export type SecretResolver = (name: string) => Promise<string | undefined>;
