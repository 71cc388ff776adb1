import { clampFinite, headroom } from "../stats/headroom";
import { quantile } from "../stats/quantile";
import type { MetricMode } from "./plateau-policy";

/** Where a curve stopped improving, as far as the whole of it tells. An estimate: no run says what a rule should see. */
export interface Stall {
  /** 0-based finite check from which on no material improvement was left. */
  index: number;
  /** What counted as material, in the metric's units. */
  material: number;
  /** Standard deviation of the values about the fitted curve, from their median absolute deviation. */
  noise: number;
}

/** Fewer finite values than this say nothing about a stall. */
const LEAST = 10;
/** A stall this near to the end, as a share of the checks, cannot be told from a curve that was still falling. */
const TAIL = 0.1;
const MATERIAL = { fall: 0.02, noise: 0.5 };
/** Scales a median absolute deviation to the standard deviation of normal noise. */
const MAD_TO_SD = 1.4826;

/**
 * The best monotone fit to all values (isotonic regression), and the first check from which its way to its end, the
 * median of its last tenth, is no more than 2 % of its whole improvement, or half the noise if that is more. Null when there are too few values, or when
 * that check lies in the last tenth. Values that are not finite are left out.
 */
export function estimateStall(values: readonly number[], mode: MetricMode): Stall | null {
  const logged = values.filter(Number.isFinite);
  if (logged.length < LEAST) return null;
  const scale = headroom(logged);
  const sign = mode === "min" ? scale : -scale;
  const finite = logged.map((value) => value * sign);
  const fit = nonIncreasingFit(finite);
  // At its very end a monotone fit follows the noise down, so the end is a stretch and not a point.
  const last = quantile(fit.slice(-Math.ceil(finite.length * TAIL)), 0.5);
  const spread = finite.map((value, i) => Math.abs(value - (fit[i] ?? 0)));
  const noise = MAD_TO_SD * quantile(spread, 0.5);
  const material = Math.max(MATERIAL.fall * ((fit[0] ?? 0) - last), MATERIAL.noise * noise);
  const index = fit.findIndex((level) => level - last <= material);
  if (index >= finite.length * (1 - TAIL)) return null;
  return { index, material: clampFinite(material / scale), noise: clampFinite(noise / scale) };
}

/** Least squares among the sequences that never rise: pools neighbours that do (Ayer et al. 1955). */
function nonIncreasingFit(values: readonly number[]): number[] {
  const blocks: { mean: number; size: number }[] = [];
  for (const value of values) {
    let block = { mean: value, size: 1 };
    for (let top = blocks.at(-1); top && top.mean < block.mean; top = blocks.at(-1)) {
      const size = top.size + block.size;
      block = { mean: top.mean + ((block.mean - top.mean) * block.size) / size, size };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ mean, size }) => new Array<number>(size).fill(mean));
}
