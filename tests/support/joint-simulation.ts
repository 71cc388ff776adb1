import { independentDesign, pairedDesign, type Couple } from "@/lib/domain/stats/joint-design";
import { jointTest } from "@/lib/domain/stats/joint-test";
import { CAUTION } from "@/lib/domain/compare/joint";
import { holm } from "@/lib/domain/stats/holm";
import { permutationTest } from "@/lib/domain/stats/permutation";
import { type Random, seededRandom } from "@/lib/domain/stats/random";
import { differenceP, meanP } from "@/lib/domain/stats/t-interval";
import { type Draw, sample, shareOf } from "./simulate";

/** How far each group of several spreads, the first one's place being 0. */
export const SPREADS = {
  equal: () => 1,
  "one 3 times": (g: number) => (g === 0 ? 3 : 1),
  "every other 3 times": (g: number) => (g % 2 === 0 ? 3 : 1),
  "growing to 3 times": (g: number, groups: number) => 3 ** (g / (groups - 1)),
} as const;

/** True means. */
export const MEANS = {
  "all equal": () => 0,
  "one far off": (g: number, groups: number) => (g === groups - 1 ? 100 : 0),
  "two clusters": (g: number, groups: number) => (g < groups / 2 ? 0 : 100),
  "far pairs": (g: number) => 100 * Math.floor(g / 2),
} as const;

export interface Case {
  groups: number;
  n: number;
  draw: Draw;
  spread: keyof typeof SPREADS;
  means: (g: number, groups: number) => number;
  paired?: boolean;
  /** Cases of different seeds have their own chance. */
  seed: number;
}

export const couples = (groups: number): Couple[] =>
  Array.from({ length: groups }, (_, i) => i).flatMap((i) =>
    Array.from({ length: groups - 1 - i }, (_, j): Couple => [i, i + 1 + j]),
  );

const DRAWS = 199;
const ALPHA = 0.05;

function drawGroups({ groups, n, draw, spread, means, paired }: Case, random: Random): number[][] {
  const common = sample(n, draw, random).map((x) => (paired ? 5 * x : 0));
  return Array.from({ length: groups }, (_, g) =>
    sample(n, draw, random).map(
      (x, s) => (common[s] ?? 0) + means(g, groups) + x * SPREADS[spread](g, groups),
    ),
  );
}

/** The pairs' p as a comparison gives them, of fewer draws. */
function jointP(values: number[][], pairs: readonly Couple[], random: Random, paired = false): number[] {
  const design = (paired ? pairedDesign : independentDesign)(values, pairs);
  if (!design) return pairs.map(() => 1);
  return jointTest(design, { random, draws: DRAWS }).p.map((p, i) => {
    const [a, b] = pairs[i] ?? [0, 0];
    const [x, y] = [values[a] ?? [], values[b] ?? []];
    return Math.max(p * CAUTION, paired ? meanP(x.map((one, s) => one - (y[s] ?? 0))) : differenceP(x, y));
  });
}

/** Share of comparisons that claim any difference between groups of equal means. */
export function familyError(given: Case, comparisons: number): number {
  const random = seededRandom(given.seed);
  const pairs = couples(given.groups);
  const areEqual = ([a, b]: Couple) => given.means(a, given.groups) === given.means(b, given.groups);
  return shareOf(() => {
    const p = jointP(drawGroups(given, random), pairs, random, given.paired);
    return p.some((one, i) => one <= ALPHA && areEqual(pairs[i] ?? [0, 0]));
  }, comparisons);
}

/** Mean share of the pairs, all of which differ, that are claimed: jointly, and by Holm's method over exact tests. */
export function powers(given: Case, comparisons: number): { joint: number; holm: number } {
  const random = seededRandom(given.seed);
  const pairs = couples(given.groups);
  const found = { joint: 0, holm: 0 };
  for (let i = 0; i < comparisons; i++) {
    const values = drawGroups(given, random);
    const exact = pairs.map(
      ([a, b]) => permutationTest(values[a] ?? [], values[b] ?? [], { random, draws: 999 }).p,
    );
    found.joint += shareUnder(jointP(values, pairs, random));
    found.holm += shareUnder(holm(exact));
  }
  return { joint: found.joint / comparisons, holm: found.holm / comparisons };
}

const shareUnder = (p: readonly number[]): number => p.filter((one) => one <= ALPHA).length / p.length;
