/** Residuals of a model at some parameters; their number does not change. */
export type Residuals = (parameters: readonly number[]) => Float64Array;

const ROUNDS = 40;
/** A start that has not come nearer than this share by then leads nowhere. */
const PATIENCE = 5;
const HOPEFUL = 0.3;
/** Nor does one that gains less than this share in a round, several times running: its family is another one. */
const GAIN = 0.02;
const MOST_STALLS = 3;
/** Residuals so small on average are worth more patience. */
const NEAR = 1e-3;
const MOST_STALLS_NEAR = 12;
const STEP = 1e-6;

/**
 * Levenberg–Marquardt with numerical derivatives (Marquardt 1963): the parameters that make the sum of squares least,
 * as far as the start leads there. Non-finite residuals count as infinitely bad.
 */
export function leastSquares(residuals: Residuals, start: readonly number[]): number[] {
  let at = [...start];
  let stalls = 0;
  let here = residuals(at);
  let cost = costOf(here);
  const first = cost;
  let damping = 1e-3;
  for (let round = 0; round < ROUNDS && cost > 0 && damping < 1e12; round += 1) {
    const move = step(jacobian(residuals, at, here), here, damping);
    const next = at.map((value, k) => value - (move?.[k] ?? Number.NaN));
    const there = residuals(next);
    const lower = costOf(there);
    stalls = lower < cost * (1 - GAIN) ? 0 : stalls + 1;
    if (lower < cost) {
      [at, here, cost] = [next, there, lower];
      damping = Math.max(1e-15, damping / 10);
    } else damping *= 10;
    const near = cost < here.length * NEAR ** 2;
    if (stalls >= (near ? MOST_STALLS_NEAR : MOST_STALLS)) break;
    if (round === PATIENCE && cost > HOPEFUL * first) break;
  }
  return at;
}

function costOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Number.isFinite(sum) ? sum : Infinity;
}

/** Columns of derivatives, one a parameter. */
function jacobian(residuals: Residuals, at: readonly number[], here: Float64Array): Float64Array[] {
  return at.map((value, k) => {
    const h = STEP * Math.max(Math.abs(value), 1e-9);
    const there = residuals(at.map((other, j) => (j === k ? other + h : other)));
    return there.map((residual, i) => {
      const slope = (residual - (here[i] ?? 0)) / h;
      return Number.isFinite(slope) ? slope : 0;
    });
  });
}

/** Solves (JᵀJ + damping·diag) x = Jᵀr; null where it is singular. */
function step(columns: readonly Float64Array[], residual: Float64Array, damping: number): number[] | null {
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const rows = columns.map((a, i) => [
    ...columns.map((b, j) => dot(a, b) * (i === j ? 1 + damping : 1)),
    dot(a, residual),
  ]);
  return eliminate(rows);
}

/** Gaussian elimination with pivoting on rows [coefficients…, right side]. */
export function eliminate(rows: number[][]): number[] | null {
  const n = rows.length;
  for (let k = 0; k < n; k += 1) {
    const pivot = rows.slice(k).reduce((best, row, i) => {
      return Math.abs(row[k] ?? 0) > Math.abs(rows[best]?.[k] ?? 0) ? k + i : best;
    }, k);
    const [top, other] = [rows[pivot], rows[k]];
    const head = top?.[k] ?? 0;
    if (!top || !other || head === 0) return null;
    [rows[k], rows[pivot]] = [top, other];
    for (const [i, row] of rows.entries()) {
      if (i === k) continue;
      const factor = (row[k] ?? 0) / head;
      rows[i] = row.map((value, j) => value - factor * (top[j] ?? 0));
    }
  }
  return rows.map((row, k) => (row[n] ?? 0) / (row[k] ?? Number.NaN));
}
