import type { JointDesign } from "./joint-design";
import { randomIndex, type Random } from "./random";

export interface JointTest {
  /** Adjusted p of each pair, in the order of the pairs. */
  p: number[];
  /** No data of these sizes can give a smaller p with so many draws. */
  smallest_p: number;
  /** What the largest statistic of pairs that do not differ stays below in 95 of 100 draws. */
  critical: number;
  /** The statistic of each pair: a difference in units of its standard error. */
  statistics: number[];
}

/** So much room for the rounding of sums in another order; scale and shift then change no p. */
const SLACK = 1 - 1e-9;
const LEVEL = 0.95;

/**
 * Westfall & Young 1993, algorithm 4.1: step-down max-T. The pair with the largest statistic is held against the largest
 * of all pairs under the null hypothesis, the next one against the largest of the rest, and so on. What is permuted are
 * residuals, each over the spread of its group, and each takes the spread of the group that it lands in. A group that lies
 * far away then changes nothing for the others, and unequal spreads stay unequal. (1 + hits) / (1 + draws).
 */
export function jointTest(design: JointDesign, options: { random: Random; draws: number }): JointTest {
  const count = design.pairs.length;
  const observed = new Float64Array(count);
  design.statistics(design.values, observed);
  const order = Array.from(observed.keys()).sort((x, y) => (observed[y] ?? 0) - (observed[x] ?? 0) || x - y);
  const { hits, largest } = drawMaxima(design, observed, order, options);
  const smallest = Math.max(1 / (options.draws + 1), 1 / design.arrangements);
  const p = new Array<number>(count).fill(1);
  let least = smallest;
  order.forEach((pair, rank) => {
    least = Math.max(least, (1 + (hits[rank] ?? 0)) / (options.draws + 1));
    p[pair] = least;
  });
  largest.sort();
  const critical = largest[Math.floor(LEVEL * (largest.length - 1))] ?? 0;
  return { p, smallest_p: smallest, critical: Math.sqrt(critical), statistics: [...observed].map(Math.sqrt) };
}

/** For each rank, how often the largest statistic of that pair and all after it reaches the observed one. */
function drawMaxima(
  design: JointDesign,
  observed: Float64Array,
  order: readonly number[],
  { random, draws }: { random: Random; draws: number },
): { hits: Float64Array; largest: Float64Array } {
  const { residuals, spreads, blocks } = design;
  const deck = residuals.slice();
  const values = new Float64Array(deck.length);
  const drawn = new Float64Array(observed.length);
  const hits = new Float64Array(observed.length);
  const largest = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    for (const block of blocks) shuffle(deck, block, random);
    for (let i = 0; i < deck.length; i++) values[i] = (deck[i] ?? 0) * (spreads[i] ?? 0);
    design.statistics(values, drawn);
    largest[draw] = countReached(observed, drawn, order, hits);
  }
  return { hits, largest };
}

/** From the last rank up, so that the largest so far is that of the pair and all after it. Gives the largest of all. */
function countReached(
  observed: Float64Array,
  drawn: Float64Array,
  order: readonly number[],
  hits: Float64Array,
): number {
  let most = 0;
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const pair = order[rank] ?? 0;
    most = Math.max(most, drawn[pair] ?? 0);
    if (most >= (observed[pair] ?? 0) * SLACK) hits[rank] = (hits[rank] ?? 0) + 1;
  }
  return most;
}

/** Fisher–Yates over the places of a block. */
function shuffle(deck: Float64Array, block: Uint32Array, random: Random): void {
  for (let i = block.length - 1; i > 0; i--) {
    const [here, there] = [block[i] ?? 0, block[randomIndex(random, i + 1)] ?? 0];
    const held = deck[here] ?? 0;
    deck[here] = deck[there] ?? 0;
    deck[there] = held;
  }
}
