import "server-only";
import type { WireNumber } from "@/lib/contracts/common";
import type { ImportedRun, UsedMapping } from "@/lib/contracts/imports";
import { findLrKey, type NamedRange } from "@/lib/domain/metrics/lr-key";
import { readLrName } from "@/lib/domain/metrics/lr-name";
import { Report, type ReportFacts } from "./report";
import type { Source } from "./source";
import type { SpooledFile } from "./upload";

const PREVIEW = 5;

/** All that is known of a source once it was read to its end. */
export interface Scan {
  points: number;
  values: number;
  keys: string[];
  /** Of its metrics that are called like an LR. */
  ranges: NamedRange[];
  lastStep: number | null;
  /** Unix seconds of the latest point; null when none has a time. */
  lastTime: number | null;
  preview: ImportedRun["preview"];
  reports: ReadonlyMap<SpooledFile, ReportFacts>;
}

export async function scan(source: Source): Promise<Scan> {
  const reports = new Map(source.files.map((file) => [file, new Report()]));
  const keys = new Map<string, NamedRange | null>();
  const found: Scan = {
    points: 0,
    values: 0,
    keys: [],
    ranges: [],
    lastStep: null,
    lastTime: null,
    preview: [],
    reports,
  };
  for await (const { step, time, metrics } of source.points(reports)) {
    const names = Object.keys(metrics);
    found.points += 1;
    found.values += names.length;
    for (const name of names) {
      if (!keys.has(name)) keys.set(name, readLrName(name) && { key: name });
      extend(keys.get(name) ?? null, metrics[name]);
    }
    found.lastStep = Math.max(found.lastStep ?? 0, step);
    if (time !== undefined) found.lastTime = Math.max(found.lastTime ?? 0, time);
    if (found.preview.length < PREVIEW) found.preview.push({ step, metrics });
  }
  found.keys = [...keys.keys()];
  found.ranges = [...keys.values()].filter((range) => range !== null);
  return found;
}

function extend(range: NamedRange | null, value: WireNumber | undefined): void {
  if (!range || typeof value !== "number") return;
  range.min = Math.min(range.min ?? value, value);
  range.max = Math.max(range.max ?? value, value);
}

/** What was used as what, in the end. */
export function usedMapping(
  { coordinates, declared }: Pick<Source, "coordinates" | "declared">,
  { keys, ranges }: Scan,
  said: { lr?: string | null },
): UsedMapping {
  const declaredLr = declared.lr_metric === undefined ? findLrKey(ranges) : declared.lr_metric;
  return { ...coordinates, lr: said.lr === undefined ? declaredLr : said.lr, metrics: keys };
}
