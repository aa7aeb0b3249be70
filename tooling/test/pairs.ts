/** What a table of tests is made of: dimensions by name, each with its values. */
type Dimensions = Readonly<Record<string, readonly unknown[]>>;

/** One value of each dimension. */
export type Cell<Table extends Dimensions> = {
  readonly [Name in keyof Table]: Table[Name][number];
};

/**
 * The cells of a table of tests: at night all of them, else so many that each value has met each
 * value of every other dimension. Cells keep the order of the table, in which the last dimension
 * changes first. Two dimensions have no cell to spare.
 */
export function pairsOf<const Table extends Dimensions>(
  table: Table,
  isNightly = process.env['WILLCALL_NIGHTLY'] === '1',
): readonly Cell<Table>[] {
  const all = productOf(Object.values(table).map(({ length }) => length));
  const chosen = isNightly ? all : coverPairs(all);
  const cellAt = (places: Places) =>
    Object.fromEntries(
      Object.entries(table).map(([name, values], at) => [name, values[places[at] ?? 0]]),
    ) as Cell<Table>;
  return all.filter((places) => chosen.includes(places)).map(cellAt);
}

/** For each dimension, which of its values. */
type Places = readonly number[];

function productOf(lengths: readonly number[]): readonly Places[] {
  return lengths.reduce<readonly Places[]>(
    (cells, length) =>
      cells.flatMap((cell) => Array.from({ length }, (_, place) => [...cell, place])),
    [[]],
  );
}

/** Takes the cell with the most pairs that are not met yet, until all are. */
function coverPairs(all: readonly Places[]): readonly Places[] {
  const open = new Set(all.flatMap(pairsIn));
  const chosen: Places[] = [];
  const gain = (cell: Places) => pairsIn(cell).filter((pair) => open.has(pair)).length;
  while (open.size > 0) {
    const best = all.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    for (const pair of pairsIn(best)) open.delete(pair);
    chosen.push(best);
  }
  return chosen;
}

function pairsIn(cell: Places): readonly string[] {
  return cell.flatMap((place, at) =>
    cell.slice(at + 1).map((other, later) => `${at}:${place} ${at + 1 + later}:${other}`),
  );
}
