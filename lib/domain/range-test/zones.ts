import { median } from "@/lib/domain/stats/median";
import { runningMedian } from "./smooth";
import type { Sweep } from "./sweep";

/** From one LR to another, both included. */
export interface LrInterval {
  from: number;
  to: number;
}

/**
 * `too_low`: the loss has not begun to fall. `good`: it is falling. `too_high`: it has stopped falling, then explodes;
 * null when the sweep ended before that.
 */
export interface Zones {
  too_low: LrInterval;
  good: LrInterval;
  too_high: LrInterval | null;
}

/** What the curve itself says, or why it says nothing. */
export type Reading = { zones: Zones } | { trouble: "too_few" | "flat" | "rising" };

const FEWEST_POINTS = 20;
/** The good zone holds the loss' way from the first to the second share of its whole drop. */
const BEGUN = 0.1;
const NEARLY_DONE = 0.9;
/** A drop that counts: by so many times the scatter at the start, and by this share of the starting loss. */
const SCATTERS = 2.5;
const LEAST_DROP = 0.02;
/** A minimum in this share of the points at either end is no minimum: the sweep began or ended there. */
const END_SHARE = 0.05;

/**
 * Reads the zones off the running median of the loss. The loss starts at the median of the first tenth of the points;
 * it has dropped when its lowest value is below that by more than 2.5 times the scatter of the first quarter (scaled
 * median absolute deviation) and by more than 2 %. The good zone begins where the loss last was within 10 % of the drop
 * from its start and ends where it first has 90 % of the drop behind it. Smith 2017, section 3.3, sets the same two
 * bounds by eye.
 */
export function readZones({ lrs, losses }: Sweep): Reading {
  const end = losses.findIndex((loss) => !Number.isFinite(loss));
  const curve = end === -1 ? losses : losses.slice(0, end);
  if (curve.length < FEWEST_POINTS) return { trouble: "too_few" };
  const n = curve.length;
  const smooth = runningMedian(curve, Math.min(25, Math.max(1, Math.floor(n / 40))));
  const start = median(smooth.slice(0, Math.ceil(n / 10)));
  const lowest = Math.min(...smooth);
  const bottom = smooth.indexOf(lowest);
  const drop = start - lowest;
  const counts =
    drop > SCATTERS * scatter(curve.slice(0, Math.ceil(n / 4))) && drop > LEAST_DROP * Math.abs(start);
  if (!counts || bottom < END_SHARE * n) {
    const rise = median(smooth.slice(-Math.ceil(n / 10))) - start;
    const rises = end !== -1 || rise > LEAST_DROP * Math.abs(start);
    return { trouble: rises ? "rising" : "flat" };
  }
  const low = smooth.findLastIndex((loss, i) => i < bottom && loss > start - BEGUN * drop) + 1;
  const high = smooth.findIndex((loss, i) => i >= low && loss <= start - NEARLY_DONE * drop);
  const stillFalling = end === -1 && bottom >= (1 - END_SHARE) * n;
  return { zones: zonesOf(lrs, low, stillFalling ? lrs.length - 1 : Math.max(low, high), stillFalling) };
}

function zonesOf(lrs: readonly number[], low: number, high: number, stillFalling: boolean): Zones {
  const at = (i: number) => lrs[i] ?? NaN;
  return {
    too_low: { from: at(0), to: at(low) },
    good: { from: at(low), to: at(high) },
    too_high: stillFalling ? null : { from: at(high), to: at(lrs.length - 1) },
  };
}

/** The median absolute deviation, scaled to be the standard deviation of normal noise. */
function scatter(values: readonly number[]): number {
  const middle = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)));
}
