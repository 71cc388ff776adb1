/** Golden ratio conjugate. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const ROUNDS = 50;
const VALLEYS = 4;

/**
 * The least of a function that may have several valleys: the best places of an ascending grid, each narrowed down by
 * golden section between its neighbours, `near` enough. A grid without any value under `worth` is left at that.
 */
export function minimise(
  f: (x: number) => number,
  grid: readonly number[],
  worth = Infinity,
  near = 0,
): { value: number; error: number } {
  const errors = grid.map(f);
  const places = grid.map((value, i) => ({ value, i, error: errors[i] ?? Infinity }));
  let best = { value: Number.NaN, error: Infinity };
  for (const { i, ...centre } of places.sort((a, b) => a.error - b.error).slice(0, VALLEYS)) {
    if (!(centre.error < worth)) break;
    const section = golden(f, [grid[i - 1] ?? centre.value, grid[i + 1] ?? centre.value], near);
    for (const found of [centre, section]) if (found.error < best.error) best = found;
    if (best.error === 0) break;
  }
  return best;
}

function golden(
  f: (x: number) => number,
  [low, high]: readonly [number, number],
  near: number,
): { value: number; error: number } {
  let [a, b] = [low, high];
  let [c, d] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [fc, fd] = [f(c), f(d)];
  for (let round = 0; round < ROUNDS && b - a > Math.max(near, 1e-11 * Math.abs(b)); round += 1) {
    if (fc < fd) {
      [b, d, fd] = [d, c, fc];
      c = b - GOLDEN * (b - a);
      fc = f(c);
    } else {
      [a, c, fc] = [c, d, fd];
      d = a + GOLDEN * (b - a);
      fd = f(d);
    }
  }
  const value = (a + b) / 2;
  return { value, error: f(value) };
}
