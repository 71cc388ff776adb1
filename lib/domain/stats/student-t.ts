/* Student's t distribution for any positive number of degrees of freedom, to a relative 1e-11 (1e-9 beyond 10⁴). */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const LANCZOS_G = 7;

/** ln Γ(x) for x > 0. Lanczos 1964 with the coefficients of Godfrey (g = 7, n = 9). */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const [first = 1, ...rest] = LANCZOS;
  const z = x - 1;
  const sum = rest.reduce((total, coefficient, i) => total + coefficient / (z + i + 1), first);
  const t = z + LANCZOS_G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

const MOST_TERMS = 10_000;
const TINY = 1e-300;

/** The continued fraction of the incomplete beta function, by Lentz's method. DLMF 8.17.22. */
function betaFraction(a: number, b: number, x: number): number {
  const away = (value: number) => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return result;
}

/** I(x; a, b), the regularised incomplete beta function, 0 ≤ x ≤ 1. `rest` is 1 − x, given so that none of it is lost. */
function incompleteBeta(a: number, b: number, x: number, rest: number): number {
  if (x <= 0 || rest <= 0) return x <= 0 ? 0 : 1;
  const scale = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(rest));
  return x < (a + 1) / (a + b + 2)
    ? (scale * betaFraction(a, b, x)) / a
    : 1 - (scale * betaFraction(b, a, rest)) / b;
}

/** P(T > t) for t ≥ 0: I(df / (df + t²); df/2, 1/2) / 2. DLMF 8.17 and Abramowitz & Stegun 26.7.1. */
function upperTail(t: number, df: number): number {
  const square = t * t;
  return incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square)) / 2;
}

/** P(T ≤ t). */
export function tCdf(t: number, df: number): number {
  const tail = upperTail(Math.abs(t), df);
  return t > 0 ? 1 - tail : tail;
}

/** The density at t. */
function density(t: number, df: number): number {
  const scale = Math.exp(logGamma((df + 1) / 2) - logGamma(df / 2)) / Math.sqrt(Math.PI * df);
  return scale * (1 + (t * t) / df) ** (-(df + 1) / 2);
}

const MOST_STEPS = 200;

/** A t, doubled from 1, beyond which less than `tail` of the distribution lies. */
function beyondTail(tail: number, df: number): number {
  let t = 1;
  while (t < Infinity && upperTail(t, df) > tail) t *= 2;
  return t;
}

/**
 * The t below which a share `p` of the distribution lies: Newton's method on the tail, kept within bounds. ∓∞ at 0 and 1 and
 * beyond, as `normalQuantile`.
 */
export function tQuantile(p: number, df: number): number {
  if (p === 0.5) return 0;
  if (!(p > 0 && p < 1)) return (p - 0.5) * Infinity;
  const tail = Math.min(p, 1 - p);
  let [low, high] = [0, beyondTail(tail, df)];
  let t = (low + high) / 2;
  for (let i = 0; i < MOST_STEPS && high - low > Number.EPSILON * high; i++) {
    const beyond = upperTail(t, df) - tail;
    if (beyond > 0) low = t;
    else high = t;
    const newton = t + beyond / density(t, df);
    if (Math.abs(newton - t) <= 2 * Number.EPSILON * t) break;
    t = newton > low && newton < high ? newton : (low + high) / 2;
  }
  return p < 0.5 ? -t : t;
}
