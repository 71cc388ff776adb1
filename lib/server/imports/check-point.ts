import "server-only";
import { LoggedTime, MetricKey, Step } from "@/lib/contracts/common";
import { toWire } from "@/lib/contracts/wire-number";
import type { Point } from "@/lib/contracts/metrics";
import { secondsOf } from "@/lib/domain/metrics/time-unit";
import { NO_NAME, PROTO } from "../http/unstorable";
import type { Report } from "./report";

interface Raw {
  row: number;
  step: number;
  epoch: number | null;
  time: number | null;
  metrics: readonly (readonly [key: string, value: number])[];
}

const badStep = "must be a whole number from 0 to 2^53 - 1";

/** A row as a point that can be logged; null when it was refused, or has no value. Counts the row either way. */
export function checkPoint({ row, step, epoch, time, metrics }: Raw, report: Report): Point | null {
  const wrong = refusalOf(step, epoch, time, metrics);
  if (wrong) {
    report.refuse(row, wrong[0], wrong[1]);
    return null;
  }
  report.rowsRead += 1;
  if (metrics.length === 0) return null;
  return {
    step,
    ...(epoch === null ? {} : { epoch }),
    ...(time === null ? {} : { time: secondsOf(time) }),
    metrics: Object.fromEntries(metrics.map(([key, value]) => [key, toWire(value)])),
  };
}

function refusalOf(
  step: number,
  epoch: number | null,
  time: number | null,
  metrics: Raw["metrics"],
): [field: string, reason: string] | null {
  if (!Step.safeParse(step).success) return ["step", `${step}: ${badStep}`];
  if (epoch !== null && !(Number.isFinite(epoch) && epoch >= 0))
    return ["epoch", `${epoch}: must not be negative`];
  if (time !== null && !LoggedTime.safeParse(time).success) return ["time", `${time}: not a time`];
  const key = metrics.find(([name]) => !isKey(name))?.[0];
  if (key === undefined) return null;
  return [
    key.slice(0, 60),
    key === PROTO ? NO_NAME : "a metric's name has 1 to 250 characters, none a control character",
  ];
}

const known = new Map<string, boolean>();
const MOST_KNOWN = 10_000;

/** The same few names come with every row. */
function isKey(name: string): boolean {
  let good = known.get(name);
  if (good === undefined) {
    good = name !== PROTO && MetricKey.safeParse(name).success;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, good);
  }
  return good;
}
