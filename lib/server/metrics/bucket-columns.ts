import "server-only";
import { decodeValue, nonfiniteCode, storedValue } from "@/lib/domain/metrics/nonfinite";
import type { Bucket } from "@/lib/domain/metrics/rollup";

/** The columns of a bucket in Series and Rollup, in the order in which both engines write them. */
export const BUCKET_COLUMNS = [
  "count",
  "nan",
  "posInf",
  "negInf",
  "sum",
  "min",
  "minStep",
  "max",
  "maxStep",
  "firstStep",
  "first",
  "firstNonfinite",
  "lastStep",
  "last",
  "lastNonfinite",
  "lastTime",
  "lastEpoch",
] as const;

export interface BucketColumns extends Bucket {
  firstNonfinite: number;
  lastNonfinite: number;
}

export function bucketValues(bucket: Bucket): (number | null)[] {
  return [
    bucket.count,
    bucket.nan,
    bucket.posInf,
    bucket.negInf,
    bucket.sum,
    bucket.min,
    bucket.minStep,
    bucket.max,
    bucket.maxStep,
    bucket.firstStep,
    storedValue(bucket.first),
    nonfiniteCode(bucket.first),
    bucket.lastStep,
    storedValue(bucket.last),
    nonfiniteCode(bucket.last),
    bucket.lastTime,
    bucket.lastEpoch,
  ];
}

/** A row as a list, in the order of `BUCKET_COLUMNS`. */
export type BucketRow = readonly [
  ...[count: number, nan: number, posInf: number, negInf: number, sum: number],
  ...[min: number | null, minStep: number | null, max: number | null, maxStep: number | null],
  ...[firstStep: number, first: number, firstNonfinite: number],
  ...[lastStep: number, last: number, lastNonfinite: number, lastTime: number, lastEpoch: number | null],
];

export function rowToBucket(row: BucketRow): Bucket {
  return {
    count: row[0],
    nan: row[1],
    posInf: row[2],
    negInf: row[3],
    sum: row[4],
    min: row[5],
    minStep: row[6],
    max: row[7],
    maxStep: row[8],
    firstStep: row[9],
    first: decodeValue(row[10], row[11]),
    lastStep: row[12],
    last: decodeValue(row[13], row[14]),
    lastTime: row[15],
    lastEpoch: row[16],
  };
}

export function toBucket({ firstNonfinite, lastNonfinite, ...row }: BucketColumns): Bucket {
  return {
    count: row.count,
    nan: row.nan,
    posInf: row.posInf,
    negInf: row.negInf,
    sum: row.sum,
    min: row.min,
    minStep: row.minStep,
    max: row.max,
    maxStep: row.maxStep,
    firstStep: row.firstStep,
    first: decodeValue(row.first, firstNonfinite),
    lastStep: row.lastStep,
    last: decodeValue(row.last, lastNonfinite),
    lastTime: row.lastTime,
    lastEpoch: row.lastEpoch,
  };
}
