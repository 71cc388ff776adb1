import "server-only";
import type { XAxis } from "@/lib/contracts/metrics";
import type { LrChange } from "@/lib/domain/control/effective";
import { displayLevel } from "@/lib/domain/metrics/levels";
import type { Window } from "../metrics/read-series";
import type { DeclaredCurve } from "../schedules/rule-curve";
import type { LoggedLr } from "./logged-lr";

/**
 * The steps at which the schedule is drawn. By step: a grid that includes both ends of the window and both sides of
 * every jump that the grid finds, so that a decay by steps has upright flanks. By another coordinate: the steps at which
 * the actual LR was logged, since only those have a time.
 */
export function curveSteps(
  schedule: DeclaredCurve,
  changes: readonly LrChange[],
  window: Window,
  axis: XAxis,
  logged: readonly LoggedLr[],
): { steps: number[]; x: (number | null)[] } {
  if (axis !== "step") {
    return { steps: logged.map(({ step }) => step), x: logged.map(({ x }) => x) };
  }
  const grid = gridOf(window);
  for (const { step } of changes) {
    for (const at of [step - 1, step]) if (at >= window.from && at <= window.to) grid.add(at);
  }
  const coarse = [...grid].sort((a, b) => a - b);
  const steps = withEdges(schedule, coarse);
  return { steps, x: steps };
}

function gridOf({ from, to, buckets }: Window): Set<number> {
  const stride = 2 ** displayLevel(from, to, buckets);
  const grid = new Set([from, to]);
  for (let step = Math.ceil(from / stride) * stride; step <= to; step += stride) grid.add(step);
  return grid;
}

/** A change between two neighbours of the grid that is larger than this share of the peak may be a jump. */
const JUMP = 0.02;
const MAX_EDGES = 200;

/** Halves each interval that may hold a jump until the jump lies between two consecutive steps. */
function withEdges(schedule: DeclaredCurve, coarse: readonly number[]): number[] {
  const lrAt = (steps: readonly number[]) => schedule.at(steps)[0] ?? new Float64Array();
  const values = lrAt(coarse);
  const peak = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const edges: number[] = [];
  for (let i = 1; i < coarse.length && edges.length < MAX_EDGES; i += 1) {
    let [low, high] = [coarse[i - 1] ?? 0, coarse[i] ?? 0];
    let [atLow, atHigh] = [values[i - 1] ?? 0, values[i] ?? 0];
    if (Math.abs(atHigh - atLow) <= JUMP * peak) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const value = lrAt([middle])[0] ?? 0;
      if (Math.abs(value - atLow) > Math.abs(atHigh - value)) [high, atHigh] = [middle, value];
      else [low, atLow] = [middle, value];
    }
    edges.push(low, high);
  }
  return [...new Set([...coarse, ...edges])].sort((a, b) => a - b);
}
