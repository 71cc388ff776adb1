/** `base^x` from ln base (base ≥ 0): half the cost of `**`, relative error about |x·ln base| ulps. */
export function realPower(logBase: number, x: number): number {
  return x === 0 ? 1 : Math.exp(x * logBase);
}

/** n ↦ base^n for whole n. */
export type WholePower = (n: number) => number;

/** Exact as `**`; remembers the last power, since a staircase asks for the same one many times. */
export function wholePower(base: number): WholePower {
  let last = 0;
  let power = 1;
  return (n) => {
    if (n !== last) {
      last = n;
      power = base ** n;
    }
    return power;
  };
}
