/** The Redis keys of a session. The braces keep them in one slot of a cluster, so that one script may use them together. */
export const sessionKeys = (prefix: string, id: string) => ({
  data: `${prefix}{${id}}:session`,
  lock: `${prefix}{${id}}:lock`,
  /** The newest fence given out for the session, by any server. */
  fence: `${prefix}{${id}}:fence`,
});
