import { at } from "./at";
import { eliminate } from "./least-squares";
import type { Series } from "./series";

const PHASE_POINTS = 24;

/** A cosine's highest step, and the steps from there to its lowest. */
interface Cosine {
  highest: number;
  half: number;
}

/**
 * Half a cosine: its values about a middle satisfy y(t + h) + y(t − h) = 2·cos(ωh)·y(t), which gives ω and the middle,
 * and they the step at which it is highest.
 */
export function cosineIn(log: Series): Cosine | null {
  const { steps, lrs } = log;
  const stride = Math.max(1, Math.floor(lrs.length / PHASE_POINTS));
  const indices = Array.from({ length: Math.floor((lrs.length - 1) / stride) + 1 }, (_, i) => i * stride);
  const h = at(steps, Math.min(stride, lrs.length - 1)) - at(steps, 0);
  const even = indices.filter((i, k) => k > 0 && at(steps, i) - at(steps, i - stride) === h);
  if (even.length < 6 || even.length < indices.length - 1) return null;
  const y = indices.map((i) => at(lrs, i) / log.peak);
  const inner = y.slice(1, -1).map((value, i) => [value, at(y, i) + at(y, i + 2)] as const);
  const [slope, base] = lineThrough(inner) ?? [Number.NaN, Number.NaN];
  const omega = Math.acos(slope / 2) / h;
  const middle = base / (2 - slope);
  if (!(omega > 0) || !Number.isFinite(middle)) return null;
  const sum = (f: (i: number) => number) => y.reduce((total, _, i) => total + f(i), 0);
  const phase = (i: number) => omega * at(steps, at(indices, i));
  const [cos, sin] = [(i: number) => Math.cos(phase(i)), (i: number) => Math.sin(phase(i))];
  const height = (i: number) => at(y, i) - middle;
  const found = eliminate([
    [sum((i) => cos(i) ** 2), sum((i) => cos(i) * sin(i)), sum((i) => cos(i) * height(i))],
    [sum((i) => cos(i) * sin(i)), sum((i) => sin(i) ** 2), sum((i) => sin(i) * height(i))],
  ]);
  return found && { highest: Math.atan2(at(found, 1), at(found, 0)) / omega, half: Math.PI / omega };
}

/** Slope and value at 0 of the least-squares line; null where all lie above one another. */
function lineThrough(points: readonly (readonly [number, number])[]): [slope: number, base: number] | null {
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([a]) => a), mean(([, b]) => b)];
  const slope = mean(([a, b]) => (a - x) * (b - y)) / mean(([a]) => (a - x) ** 2);
  return Number.isFinite(slope) ? [slope, y - slope * x] : null;
}
