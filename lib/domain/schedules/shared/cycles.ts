/** No rounding of the quotients and logarithms that find a cycle comes near to this, relative to what they are made of. */
const SLACK = 1e-9;

/**
 * t ↦ the cycle that holds t, cycle i being `first`·m^i long. `find` tells its number with the library's own rounding,
 * which decides at a boundary; it is not asked again for steps that lie well within the cycle it told last.
 */
export function cycles<T>(
  first: number,
  m: number,
  find: (t: number) => number,
  make: (index: number) => T,
): (t: number) => T {
  const startOf = (index: number) => (m === 1 ? index : (1 - m ** index) / (1 - m));
  const at = (t: number) => {
    const index = find(t);
    const end = startOf(index + 1);
    // Near m = 1 the logarithm's argument, 1 + (m − 1)·t/first, has few digits of t left.
    const slack = SLACK * (Math.abs(end) + (m === 1 ? 0 : 1 / Math.abs(1 - m)));
    return { cycle: make(index), from: first * (startOf(index) + slack), to: first * (end - slack) };
  };
  let last: ReturnType<typeof at> | undefined;
  return (t) => {
    if (!last || !(t > last.from && t < last.to)) last = at(t);
    return last.cycle;
  };
}
