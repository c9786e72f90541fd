/** The JSON Pointer (RFC 6901) of a member of what `parent` points to. */
export const pointer = (parent: string, key: string | number): string =>
  `${parent}/${typeof key === 'number' ? key : escaped(key)}`;

const escaped = (key: string): string =>
  /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
