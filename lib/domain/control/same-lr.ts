/** One rate for all param groups (or of group 0), or one per group. */
export type Lrs = number | readonly number[];

/** Logs are often float32 (relative rounding 6e-8) printed and parsed again. */
const LR_TOLERANCE = 1e-6;

/** Equal up to a relative 1e-6 of the larger; 0 equals only 0. False for anything not finite. */
export function sameLr(a: number, b: number): boolean {
  const largest = Math.max(Math.abs(a), Math.abs(b));
  return Number.isFinite(largest) && Math.abs(a - b) <= LR_TOLERANCE * largest;
}

/**
 * Does `seen` (a log or a read-back) agree with `wanted`? `unknown` when one is missing or not finite, or when the two
 * do not speak about the same param groups: a lone `seen` is group 0's, a lone `wanted` is meant for every group, and
 * `group` narrows both to that one.
 */
export function compareLrs(
  wanted: Lrs | null | undefined,
  seen: Lrs | null | undefined,
  group?: number,
): "same" | "different" | "unknown" {
  if (wanted === null || wanted === undefined || seen === null || seen === undefined) return "unknown";
  const pairs = pairUp(wanted, typeof seen === "number" ? [seen] : seen, group);
  if (pairs.length === 0 || !pairs.flat().every(Number.isFinite)) return "unknown";
  return pairs.every(([a, b]) => sameLr(a, b)) ? "same" : "different";
}

/** [wanted, seen] per comparable group; empty when none is. NaN stands for a group that one side lacks. */
function pairUp(wanted: Lrs, seen: readonly number[], group?: number): [number, number][] {
  const wantedFor = (g: number) => (typeof wanted === "number" ? wanted : (wanted[g] ?? Number.NaN));
  if (group !== undefined) return [[wantedFor(group), seen[group] ?? Number.NaN]];
  if (typeof wanted !== "number" && seen.length > 1 && seen.length !== wanted.length) return [];
  return seen.map((lr, g) => [wantedFor(g), lr]);
}
