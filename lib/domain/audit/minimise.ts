/** Golden ratio conjugate. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const ROUNDS = 50;
const VALLEYS = 4;

/**
 * The least of a function that may have several valleys: the best places of an ascending grid, each narrowed down by
 * golden section between its neighbours. A grid without any value under `worth` is left at that.
 */
export function minimise(
  f: (x: number) => number,
  grid: readonly number[],
  worth = Infinity,
): { value: number; error: number } {
  const errors = grid.map(f);
  const order = grid.map((_, i) => i).sort((a, b) => (errors[a] ?? Infinity) - (errors[b] ?? Infinity));
  let best = { value: Number.NaN, error: Infinity };
  for (const i of order.slice(0, VALLEYS)) {
    if (!((errors[i] ?? Infinity) < worth)) break;
    const centre = { value: grid[i] ?? Number.NaN, error: errors[i] ?? Infinity };
    const section = golden(f, grid[i - 1] ?? centre.value, grid[i + 1] ?? centre.value);
    for (const found of [centre, section]) if (found.error < best.error) best = found;
    if (best.error === 0) break;
  }
  return best;
}

function golden(f: (x: number) => number, low: number, high: number): { value: number; error: number } {
  let [a, b] = [low, high];
  let [c, d] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [fc, fd] = [f(c), f(d)];
  for (let round = 0; round < ROUNDS && b - a > 1e-11 * Math.abs(b); round += 1) {
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
