import "server-only";
import {
  type ColumnsResponse,
  type Figure,
  FIGURES,
  type SeriesColumns,
} from "@/lib/contracts/series-columns";
import { toWire } from "@/lib/contracts/wire-number";
import { type Bucket, meanOf } from "@/lib/domain/metrics/rollup";
import { shorten } from "@/lib/domain/metrics/shorten";
import { nonfiniteOf, type SeriesBuckets, type XOf } from "./read-series";

/** A metric of a run as it was read, not yet written down. */
export interface FoundSeries {
  runId: string;
  key: string;
  read: SeriesBuckets;
  x: XOf;
}

/** The same figures as points, a list for each, without what repeats or follows from another. */
export function toColumns(
  found: readonly FoundSeries[],
  figures: readonly Figure[] = FIGURES,
): ColumnsResponse {
  const asked = new Set(figures);
  const shared = { step: new Shared<number>(), x: new Shared<number | null>(), count: new Shared<number>() };
  return {
    series: found.map(({ runId, key, read: { level, buckets }, x }, place): SeriesColumns => {
      const step = buckets.map(({ lastStep }) => lastStep);
      const xs = buckets.map(x);
      const counts = asked.has("count") ? buckets.map(({ count }) => count) : [];
      return {
        run_id: runId,
        key,
        level,
        step: shared.step.at(place, step),
        ...(same(xs, step) ? {} : { x: shared.x.at(place, xs) }),
        last: buckets.map(({ last }) => toWire(last)),
        ...figuresOf(buckets, asked),
        ...(counts.some((count) => count !== 1) ? { count: shared.count.at(place, counts) } : {}),
        ...(asked.has("nonfinite") ? nonfiniteColumn(buckets) : {}),
      };
    }),
  };
}

const same = (a: readonly (number | null)[], b: readonly (number | null)[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/** Runs that were logged alike have the same steps: each different column is written once. */
class Shared<T extends number | null> {
  private readonly known = new Map<string, { place: number; column: T[] }[]>();

  at(place: number, column: T[]): T[] | number {
    const name = `${column.length} ${column[0]} ${column.at(-1)}`;
    const alike = this.known.get(name) ?? [];
    const found = alike.find((one) => same(one.column, column));
    if (found) return found.place;
    this.known.set(name, [...alike, { place, column }]);
    return column;
  }
}

const ROUNDED = {
  min: (bucket: Bucket) => bucket.min,
  max: (bucket: Bucket) => bucket.max,
  mean: meanOf,
};

function figuresOf(
  buckets: readonly Bucket[],
  asked: ReadonlySet<Figure>,
): Pick<SeriesColumns, "min" | "max" | "mean"> {
  const range = rangeOf(buckets);
  const columns: Pick<SeriesColumns, "min" | "max" | "mean"> = {};
  for (const name of ["min", "max", "mean"] as const) {
    if (!asked.has(name)) continue;
    const column = buckets.map((bucket) => apart(bucket, ROUNDED[name](bucket), range));
    if (column.some((value) => value !== null)) columns[name] = column;
  }
  return columns;
}

/** The figure rounded; null where it is the last value, or would lie on its other side. */
function apart({ last }: Bucket, value: number | null, range: number): number | null {
  if (value === null || value === last) return null;
  const short = shorten(value, range);
  return Math.sign(short - last) === Math.sign(value - last) || !Number.isFinite(last) ? short : null;
}

function rangeOf(buckets: readonly Bucket[]): number {
  let [low, high] = [Infinity, -Infinity];
  for (const { min, max } of buckets) {
    if (min !== null && min < low) low = min;
    if (max !== null && max > high) high = max;
  }
  return high > low ? high - low : 0;
}

function nonfiniteColumn(buckets: readonly Bucket[]): Pick<SeriesColumns, "nonfinite"> {
  const nonfinite = buckets.flatMap((bucket, point) => {
    const kinds = nonfiniteOf(bucket);
    return kinds ? [{ point, kinds }] : [];
  });
  return nonfinite.length > 0 ? { nonfinite } : {};
}
