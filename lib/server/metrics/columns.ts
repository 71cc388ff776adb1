import "server-only";
import type { Point } from "@/lib/contracts/metrics";
import { secondsOf } from "@/lib/domain/metrics/time-unit";
import { compareStored, type Observation } from "@/lib/domain/metrics/observation";

/** A value to store, and which point of the request it came with. */
export interface Incoming extends Observation {
  point: number;
  /** false: the client gave no time, so the time of arrival stands in. */
  timed: boolean;
}

/** Points without a time arrive a microsecond apart, so that of two at one step the later one counts. */
const ARRIVAL_GAP_S = 1e-6;

let lastArrival = 0;

/**
 * The time at which `points` points arrive, in Unix seconds: the clock's, but never one that an earlier request of this
 * process was given, so that a correction within the same millisecond still comes after what it corrects.
 */
export function arrivalTime(now: Date, points: number): number {
  const arrival = Math.max(now.getTime() / 1000, lastArrival + ARRIVAL_GAP_S);
  lastArrival = arrival + points * ARRIVAL_GAP_S;
  return arrival;
}

/** The request's points by metric, each in storage order and without repeats. */
export function columnsOf(points: readonly Point[], arrival: number): Map<string, Incoming[]> {
  const columns = new Map<string, Incoming[]>();
  points.forEach(({ step, epoch, time, metrics }, index) => {
    const at = time === undefined ? arrival + index * ARRIVAL_GAP_S : secondsOf(time);
    for (const key of Object.keys(metrics)) {
      const incoming: Incoming = {
        step,
        time: at,
        value: Number(metrics[key]),
        epoch: epoch ?? null,
        point: index,
        timed: time !== undefined,
      };
      const column = columns.get(key);
      if (column) column.push(incoming);
      else columns.set(key, [incoming]);
    }
  });
  for (const [key, column] of columns) {
    if (!isOrdered(column)) columns.set(key, withoutRepeats(column.sort(compareStored)));
  }
  return columns;
}

/** The very same observation, or, without a time to tell, the same value at the same step. */
function withoutRepeats(rows: readonly Incoming[]): Incoming[] {
  const seen = new Set<string>();
  return rows.filter(({ step, time, value, timed }) => {
    const [atStep, atTime] = [`${step} ${value}`, `${step} ${value} ${time}`];
    const again = seen.has(atTime) || (!timed && seen.has(atStep));
    seen.add(atStep).add(atTime);
    return !again;
  });
}

const isOrdered = (column: readonly Incoming[]) =>
  column.every((row, i) => i === 0 || (column[i - 1]?.step ?? -1) < row.step);
