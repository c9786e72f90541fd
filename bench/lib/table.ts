import type { Row } from './row.js';

/** The rows as text with aligned columns. */
export const table = (rows: readonly Row[]): string => {
  const cells = [
    ['', 'figure', 'ours', 'target', 'unit', 'peers'],
    ...rows.map(({ name, unit, ours, peers, target, met }) => [
      met ? 'ok' : 'NOT MET',
      name,
      String(ours),
      target,
      unit,
      Object.entries(peers)
        .map(([peer, value]) => `${peer} ${value}`)
        .join(', '),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((line) => (line[column] ?? '').length)),
  );
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
