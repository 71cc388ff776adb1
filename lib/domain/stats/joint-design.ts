/** Two groups, by their places. */
export type Couple = readonly [number, number];

/** What a joint test needs of its data. Values of a group stand together; every array but `pairs` has one entry a value. */
export interface JointDesign {
  pairs: readonly Couple[];
  values: Float64Array;
  /** What is left of each value without its group (and seed), over the spread of its group. */
  residuals: Float64Array;
  /** The spread of the group that stands at this place. */
  spreads: Float64Array;
  /** Places among which residuals are exchanged. */
  blocks: readonly Uint32Array[];
  /** How many ways there are to exchange them. */
  arrangements: number;
  /** Writes the square of each pair's difference over its squared standard error. */
  statistics: (values: Float64Array, into: Float64Array) => void;
}

type Samples = readonly (readonly number[])[];

/**
 * Independent runs: the standard error is Welch's, but no group's variance counts as smaller than that of all groups
 * together, for few runs look alike by chance. Null when no group has any spread, or numbers leave the doubles. Groups
 * of at least two values.
 */
export function independentDesign(groups: Samples, pairs: readonly Couple[]): JointDesign | null {
  const places = placesOf(groups);
  const values = unitOf(groups, groups.map(centred).flat());
  if (!values) return null;
  const moments = places.map(({ from, to }) => momentsOf(values, from, to));
  const degrees = values.length - groups.length;
  const pooled = Math.sqrt(moments.reduce((sum, { squares }) => sum + squares, 0) / degrees);
  const spreads = new Float64Array(values.length);
  const residuals = new Float64Array(values.length);
  places.forEach(({ from, to }, g) => {
    const { mean = 0, squares = 0 } = moments[g] ?? {};
    const n = to - from;
    // A group of equal values says nothing of its spread: it stands for that of all.
    const spread = squares > 0 ? Math.sqrt(squares / (n - 1)) : pooled;
    spreads.fill(spread, from, to);
    // Residuals are smaller than errors, by √((n − 1) / n): without this small groups would lend calm to large ones.
    const grown = Math.sqrt(n / (n - 1));
    for (let i = from; i < to; i++) residuals[i] = (((values[i] ?? 0) - mean) / spread) * grown;
  });
  return {
    pairs,
    values,
    residuals,
    spreads,
    blocks: [Uint32Array.from(values.keys())],
    arrangements: multinomial(groups.map(({ length }) => length)),
    statistics: ofIndependent(places, pairs),
  };
}

interface Places {
  from: number;
  to: number;
}

function placesOf(groups: Samples): Places[] {
  let to = 0;
  return groups.map(({ length }) => ({ from: to, to: (to += length) }));
}

function ofIndependent(places: readonly Places[], pairs: readonly Couple[]): JointDesign["statistics"] {
  const means = new Float64Array(places.length);
  const errors = new Float64Array(places.length);
  return (values, into) => {
    let [squares, degrees] = [0, 0];
    places.forEach(({ from, to }, g) => {
      const found = momentsOf(values, from, to);
      means[g] = found.mean;
      errors[g] = found.squares / (to - from - 1);
      squares += found.squares;
      degrees += to - from - 1;
    });
    const pooled = squares / degrees;
    places.forEach(({ from, to }, g) => {
      errors[g] = Math.max(errors[g] ?? 0, pooled) / (to - from);
    });
    pairs.forEach(([a, b], i) => {
      into[i] = squareOver((means[a] ?? 0) - (means[b] ?? 0), (errors[a] ?? 0) + (errors[b] ?? 0));
    });
  };
}

/**
 * Runs paired by seed: `groups[g][s]` is the value of group g at seed s. What a seed does to all groups leaves every
 * difference, so residuals are exchanged within a seed. The standard error is that of the pair's differences, but none
 * counts as smaller than that of all pairs together.
 */
export function pairedDesign(groups: Samples, pairs: readonly Couple[]): JointDesign | null {
  const seeds = groups[0]?.length ?? 0;
  const left = withoutSeeds(groups);
  const values = unitOf(groups, left.flat());
  if (!values) return null;
  const unit = Math.max(...left.flat().map(Math.abs));
  const squares = left.map((row) => row.reduce((sum, one) => sum + (one / unit) ** 2, 0));
  const pooled = squares.reduce((sum, one) => sum + one / squares.length, 0);
  const scales = squares.map((one) => Math.sqrt(one > 0 ? one : pooled));
  return {
    pairs,
    values,
    residuals: Float64Array.from(left.flatMap((row, g) => row.map((one) => one / unit / (scales[g] ?? 1)))),
    spreads: Float64Array.from(left.flatMap((row, g) => row.map(() => scales[g] ?? 0))),
    blocks: Array.from({ length: seeds }, (_, s) => Uint32Array.from(groups, (_group, g) => g * seeds + s)),
    arrangements: multinomial(new Array<number>(groups.length).fill(1)) ** seeds,
    statistics: ofPairs(seeds, pairs),
  };
}

function ofPairs(seeds: number, pairs: readonly Couple[]): JointDesign["statistics"] {
  const means = new Float64Array(pairs.length);
  return (values, into) => {
    let total = 0;
    pairs.forEach(([a, b], i) => {
      const found = momentsOfDifference(values, a * seeds, b * seeds, seeds);
      means[i] = found.mean;
      into[i] = found.squares;
      total += found.squares;
    });
    const pooled = total / pairs.length;
    for (let i = 0; i < pairs.length; i++)
      into[i] = squareOver(means[i] ?? 0, Math.max(into[i] ?? 0, pooled) / (seeds - 1) / seeds);
  };
}

const squareOver = (difference: number, squaredError: number): number =>
  difference === 0 ? 0 : difference ** 2 / squaredError;

function momentsOf(values: Float64Array, from: number, to: number): { mean: number; squares: number } {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] ?? 0;
  const mean = sum / (to - from);
  let squares = 0;
  for (let i = from; i < to; i++) squares += ((values[i] ?? 0) - mean) ** 2;
  return { mean, squares };
}

function momentsOfDifference(
  values: Float64Array,
  a: number,
  b: number,
  n: number,
): { mean: number; squares: number } {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (values[a + i] ?? 0) - (values[b + i] ?? 0);
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += ((values[a + i] ?? 0) - (values[b + i] ?? 0) - mean) ** 2;
  return { mean, squares };
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return values.map((value) => value - mean);
}

/** Each value without what its group and what its seed add. */
function withoutSeeds(groups: Samples): number[][] {
  const rows = groups.map(centred);
  const seeds = (rows[0] ?? []).map((_, s) =>
    rows.reduce((sum, row) => sum + (row[s] ?? 0) / rows.length, 0),
  );
  return rows.map((row) => row.map((value, s) => value - (seeds[s] ?? 0)));
}

/** All values from the first one on, in units of the largest residual: no square then leaves the doubles. */
function unitOf(groups: Samples, residuals: readonly number[]): Float64Array | null {
  const values = groups.flat();
  const [origin = 0] = values;
  const unit = Math.max(...residuals.map(Math.abs));
  const size = Math.max(...values.map(Math.abs));
  // Residuals no larger than the rounding of the values are those of equal values.
  if (!(unit > size * 1e-13)) return null;
  const scaled = Float64Array.from(values, (value) => (value - origin) / unit);
  return scaled.every(Number.isFinite) ? scaled : null;
}

/** Ways to deal N things into hands of these sizes. */
function multinomial(sizes: readonly number[]): number {
  let [total, ways] = [0, 1];
  for (const size of sizes) for (let i = 1; i <= size; i++) ways *= ++total / i;
  return ways;
}
