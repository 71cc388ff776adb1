import "server-only";
import type { UsedMapping } from "@/lib/contracts/imports";
import { MAX_POINTS, MAX_VALUES, type Point } from "@/lib/contracts/metrics";
import { openSource, type ReadableGroup } from "./open-sources";
import { type Scan, scan, usedMapping } from "./scan";
import type { Source } from "./source";

/** What there is to know of a group that was read to its end. Plain data: a worker reads it. */
export interface ScannedGroup extends Scan, Omit<Source, "points"> {
  mapping: UsedMapping;
}

/** @throws ServiceError invalid_parameters when a file is not what it begins as, or a column is missing */
export async function scanGroup({ files, format, said }: ReadableGroup): Promise<ScannedGroup> {
  const { points, ...source } = await openSource(files, format, said);
  const scanned = await scan({ ...source, points });
  return { ...source, ...scanned, mapping: usedMapping(source, scanned, said) };
}

/** A tenth of what one call may bring, so that other calls get their turn between two of them. */
const BATCH_POINTS = MAX_POINTS / 10;
const BATCH_VALUES = MAX_VALUES / 20;

/** The points of a group in file order, in batches that can be logged. */
export async function* batchesOf({ files, format, said }: ReadableGroup): AsyncGenerator<Point[]> {
  const source = await openSource(files, format, said);
  let points: Point[] = [];
  let values = 0;
  for await (const point of source.points(new Map())) {
    const size = Object.keys(point.metrics).length;
    if (points.length === BATCH_POINTS || (points.length > 0 && values + size > BATCH_VALUES)) {
      yield points;
      [points, values] = [[], 0];
    }
    points.push(point);
    values += size;
  }
  if (points.length > 0) yield points;
}
