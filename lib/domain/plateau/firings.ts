/** Firings in a row of storage. */
export const PART = 200;
/** So many full parts are kept, the last ones: a rule that fires at every check has told all it knows long before. */
export const KEPT_PARTS = 50;

/** The end of all that a policy fired, in order: `list` follows on `before` full parts. */
export interface Firings<T> {
  before: number;
  list: readonly T[];
}

export const NO_FIRINGS: Firings<never> = { before: 0, list: [] };

export const countOf = ({ before, list }: Firings<unknown>): number => before * PART + list.length;

/** Without what is older than the parts that are kept. */
export function pruned<T>({ before, list }: Firings<T>): Firings<T> {
  const drop = Math.max(0, Math.ceil(list.length / PART) - 1 - KEPT_PARTS);
  return drop === 0 ? { before, list } : { before: before + drop, list: list.slice(drop * PART) };
}

export interface Parts<T> {
  /** Full ones, by number. */
  full: Map<number, readonly T[]>;
  /** The rest, never empty unless all are. */
  tail: Firings<T>;
}

/** The same firings part by part. Which part a firing is in depends on how many came before it alone. */
export function inParts<T>(firings: Firings<T>): Parts<T> {
  const { before, list } = pruned(firings);
  const full = new Map<number, readonly T[]>();
  let from = 0;
  for (; list.length - from > PART; from += PART)
    full.set(before + from / PART, list.slice(from, from + PART));
  return { full, tail: { before: before + full.size, list: list.slice(from) } };
}
