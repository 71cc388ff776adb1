import type { ComparedPair } from "@/lib/contracts/compare";
import { isShown } from "@/lib/domain/compare/shown";

/** Rows that are not told apart from each other, by their places from the top. */
type Join = readonly number[];

/** More lines beside each other are not followed by the eye. */
const MOST_JOINS = 8;

/**
 * The largest sets of groups of which no two are told apart: what a compact letter display gives one letter (Piepho 2004),
 * found as the maximal cliques of a graph (Bron & Kerbosch 1973). The sets with the best groups first. Two that no pair
 * holds were not compared and are not joined.
 */
export function joinsOf(keys: readonly string[], pairs: readonly ComparedPair[]): Join[] {
  const near = keys.map(() => new Set<number>());
  for (const pair of pairs.filter((one) => one.p !== null && !isShown(one))) {
    const [i, j] = [keys.indexOf(pair.a), keys.indexOf(pair.b)];
    near[i]?.add(j);
    near[j]?.add(i);
  }
  const found: number[][] = [];
  const grow = (chosen: number[], open: number[], past: number[]): void => {
    if (open.length + past.length === 0) found.push(chosen);
    open.forEach((row, at) => {
      const isNear = (other: number) => near[row]?.has(other) === true;
      grow(
        [...chosen, row],
        open.slice(at + 1).filter(isNear),
        [...past, ...open.slice(0, at)].filter(isNear),
      );
    });
  };
  grow([], [...keys.keys()], []);
  return found
    .filter(({ length }) => length > 1)
    .sort(byRows)
    .slice(0, MOST_JOINS);
}

function byRows(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((row, i) => row !== b[i]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}

/** How a row meets the line of a join: it is one of its groups, or the line passes by. */
export interface JoinMark {
  readonly kind: "first" | "middle" | "last" | "past" | "none";
}

export const joinMarks = (joins: readonly Join[], row: number): JoinMark[] =>
  joins.map((rows) => ({ kind: kindOf(rows, row) }));

function kindOf(rows: Join, row: number): JoinMark["kind"] {
  if (row === rows[0]) return "first";
  if (row === rows.at(-1)) return "last";
  if (rows.includes(row)) return "middle";
  return row > (rows[0] ?? 0) && row < (rows.at(-1) ?? 0) ? "past" : "none";
}
