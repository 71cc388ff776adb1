/** `base^x` from ln base (base ≥ 0): half the cost of `**`, relative error about |x·ln base| ulps. */
export function realPower(logBase: number, x: number): number {
  return x === 0 ? 1 : Math.exp(x * logBase);
}

/** n ↦ base^n for whole n. */
export type WholePower = (n: number) => number;

/** Exact as `**`; a staircase asks for the same power many times. */
export const wholePower = (base: number): WholePower => lastOf((n) => base ** n);

/** Remembers what `make` gave last: for what stays the same over many steps. */
export function lastOf(make: (n: number) => number): (n: number) => number {
  let last = NaN;
  let made = NaN;
  return (n) => {
    if (n !== last) {
      made = make(n);
      last = n;
    }
    return made;
  };
}

/** A power beyond the doubles stays at the largest, so that 0 times it is 0 and not NaN. */
export const finite = (power: number): number => Math.min(power, Number.MAX_VALUE);

/** So many steps share one exact power; those between are a product or a short series away from it. */
const BLOCK = 64;

/** A function of the step; the same number whatever was asked before. */
export type StepPower = (step: number) => number;

/**
 * t ↦ e^(rate·t): at the first step of a block as such, at the others times e^(rate·(t mod 64)), which one table holds.
 * Relative error as `realPower`'s, two roundings more; a tenth of its cost over many steps.
 */
export function stepPower(rate: number): StepPower {
  const within = new Float64Array(BLOCK).fill(NaN);
  let block = 0;
  let anchor = 1;
  return (step) => {
    if (!(step >= 0 && Number.isInteger(step))) return realPower(rate, step);
    const at = Math.floor(step / BLOCK);
    if (at !== block) {
      block = at;
      anchor = realPower(rate, at * BLOCK);
    }
    const index = step - at * BLOCK;
    let power = within[index] ?? NaN;
    if (Number.isNaN(power)) {
      power = realPower(rate, index);
      within[index] = power;
    }
    return anchor * power;
  };
}

/** Steps left above which the binomial series converges within a block: |ε| ≤ 1/512, so ε⁷ is below an ulp. */
const SMOOTH = BLOCK * 512;
const HIGHEST_POWER = 8;

/** t ↦ (1 − t/steps)^power, by the binomial series around the first step of each block while many steps are left. */
export function fallingPower(steps: number, power: number): StepPower {
  const [c1, c2, c3, c4, c5, c6] = binomials(power);
  const exact = (step: number) => realPower(Math.log(1 - step / steps), power);
  let block = NaN;
  let anchor = 1;
  return (step) => {
    const at = Math.floor(step / BLOCK) * BLOCK;
    const left = steps - at;
    if (left < SMOOTH || power > HIGHEST_POWER) return exact(step);
    if (at !== block) {
      block = at;
      anchor = exact(at);
    }
    const e = (at - step) / left;
    return anchor * (1 + e * (c1 + e * (c2 + e * (c3 + e * (c4 + e * (c5 + e * c6))))));
  };
}

/** power over 1 to 6. */
function binomials(power: number): [number, number, number, number, number, number] {
  const next = (before: number, k: number) => (before * (power - k + 1)) / k;
  const c2 = next(power, 2);
  const c3 = next(c2, 3);
  const c4 = next(c3, 4);
  const c5 = next(c4, 5);
  return [power, c2, c3, c4, c5, next(c5, 6)];
}
