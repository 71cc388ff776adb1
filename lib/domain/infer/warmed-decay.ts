import { nice } from "@/lib/domain/audit/explain-simple";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import type { Series } from "./series";

/** Points at the end that have to be an exponential. */
const TAIL = 4;

/**
 * A line up times an exponential that decays from the first step on (torch's ChainedScheduler of the two): without the
 * exponential, which the end of the log shows, a line and a constant are left. Its peak lies before the warmup's end.
 */
export function warmedDecay(series: Series): ScheduleSpec[] {
  const { steps, lrs, peak: highest, allowed } = series;
  const gamma = decayOf(series);
  if (gamma === null) return [];
  const bases = lrs.map((lr, i) => lr / gamma ** (steps[i] ?? 0));
  const [start = 0, peak = 0] = [bases[0], bases.at(-1)];
  const most = (peak * 2 * allowed(highest, highest)) / highest;
  const ends = bases.findIndex((base) => Math.abs(base - peak) <= most);
  if (ends < 2 || start >= peak) return [];
  // The line meets the constant between two points.
  const slope = ((bases[ends - 1] ?? 0) - start) / (steps[ends - 1] ?? 1);
  const then: ScheduleSpec = { kind: "exponential", peak: nice(peak, 1e-8), gamma };
  const start_factor = nice(start / peak, 1e-8);
  const warmup = Math.round((peak - start) / slope);
  return [{ kind: "warmup", shape: "linear", steps: warmup, start_factor, then, overlap: true }];
}

/** The factor of the exponential at the end of a log from step 0; null where it does not fall. */
function decayOf({ steps, lrs }: Series): number | null {
  const end = lrs.length - 1;
  const [to = 0, from = 0] = [steps[end], steps[end - TAIL]];
  const [last = 0, first = 0] = [lrs[end], lrs[end - TAIL]];
  if (steps[0] !== 0 || !(first > last && last > 0)) return null;
  return nice((last / first) ** (1 / (to - from)), 1e-9);
}
