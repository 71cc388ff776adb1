import "server-only";
import type { Point } from "@/lib/contracts/metrics";
import { checkPoint } from "./check-point";
import { type EventValue, type LoggedEvent, readEvent } from "./event-proto";
import { recordsOf } from "./records";
import { Report } from "./report";
import type { Source } from "./source";
import type { SpooledFile } from "./upload";

const SCALARS = "scalars";

/**
 * The event files of one folder, which TensorBoard shows as one run. Where a job was started again from a checkpoint
 * (`purge_step`), what the first attempt had logged beyond that step is left out, of every tag that the second one goes
 * on with.
 */
export async function openEventFiles(unordered: readonly SpooledFile[]): Promise<Source> {
  const files = [...unordered].sort((a, b) => (a.path < b.path ? -1 : 1));
  const purged = await readRestarts(files);
  return {
    format: "tfevents",
    files,
    columns: [],
    coordinates: { step: "step", epoch: null, time: "wall_time" },
    declared: {},
    points: (reports) => pointsOf(files, purged, reports),
  };
}

interface Sequenced {
  file: SpooledFile;
  row: number;
  /** Its place among the records of all files. */
  at: number;
  event: LoggedEvent;
}

export async function* eventsOf(
  files: readonly SpooledFile[],
  reports: ReadonlyMap<SpooledFile, Report>,
): AsyncGenerator<Sequenced> {
  let at = 0;
  for (const file of files) {
    const report = reports.get(file) ?? new Report();
    for await (const { row, data } of recordsOf(file.at, report)) {
      const event = decode(data);
      if (event) yield { file, row, at: (at += 1), event };
      else report.refuse(row, null, "not an event");
    }
  }
}

function decode(data: Buffer): LoggedEvent | null {
  try {
    return readEvent(data);
  } catch {
    return null;
  }
}

type Purged = (tag: string, step: number, at: number) => boolean;

async function readRestarts(files: readonly SpooledFile[]): Promise<Purged> {
  const starts: { at: number; step: number }[] = [];
  const lastOf = new Map<string, number>();
  for await (const { at, event } of eventsOf(files, new Map())) {
    if (event.isStart && at > 1) starts.push({ at, step: event.step });
    for (const { tag } of event.values) lastOf.set(tag, at);
  }
  return (tag, step, at) =>
    starts.some((start) => at < start.at && step >= start.step && (lastOf.get(tag) ?? 0) > start.at);
}

async function* pointsOf(
  files: readonly SpooledFile[],
  purged: Purged,
  reports: ReadonlyMap<SpooledFile, Report>,
): AsyncGenerator<Point> {
  const plugins = new Map<string, string>();
  for await (const { file, row, at, event } of eventsOf(files, reports)) {
    const report = reports.get(file) ?? new Report();
    const scalars = event.values.flatMap((value) => scalarIn(value, plugins));
    const metrics = scalars.filter(([tag]) => !purged(tag, event.step, at));
    if (metrics.length === 0) continue;
    const point = checkPoint({ row, step: event.step, epoch: null, time: event.time, metrics }, report);
    if (point) yield point;
  }
}

/** The plugin is named with a tag's first value only. Numbers of other plugins, as of a histogram, are no scalars. */
function scalarIn(
  { tag, value, plugin, isTensor }: EventValue,
  plugins: Map<string, string>,
): [string, number][] {
  if (plugin !== null && !plugins.has(tag)) plugins.set(tag, plugin);
  const foreign = isTensor && (plugins.get(tag) ?? SCALARS) !== SCALARS;
  return value === null || foreign ? [] : [[tag, value]];
}
