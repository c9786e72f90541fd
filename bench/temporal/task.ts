/** What every step takes and gives on, on both sides. */
export interface Document {
  readonly id: string;
  readonly document: { readonly status: string; readonly eta: string };
}

/** The input of every run. */
export const task: Document = {
  id: 'SHP-100042',
  document: { status: 'in_transit', eta: '2030-01-31T08:00:00Z' },
};

/** Steps of the task. */
export const stepCount = 10;

/** Of three steps two read, which are local activities on both sides, and one writes, a normal one. */
export const isWrite = (index: number): boolean => index % 3 === 2;

/** The address of the server that `npm run bench` has found or started. */
export const temporalAddress = (): string => {
  const address = process.env.TEMPORAL_ADDRESS;
  if (!address) throw new Error('Start it by npm run bench -- temporal, which starts the server.');
  return address;
};
