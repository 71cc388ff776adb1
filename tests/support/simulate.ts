import { normalQuantile } from "@/lib/domain/stats/normal";
import type { Random } from "@/lib/domain/stats/random";

export type Draw = (random: Random) => number;

export const COMPARISONS = 2000;

const normal: Draw = (random) => normalQuantile(Math.max(random(), 1e-12));

/** What runs end at: by mean 0. */
export const SHAPES = {
  normal,
  /** Student's t with two degrees of freedom: some runs end far out. */
  "heavy tails": (random: Random) => normal(random) / Math.sqrt(-Math.log(1 - random())),
  "some skew": (random: Random) => Math.exp(normal(random) / 2) - Math.exp(1 / 8),
  "much skew": (random: Random) => Math.exp(normal(random)) - Math.exp(1 / 2),
} as const satisfies Record<string, Draw>;

export const sample = (n: number, draw: Draw, random: Random): number[] =>
  Array.from({ length: n }, () => draw(random));

/** In how many of the comparisons it is so. */
export function shareOf(isSo: () => boolean, comparisons = COMPARISONS): number {
  let count = 0;
  for (let i = 0; i < comparisons; i++) if (isSo()) count++;
  return count / comparisons;
}
