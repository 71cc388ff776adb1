import "server-only";
import type { ImportedRun, UsedMapping } from "@/lib/contracts/imports";
import { findLrKey } from "@/lib/domain/metrics/lr-key";
import { Report, type ReportFacts } from "./report";
import type { Source } from "./source";
import type { SpooledFile } from "./upload";

const PREVIEW = 5;

/** All that is known of a source once it was read to its end. */
export interface Scan {
  points: number;
  values: number;
  keys: string[];
  lastStep: number | null;
  /** Unix seconds of the latest point; null when none has a time. */
  lastTime: number | null;
  preview: ImportedRun["preview"];
  reports: ReadonlyMap<SpooledFile, ReportFacts>;
}

export async function scan(source: Source): Promise<Scan> {
  const reports = new Map(source.files.map((file) => [file, new Report()]));
  const keys = new Set<string>();
  const found: Scan = {
    points: 0,
    values: 0,
    keys: [],
    lastStep: null,
    lastTime: null,
    preview: [],
    reports,
  };
  for await (const { step, time, metrics } of source.points(reports)) {
    const names = Object.keys(metrics);
    found.points += 1;
    found.values += names.length;
    for (const name of names) keys.add(name);
    found.lastStep = Math.max(found.lastStep ?? 0, step);
    if (time !== undefined) found.lastTime = Math.max(found.lastTime ?? 0, time);
    if (found.preview.length < PREVIEW) found.preview.push({ step, metrics });
  }
  found.keys = [...keys];
  return found;
}

/** What was used as what, in the end. */
export function usedMapping(
  { coordinates, declared }: Pick<Source, "coordinates" | "declared">,
  { keys }: Scan,
  said: { lr?: string | null },
): UsedMapping {
  const declaredLr = declared.lr_metric === undefined ? findLrKey(keys) : declared.lr_metric;
  return { ...coordinates, lr: said.lr === undefined ? declaredLr : said.lr, metrics: keys };
}
