/** Bytes of JSON that one payload may have: Temporal takes 2 MB, the rest is room for what goes around it. */
export const payloadBytes = 1_900_000;

const encoder = new TextEncoder();

/** The bytes of a value as JSON. */
export const bytesOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length;

/** Whether a value is more than Temporal takes: whoever sends it all the same tries for ever. */
export const isTooLarge = (value: unknown): boolean => bytesOf(value) > payloadBytes;
